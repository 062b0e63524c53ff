import type { IWebhookFunctions } from 'n8n-workflow';

import type { Arrival } from '../../nodes/telnyx/webhooks/receive';
import { isNewInProcess } from '../../nodes/telnyx/webhooks/seenInProcess';
import { executions } from '../../nodes/waiting/executions';
import { handOver } from '../../nodes/waiting/handOver';
import { sealOwner } from '../../nodes/waiting/owner';
import { eventually } from '../support/eventually';

const ENDED = { statusCode: 409, body: 'The execution "7" has finished already.' };

const WAITS_ELSEWHERE = {
	statusCode: 404,
	body: 'The workflow does not contain a waiting webhook',
};

/** The webhook of a trigger, in an n8n whose execution has ended. */
const context = {
	getInstanceId: () => 'this n8n',
	getRequestObject: () => ({ socket: undefined }),
	getResponseObject: () => ({ destroyed: true, writableEnded: true, statusCode: 200 }),
	getNodeWebhookUrl: () => 'https://n8n.example.com/webhook/1/webhook',
	helpers: { httpRequest: async () => ENDED },
} as unknown as IWebhookFunctions;

const addressOf = (execution: string) => `/webhook-waiting/${execution}/telnyx?signature=abc`;

const offer = async (
	eventId: string,
	{ type = 'call.hangup', executions: owners = ['7'], n8n = context } = {},
) => {
	const owner = sealOwner('this n8n', owners.map(addressOf));
	const delivery = { owner, rawBody: '', signature: {}, eventId } as unknown as Arrival;
	return await handOver(n8n, { id: eventId, event_type: type } as never, delivery);
};

it('an event of an execution that has ended belongs to the trigger', async () => {
	expect(await offer('another event')).toBe('over');
});

it('unless the execution went on with it, and n8n was too late to say so', async () => {
	await isNewInProcess(context, '7', 'its event');
	expect(await offer('its event')).toBe('taken');
});

