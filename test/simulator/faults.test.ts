import { startHarness, type Harness } from './harness';

let harness: Harness;

beforeEach(async () => (harness = await startHarness()));
afterEach(async () => await harness.close());

const balance = async () => await harness.client.balance.retrieve();
const press = async (id: string) =>
	await harness.client.calls.actions.speak(id, { payload: 'Hi', voice: 'female' });

describe('on demand', () => {
	it('as many requests fail as wanted', async () => {
		harness.simulator.faults.failNext(2, 503);
		await expect(balance()).rejects.toMatchObject({ status: 503 });
		await expect(balance()).rejects.toMatchObject({ status: 503 });
		await expect(balance()).resolves.toBeDefined();
	});

	it('connections break before anything is done', async () => {
		const id = await harness.answeredCall();
		harness.simulator.faults.dropNext(1);
		await expect(press(id)).rejects.toThrow('Connection error');
		expect(await harness.news()).toEqual([]);
	});

	it.each([
		['connections break', 'dropNext'],
		['requests fail', 'failNext'],
	] as const)('%s although the command was carried out', async (_what, fault) => {
		const id = await harness.answeredCall();
		if (fault === 'dropNext') harness.simulator.faults.dropNext(1, { after: true });
		else harness.simulator.faults.failNext(1, 500, { after: true });
		await expect(press(id)).rejects.toThrow();
		expect(await harness.news()).toEqual(['call.speak.started']);
		await expect(balance()).resolves.toBeDefined();
	});

	it('answers are slow', async () => {
		harness.simulator.faults.latencyMs = 5000;
		let isAnswered = false;
		const arrived = new Promise<void>((resolve) => {
			const after = harness.clock.after;
			harness.clock.after = (ms, run) => {
				const cancel = after(ms, run);
				if (ms === 5000) resolve();
				return cancel;
			};
		});
		const answer = balance().then(() => (isAnswered = true));
		await arrived;
		harness.clock.advance(4999);
		expect(isAnswered).toBe(false);
		harness.clock.advance(1);
		await expect(answer).resolves.toBe(true);
	});

	it('requests are limited, with the headers that say so', async () => {
		harness.simulator.faults.rateLimit({ limit: 1, windowMs: 10_000 });
		const { response } = await harness.client.balance.retrieve().withResponse();
		expect(Object.fromEntries(response.headers)).toMatchObject({
			'x-ratelimit-limit': '1',
			'x-ratelimit-remaining': '0',
			'x-ratelimit-reset': '10',
		});
		harness.clock.advance(4000);
		const refused = await balance().catch((error) => error);
		expect(refused).toMatchObject({
			status: 429,
			error: { errors: [expect.objectContaining({ code: '10011' })] },
		});
		expect(refused.headers.get('x-ratelimit-reset')).toBe('6');
		harness.clock.advance(6000);
		await expect(balance()).resolves.toBeDefined();
	});

	it('all faults can be switched off', async () => {
		const { faults } = harness.simulator;
		const before = faults.state();
		faults.failNext(5);
		faults.dropNext(5);
		faults.rateLimit({ limit: 0, windowMs: 1000 });
		Object.assign(faults, { latencyMs: 1, delayWebhooksMs: 1 });
		faults.reset();
		expect(faults.state()).toEqual(before);
		await expect(balance()).resolves.toBeDefined();
	});
});
