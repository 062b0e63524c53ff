import type { IWebhookFunctions } from 'n8n-workflow';

import type { Delivery } from '../../nodes/telnyx/webhooks/receive';
import { isNewInProcess } from '../../nodes/telnyx/webhooks/seenInProcess';
import { handOver } from '../../nodes/waiting/handOver';
import { sealOwner } from '../../nodes/waiting/owner';
import { eventually } from '../support/eventually';

const ENDED = { statusCode: 409, body: 'The execution "7" has finished already.' };

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
	{ type = 'call.hangup', executions = ['7'], n8n = context } = {},
) => {
	const owner = sealOwner('this n8n', executions.map(addressOf));
	const delivery = { owner, rawBody: '', signature: {}, eventId } as unknown as Delivery;
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
		expect(await offer('an end', { executions: ['b1', 'b2', 'b3'], n8n })).toBe('taken');
		await eventually('all to be asked', () => asked.length >= 3);
		expect(asked).toEqual(['b1', 'b2', 'b3']);
	});
});