describe('an event of a leg that several executions own', () => {
	/** Executions that want everything, except for those that have ended. */
	const several = (ended: readonly string[]) => {
		const asked: string[] = [];
		const httpRequest = async ({ url }: { url: string }) => {
			const execution = String(/waiting\/(\w+)\//.exec(url)?.[1]);
			asked.push(execution);
			return ended.includes(execution) ? ENDED : { statusCode: 200, body: 'Taken' };
		};
		return { asked, n8n: { ...context, helpers: { httpRequest } } as unknown as IWebhookFunctions };
	};

	it('is used by the first that wants it', async () => {
		const { asked, n8n } = several(['a1']);
		const given = { type: 'call.bridged', executions: ['a1', 'a2', 'a3'], n8n };
		expect(await offer('a bridge', given)).toBe('taken');
		expect(asked).toEqual(['a1', 'a2']);
	});

	it('reaches all of them if it is the end of the leg', async () => {
		const { asked, n8n } = several(['b2']);
		expect(await offer('the end of a leg', { executions: ['b1', 'b2', 'b3'], n8n })).toBe('taken');
		await eventually('all to be asked', () => asked.length >= 3);
		expect(asked).toEqual(['b1', 'b2', 'b3']);
	});
});

describe('an execution that does not answer in time', () => {
	beforeEach(() => void jest.useFakeTimers());
	afterEach(() => void jest.useRealTimers());

	/** What Telnyx is told within the two seconds for which it waits. */
	const inTime = async (eventId: string, n8n: IWebhookFunctions) => {
		const result = offer(eventId, { n8n });
		await jest.advanceTimersByTimeAsync(1_800);
		return await result;
	};

	it('is asked once: the repetition gets the answer that was late', async () => {
		const answers: Array<(answer: object) => void> = [];
		const httpRequest = async () => await new Promise((resolve) => answers.push(resolve));
		const n8n = { ...context, helpers: { httpRequest } } as unknown as IWebhookFunctions;
		expect(await inTime('late', n8n)).toBe('busy');
		const repetition = offer('late', { n8n });
		answers[0]({ statusCode: 200, body: 'Taken' });
		expect(await repetition).toBe('taken');
		expect(await offer('late', { n8n })).toBe('taken');
		expect(answers).toHaveLength(1);
	});

	it('does not keep the event from another owner of the leg', async () => {
		const httpRequest = async ({ url }: { url: string }) => {
			if (url.includes('/taker/')) return { statusCode: 200, body: 'Taken' };
			return { statusCode: 409, body: 'The execution "8" is running already.' };
		};
		const n8n = { ...context, helpers: { httpRequest } } as unknown as IWebhookFunctions;
		expect(await offer('an end', { executions: ['runner', 'taker'], n8n })).toBe('taken');
		await jest.runAllTimersAsync();
	});

	it('is asked before an earlier owner of the leg, if it is just between two nodes', async () => {
		const asked: string[] = [];
		const httpRequest = async ({ url }: { url: string }) => {
			asked.push(String(/waiting\/(\w+)\//.exec(url)?.[1]));
			return { statusCode: 200, body: 'Taken' };
		};
		const n8n = { ...context, helpers: { httpRequest } } as unknown as IWebhookFunctions;
		executions.runs('later', true);
		const owners = { type: 'call.bridged', executions: ['later', 'earlier'], n8n };
		const result = offer('between two nodes', owners);
		executions.waits('later', new Set(['call.bridged']));
		await jest.advanceTimersByTimeAsync(500);
		expect(await result).toBe('taken');
		expect(asked).toEqual(['later']);
	});

	it('may give the leg back to an earlier owner, which gets the event then', async () => {
		let isOver = false;
		const httpRequest = async ({ url }: { url: string }) => {
			if (url.includes('/sub/')) {
				return isOver ? ENDED : { statusCode: 409, body: 'The execution is running already.' };
			}
			return isOver ? { statusCode: 200, body: 'Taken' } : WAITS_ELSEWHERE;
		};
		const n8n = { ...context, helpers: { httpRequest } } as unknown as IWebhookFunctions;
		const owners = { type: 'call.recording.saved', executions: ['sub', 'parent'], n8n };
		const result = offer('a recording', owners);
		await jest.advanceTimersByTimeAsync(100);
		isOver = true;
		await jest.advanceTimersByTimeAsync(1_000);
		expect(await result).toBe('taken');
	});

	it('may have ended just before, and n8n has not resumed the earlier owner yet', async () => {
		let isResumed = false;
		const httpRequest = async ({ url }: { url: string }) => {
			if (url.includes('/ended-sub/')) return ENDED;
			return isResumed ? { statusCode: 200, body: 'Taken' } : WAITS_ELSEWHERE;
		};
		const n8n = { ...context, helpers: { httpRequest } } as unknown as IWebhookFunctions;
		const owners = { type: 'call.recording.saved', executions: ['ended-sub', 'its-parent'], n8n };
		const result = offer('a recording after the sub-workflow', owners);
		await jest.advanceTimersByTimeAsync(100);
		isResumed = true;
		await jest.advanceTimersByTimeAsync(1_000);
		expect(await result).toBe('taken');
	});

	it('does not hold an event up for long that nobody wants while the earlier owner waits for something else', async () => {
		const httpRequest = async ({ url }: { url: string }) =>
			url.includes('/ended-sub/') ? ENDED : WAITS_ELSEWHERE;
		const n8n = { ...context, helpers: { httpRequest } } as unknown as IWebhookFunctions;
		const owners = { type: 'call.recording.saved', executions: ['ended-sub', 'at-a-wait'], n8n };
		const result = offer('a recording nobody wants', owners);
		await jest.advanceTimersByTimeAsync(1_050);
		expect(await result).toBe('notWanted');
		// Nor the next one at all.
		expect(await offer('another that nobody wants', owners)).toBe('notWanted');
	});

	it('is asked anew by a repetition if it was busy', async () => {
		let asked = 0;
		const httpRequest = async () => {
			asked += 1;
			return { statusCode: 409, body: 'The execution "7" is running already.' };
		};
		const n8n = { ...context, helpers: { httpRequest } } as unknown as IWebhookFunctions;
		expect(await inTime('busy', n8n)).toBe('busy');
		await jest.advanceTimersByTimeAsync(60_000);
		const before = asked;
		expect(await inTime('busy', n8n)).toBe('busy');
		expect(asked).toBeGreaterThan(before);
		await jest.advanceTimersByTimeAsync(60_000);
		expect(jest.getTimerCount()).toBe(0);
	});
});
