import type { IWebhookFunctions } from 'n8n-workflow';

import { isNewInProcess, SeenEvents } from '../../nodes/telnyx/webhooks/seenInProcess';

const accepted = Promise.resolve(true);

describe('the memory for events', () => {
	it('forgets the oldest when it is full', async () => {
		const seen = new SeenEvents(3);
		for (const id of ['a', 'b', 'c', 'd']) expect(await seen.isNew(id, accepted)).toBe(true);
		expect(await seen.isNew('d', accepted)).toBe(false);
		expect(await seen.isNew('b', accepted)).toBe(false);
		expect(await seen.isNew('a', accepted)).toBe(true);
	});

	it('knows the result of the last delivery of an event', async () => {
		const seen = new SeenEvents(3);
		await seen.isNew('a', Promise.resolve(false));
		expect(await seen.wasAccepted('a')).toBe(false);
		await seen.isNew('a', accepted);
		expect(await seen.wasAccepted('a')).toBe(true);
		expect(seen.wasAccepted('b')).toBeUndefined();
	});

	it('is flushed by 10,000 signed events: more than come while a signature is valid', async () => {
		const responded = { destroyed: true, writableEnded: true, statusCode: 200, once() {} };
		const context = { getResponseObject: () => responded } as unknown as IWebhookFunctions;
		const isNew = async (id: number) => await isNewInProcess(context, 'trigger', `${id}`);
		await isNew(0);
		for (let id = 1; id < 10_000; id += 1) await isNew(id);
		expect(await isNew(0)).toBe(false);
		await isNew(10_000);
		expect(await isNew(0)).toBe(true);
	});
});
