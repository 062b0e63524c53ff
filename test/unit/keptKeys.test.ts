import type { IWebhookFunctions } from 'n8n-workflow';

import type { Arrival } from '../../nodes/telnyx/webhooks/receive';
import { keepForLater } from '../../nodes/waiting/keptKeys';
import { sealOwner } from '../../nodes/waiting/owner';
import { noteKeyUsed } from '../../nodes/waiting/usedKeys';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const ENDED = { statusCode: 404, body: 'The execution "1" does not exist.' };

/** An n8n whose execution gives this answer when it is asked. */
function n8n(answer = ENDED) {
	const offered: string[] = [];
	const context = {
		getInstanceId: () => 'this n8n',
		getRequestObject: () => ({ socket: undefined }),
		getNodeWebhookUrl: () => 'https://n8n.example.com/webhook/1/webhook',
		helpers: {
			async httpRequest({ body }: { body: string }) {
				offered.push(body);
				return answer;
			},
		},
	} as unknown as IWebhookFunctions;
	return { context, offered };
}

const LEG = 'v3:leg';
const PRESSED_AT = '2026-11-28T12:00:00.000Z';

const press = (context: IWebhookFunctions, digit: number, occurred_at = PRESSED_AT) => {
	const owner = sealOwner('this n8n', ['/webhook-waiting/1/telnyx?signature=abc']);
	const event = {
		id: `key-${digit}`,
		event_type: 'call.dtmf.received',
		occurred_at,
		payload: { call_control_id: LEG },
	};
	const delivery = { owner, rawBody: `${digit}`, signature: {}, eventId: event.id };
	keepForLater(context, event as never, delivery as unknown as Arrival);
};

it('keys that nobody wants yet are kept in order, and no more than 50 of a call', async () => {
	const { context, offered } = n8n();
	for (let digit = 0; digit < 1_000; digit += 1) press(context, digit);
	await jest.runAllTimersAsync();
	expect(offered).toEqual(Array.from({ length: 50 }, (_, digit) => `${digit}`));
	// There is room again.
	press(context, 1_000);
	await jest.runAllTimersAsync();
	expect(offered.at(-1)).toBe('1000');
	expect(jest.getTimerCount()).toBe(0);
});

it('a key that was used meanwhile, perhaps by a sub-workflow, is not offered again', async () => {
	const { context, offered } = n8n({ statusCode: 200, body: 'Ignored' });
	press(context, 2_000);
	await jest.advanceTimersByTimeAsync(2_000);
	const before = offered.length;
	expect(before).toBeGreaterThan(0);
	noteKeyUsed(LEG, PRESSED_AT);
	await jest.runAllTimersAsync();
	expect(offered).toHaveLength(before);
});

it('a later key is offered, however its time is written', async () => {
	const { context, offered } = n8n({ statusCode: 200, body: 'Ignored' });
	noteKeyUsed(LEG, '2026-11-28T13:00:00Z');
	press(context, 3_000, '2026-11-28T13:00:00.500000Z');
	press(context, 3_001, '2026-11-28T15:00:01+02:00');
	press(context, 3_002, '2026-11-28T14:59:59+02:00');
	await jest.runAllTimersAsync();
	expect(new Set(offered)).toEqual(new Set(['3000', '3001']));
});

it('a key stays used when an earlier one is used after it', async () => {
	const { context, offered } = n8n({ statusCode: 200, body: 'Ignored' });
	noteKeyUsed(LEG, '2026-11-28T14:00:01Z');
	noteKeyUsed(LEG, '2026-11-28T14:00:00Z');
	press(context, 4_000, '2026-11-28T14:00:01Z');
	press(context, 4_001, '2026-11-28T14:00:02Z');
	await jest.runAllTimersAsync();
	expect(new Set(offered)).toEqual(new Set(['4001']));
});
