import { SeenEvents } from '../../nodes/telnyx/webhooks/seenInProcess';

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
});
