import type { IWebhookFunctions } from 'n8n-workflow';

import type { Delivery } from '../../nodes/telnyx/webhooks/receive';
import { keepForLater } from '../../nodes/waiting/handOver';
import { sealOwner } from '../../nodes/waiting/owner';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** An n8n whose execution has ended when it is asked. */
function n8n() {
	const offered: string[] = [];
	const context = {
		getInstanceId: () => 'this n8n',
		getRequestObject: () => ({ socket: undefined }),
		getNodeWebhookUrl: () => 'https://n8n.example.com/webhook/1/webhook',
		helpers: {
			async httpRequest({ body }: { body: string }) {
				offered.push(body);
				return { statusCode: 404, body: 'The execution "1" does not exist.' };
			},
		},
	} as unknown as IWebhookFunctions;
	return { context, offered };
}

const press = (context: IWebhookFunctions, digit: number) => {
	const owner = sealOwner('this n8n', ['/webhook-waiting/1/telnyx?signature=abc']);
	const event = { id: `key-${digit}`, event_type: 'call.dtmf.received' };
	const delivery = { owner, rawBody: `${digit}`, signature: {} };
	keepForLater(context, event as never, delivery as unknown as Delivery);
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
