import { deliver, type Delivery, type Reply } from '../../nodes/telnyx/http/retrying';
import { TelnyxFailure } from '../../nodes/telnyx/http/failure';
import { RateLimiter } from '../../nodes/telnyx/http/rateLimiter';
import type { RequestError } from '../../nodes/telnyx/http/retryPolicy';

const retryLimits = { tries: 1, longestWaitMs: 40_000 };

/** The error if the only try of a run ends like this. */
const failureAfter = async (error: RequestError, more: Partial<Delivery> = {}) => {
	const statusCode = 'status' in error ? error.status : 0;
	const reply: Reply = { statusCode, headers: {}, body: undefined, error };
	const delivery: Delivery = {
		rateLimiter: new RateLimiter({ mostAtOnce: 1, longestWaitMs: 40_000 }),
		retryLimits,
		signal: undefined,
		logger: { debug() {} } as unknown as Delivery['logger'],
		name: 'test',
		onTry() {},
		...more,
	};
	const explain = () =>
		new TelnyxFailure({
			happened: 'failed',
			description: '',
			details: {},
			httpCode: String(statusCode),
		});
	const outcome: unknown = await deliver(
		{ once: async () => reply, repeatableFor: 55_000, explain },
		delivery,
	).catch((error: unknown) => error);
	expect(outcome).toBeInstanceOf(TelnyxFailure);
	return outcome as TelnyxFailure;
};

describe('a command whose outcome is unknown from an earlier run', () => {
	it.each<[RequestError, boolean]>([
		[{ status: 429 }, true],
		[{ status: 401 }, true],
		[{ status: 403 }, true],
		[{ network: 'ECONNREFUSED' }, true],
		[{ network: 'ENOTFOUND' }, true],
		[{ unsent: new TypeError('no') }, true],
		[{ status: 422 }, false],
		[{ status: 404 }, false],
	])('after %j: still unknown: %s', async (error, outcomeUnknown) => {
		expect((await failureAfter(error, { outcomeUnknownSince: Date.now() })).outcomeUnknown).toBe(
			outcomeUnknown,
		);
		expect((await failureAfter(error)).outcomeUnknown).toBe(false);
	});

	it('stays unknown if it is not sent, because Telnyx asks to wait', async () => {
		const rateLimiter = new RateLimiter({ mostAtOnce: 1, longestWaitMs: 40_000 });
		await failureAfter({ status: 429 }, { rateLimiter: limiterThatMeets(rateLimiter) });
		const failure = await failureAfter(
			{ status: 422 },
			{ rateLimiter, outcomeUnknownSince: Date.now() },
		);
		expect(failure.message).toBe('Telnyx asks to wait 3600 seconds');
		expect(failure.outcomeUnknown).toBe(true);
		expect(failure.description).not.toContain('safe');
	});
});

/** The same limiter, with `Retry-After: 3600` in every reply. */
function limiterThatMeets(limiter: RateLimiter): RateLimiter {
	const run: RateLimiter['run'] = async (send, outcomeUnknown) =>
		await limiter.run(
			async () => ({ ...(await send()), headers: { 'retry-after': '3600' } }),
			outcomeUnknown,
		);
	return { run } as RateLimiter;
}
