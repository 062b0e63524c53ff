import { deliver, type Delivery, type Reply } from '../../nodes/telnyx/http/retrying';
import { TelnyxFailure } from '../../nodes/telnyx/http/failure';
import { Gate } from '../../nodes/telnyx/http/rateLimiter';
import type { Mishap } from '../../nodes/telnyx/http/retryPolicy';

const patience = { tries: 1, longestWaitMs: 40_000 };

/** What is thrown when the only try of a run ends like this. */
const failureAfter = async (mishap: Mishap, more: Partial<Delivery> = {}) => {
	const statusCode = 'status' in mishap ? mishap.status : 0;
	const reply: Reply = { statusCode, headers: {}, body: undefined, mishap };
	const delivery: Delivery = {
		gate: new Gate({ mostAtOnce: 1, longestWaitMs: 40_000 }),
		patience,
		signal: undefined,
		logger: { debug() {} } as unknown as Delivery['logger'],
		name: 'test',
		onTry() {},
		...more,
	};
	const explain = () => new TelnyxFailure('failed', '', {}, String(statusCode));
	const outcome: unknown = await deliver(
		{ once: async () => reply, repeatableFor: 55_000, explain },
		delivery,
	).catch((error: unknown) => error);
	expect(outcome).toBeInstanceOf(TelnyxFailure);
	return outcome as TelnyxFailure;
};

describe('a command of which an earlier run does not know what came', () => {
	it.each<[Mishap, boolean]>([
		[{ status: 429 }, true],
		[{ status: 401 }, true],
		[{ status: 403 }, true],
		[{ network: 'ECONNREFUSED' }, true],
		[{ network: 'ENOTFOUND' }, true],
		[{ unsent: new TypeError('no') }, true],
		[{ status: 422 }, false],
		[{ status: 404 }, false],
	])('after %j: still open: %s', async (mishap, isOpen) => {
		expect((await failureAfter(mishap, { openSince: Date.now() })).isOpen).toBe(isOpen);
		expect((await failureAfter(mishap)).isOpen).toBe(false);
	});

	it('stays open if it is not sent, because Telnyx wants to be left alone', async () => {
		const gate = new Gate({ mostAtOnce: 1, longestWaitMs: 40_000 });
		await failureAfter({ status: 429 }, { gate: gateThatMeets(gate) });
		const failure = await failureAfter({ status: 422 }, { gate, openSince: Date.now() });
		expect(failure.message).toBe('Telnyx asks to wait 3600 seconds');
		expect(failure.isOpen).toBe(true);
		expect(failure.description).not.toContain('safe');
	});
});

/** The same gate, with `Retry-After: 3600` in what comes through. */
function gateThatMeets(gate: Gate): Gate {
	const through: Gate['through'] = async (send, isOpen) =>
		await gate.through(
			async () => ({ ...(await send()), headers: { 'retry-after': '3600' } }),
			isOpen,
		);
	return { through } as Gate;
}
