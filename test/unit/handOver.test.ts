import type { IWebhookFunctions } from 'n8n-workflow';

import type { Delivery } from '../../nodes/telnyx/webhooks/receive';
import { isNewInProcess } from '../../nodes/telnyx/webhooks/seenInProcess';
import { handOver } from '../../nodes/waiting/handOver';
import { sealOwner } from '../../nodes/waiting/owner';

const ENDED = { statusCode: 409, body: 'The execution "7" has finished already.' };

/** The webhook of a trigger, in an n8n whose execution has ended. */
const context = {
	getInstanceId: () => 'this n8n',
	getRequestObject: () => ({ socket: undefined }),
	getResponseObject: () => ({ destroyed: true, writableEnded: true, statusCode: 200 }),
	getNodeWebhookUrl: () => 'https://n8n.example.com/webhook/1/webhook',
	helpers: { httpRequest: async () => ENDED },
} as unknown as IWebhookFunctions;

const offer = async (eventId: string) => {
	const owner = sealOwner('this n8n', ['/webhook-waiting/7/telnyx?signature=abc']);
	const delivery = { owner, rawBody: '', signature: {}, eventId } as unknown as Delivery;
	return await handOver(context, { id: eventId, event_type: 'call.hangup' } as never, delivery);
};

it('an event of an execution that has ended belongs to the trigger', async () => {
	expect(await offer('another event')).toBe('over');
});

it('unless the execution went on with it, and n8n was too late to say so', async () => {
	await isNewInProcess(context, '7', 'its event');
	expect(await offer('its event')).toBe('taken');
});
