/* eslint-disable @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import type { IDataObject } from 'n8n-workflow';

import { rememberInMemory, runTrigger } from '../support/trigger';
import { credential, eventOf, post, telnyx, type Options } from '../support/triggerEvents';

describe('a repeated event', () => {
	const isStarted = async (body: unknown, options?: Options) =>
		(await post(body, options)).started !== undefined;

	it('is dropped, whatever the attempt', async () => {
		const event = eventOf('call.answered');
		expect(await isStarted(event)).toBe(true);
		expect(await isStarted({ ...event, meta: { attempt: 2 } })).toBe(false);
		expect(await isStarted(event)).toBe(false);
	});

	it('starts other workflows, and tests', async () => {
		const event = eventOf('call.answered');
		expect(await isStarted(event)).toBe(true);
		expect(await isStarted(event, { workflowId: 'workflow-2' })).toBe(true);
		expect(await isStarted(event, { isTest: true })).toBe(true);
		expect(await isStarted(event, { isTest: true })).toBe(true);
	});

	it('is let through if the user wants that', async () => {
		const event = eventOf('call.answered');
		const parameters = { options: { duplicates: 'letThrough' } };
		expect(await isStarted(event, { parameters })).toBe(true);
		expect(await isStarted(event, { parameters })).toBe(true);
	});

	it.each(['while it is fresh', 'an hour later'])(
		'that a stranger has recorded and sends again, %s, starts nothing',
		async (when) => {
			const event = eventOf('call.answered');
			const headers = telnyx.headers(JSON.stringify(event));
			expect(await isStarted(event, { headers })).toBe(true);
			const clock = jest.spyOn(Date, 'now');
			if (when !== 'while it is fresh') clock.mockReturnValue(Date.now() + 3_600_000);
			expect(await isStarted(event, { headers })).toBe(false);
			// Nor does it after a restart, or in a test: it is too old then.
			const elsewhere = await isStarted(event, { headers, isTest: true });
			expect(elsewhere).toBe(when === 'while it is fresh');
			clock.mockRestore();
		},
	);

	it('starts the workflow if n8n could not start it the first time', async () => {
		const event = eventOf('call.answered');
		expect(await isStarted(event, { ending: 500 })).toBe(true);
		expect(await isStarted(event, { ending: 500 })).toBe(true);
		expect(await isStarted(event)).toBe(true);
		expect(await isStarted(event)).toBe(false);
	});

	it('is dropped although its sender went away the first time: n8n started the workflow nevertheless', async () => {
		const event = eventOf('call.answered');
		expect(await isStarted(event, { ending: 'lost' })).toBe(true);
		expect(await isStarted(event, { ending: 'lost' })).toBe(false);
		expect(await isStarted(event)).toBe(false);
	});

	it.each<[NonNullable<Options['ending']>, boolean]>([
		[200, false],
		[500, true],
		['lost', false],
	])('at the same time waits for how the first one ends (%s)', async (ending, counts) => {
		const event = eventOf('call.answered');
		let others: Array<Promise<boolean>> = [];
		const meanwhile = async () => {
			others = [1, 2, 3].map(async () => await isStarted(event));
			await new Promise((resolve) => setImmediate(resolve));
		};
		expect(await isStarted(event, { ending, meanwhile })).toBe(true);
		expect((await Promise.all(others)).filter(Boolean)).toHaveLength(counts ? 1 : 0);
	});

	describe('whose ID is remembered permanently', () => {
		const parameters = { options: { duplicates: 'dropForGood' } };
		const run = async (event: ReturnType<typeof eventOf>) =>
			(await runTrigger({ credential, parameters, items: [event.data] })).flat();

		beforeAll(rememberInMemory);

		it("is dropped because it is in n8n's database", async () => {
			const event = eventOf('call.answered');
			await post(event, { parameters });
			expect(await run(event)).toMatchObject([{ id: event.data.id }]);
			expect(await run(event)).toEqual([]);
		});

		it.each<[string, boolean, (n: number) => object]>(
			[true, false].flatMap(
				(simple): Array<[string, boolean, (n: number) => object]> => [
					['no ID', simple, () => ({})],
					['an empty ID', simple, () => ({ id: ' ' })],
					['a number', simple, (n) => ({ webhook_id: (simple ? 70 : 80) + n })],
					['the ID of the webhook', simple, (n) => ({ webhook_id: `of ${simple} ${n}` })],
				],
			),
		)('is dropped with %s, whether simplified or not: %s', async (what, simple, ids) => {
			const options = { ...parameters.options, simple };
			const started = async (n: number) => {
				const payload = { conversation_id: `${what} ${simple}`, results: [n] };
				const event = { event_type: 'conversation_insight_result', ...ids(n), payload };
				return (await post(event, { parameters: { options } })).started!;
			};
			const count = async (item: IDataObject) =>
				(await runTrigger({ credential, parameters: { options }, items: [item] })).flat().length;
			const [first, second] = [await started(1), await started(2)];
			expect(await count(first)).toBe(1);
			expect(await count(second)).toBe(1);
			expect(await count(JSON.parse(JSON.stringify(first)))).toBe(0);
			expect(await count(second)).toBe(0);
		});

		it('is dropped although its sender went away the first time', async () => {
			const event = eventOf('call.answered');
			let execution: ReturnType<typeof run> | undefined;
			// n8n starts the execution before it answers.
			const meanwhile = () => void (execution = run(event));
			await post(event, { parameters, ending: 'lost', meanwhile });
			expect(await execution).toHaveLength(1);
			expect(await run(event)).toEqual([]);
		});
	});
});
