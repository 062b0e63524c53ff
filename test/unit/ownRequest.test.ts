/* eslint-disable @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { keepHelpers, stillWaits, tellExecution } from '../../nodes/waiting/ownRequest';

/** An n8n that responds when the test says so. */
function n8n() {
	const received: string[] = [];
	const open: Array<() => void> = [];
	const httpRequest = async ({ url }: { url: string }) => {
		received.push(new URL(url).pathname);
		await new Promise<void>((resolve) => open.push(resolve));
		return { statusCode: 200, body: 'Taken' };
	};
	const context = { helpers: { httpRequest } } as never;
	keepHelpers(context);
	return { received, open, context };
}

const settled = async () => await new Promise(setImmediate);

it('n8n gets a few messages at a time, in their order, however many waits end at the same moment', async () => {
	const { received, open } = n8n();
	const all = Array.from({ length: 40 }, (_, index) => `/${index}`);
	const told = Promise.all(
		all.map(async (path) => {
			const address = new URL(path, 'http://127.0.0.1');
			await tellExecution(address, 'secret', { kind: 'timeout', answer: {} });
		}),
	);
	await settled();
	expect(received).toEqual(all.slice(0, 5));
	while (received.length < all.length || open.length > 0) {
		expect(open.length).toBeLessThanOrEqual(5);
		open.shift()?.();
		await settled();
	}
	await told;
	expect(received).toEqual(all);
});

it('questions do not wait for the messages before them, and n8n gets a few at a time as well', async () => {
	const { received, open, context } = n8n();
	const told = Array.from({ length: 6 }, async (_, index) => {
		const address = new URL(`/${index}`, 'http://127.0.0.1');
		await tellExecution(address, 'secret', { kind: 'timeout', answer: {} });
	});
	const asked = Array.from(
		{ length: 6 },
		async () => await stillWaits(context, new URL('http://127.0.0.1/question'), 'secret'),
	);
	await settled();
	expect(received.filter((path) => path === '/question')).toHaveLength(5);
	while (open.length > 0) {
		open.shift()?.();
		await settled();
	}
	await Promise.all([...told, ...asked]);
	expect(received).toHaveLength(12);
});
