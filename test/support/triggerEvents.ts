import { randomUUID } from 'node:crypto';

import { signer } from './signing';
import { deliver, runTrigger } from './trigger';

/** Whose signature the credential accepts. */
export const telnyx = signer(1);
export const credential = {
	apiKey: 'KEY',
	publicKey: telnyx.publicKey,
	baseUrl: 'https://api.telnyx.com/v2',
};

/** An event of a call as Telnyx sends it, each with an ID of its own. */
export const eventOf = (event_type: string, payload: object = {}) => ({
	data: {
		record_type: 'event',
		event_type,
		id: randomUUID(),
		occurred_at: '2026-11-20T10:15:30.000000Z',
		payload: {
			call_control_id: 'v3:abc',
			client_state: Buffer.from('{"step":"menu"}').toString('base64'),
			a_field_of_tomorrow: { deep: [1, null] },
			...payload,
		},
	},
	meta: { attempt: 1, delivered_to: 'https://n8n.example.com/webhook/1' },
});

export type Options = Partial<Parameters<typeof deliver>[0]> & {
	events?: unknown;
	signedAt?: number;
};

/** Sends a body, signed, to a trigger in n8n's engine. */
export const post = async (body: unknown, more: Options = {}) => {
	const rawBody = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
	const { signedAt, events: chosen = ['*'], parameters, ...options } = more;
	return await deliver({
		credential,
		parameters: { events: chosen, ...parameters } as never,
		rawBody,
		headers: telnyx.headers(rawBody, signedAt),
		...options,
	});
};

/** n8n answers 200 to what a node returns like this, and starts no execution. */
export const ACKNOWLEDGED = {
	answered: undefined,
	returned: { webhookResponse: 'Ignored' },
	started: undefined,
	warnings: [],
};

/** What the trigger puts out for an event. */
export async function simplified(event: object) {
	const parameters = { options: { simple: true } };
	const { started } = await post(event, { parameters });
	return (await runTrigger({ credential, parameters, items: [started!] })).flat()[0];
}
