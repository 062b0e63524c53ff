import { startHarness, type Harness } from './harness';

let harness: Harness;

beforeEach(async () => (harness = await startHarness()));
afterEach(async () => await harness.close());

const voice = 'Telnyx.KokoroTTS.af';
const speak = async (id: string) =>
	await harness.client.calls.actions.speak(id, { payload: 'x'.repeat(100), voice });

describe('the events of a command', () => {
	it.each([[0], [20], [150], [400]])('are sent %i ms after its response', async (ms) => {
		const id = await harness.answeredCall();
		harness.simulator.faults.eventOffsetMs = ms;
		await speak(id);
		if (ms > 0) {
			await harness.pass(ms - 1);
			expect(await harness.news()).toEqual([]);
		}
		await harness.pass(1);
		expect(await harness.news()).toEqual(['call.speak.started']);
	});

	it('are sent before its response', async () => {
		const id = await harness.answeredCall();
		harness.simulator.faults.eventOffsetMs = -20;
		const received = new Promise<void>((resolve) => {
			harness.receiver.answer = () => {
				resolve();
				return {};
			};
		});
		let isAnswered = false;
		const answer = speak(id).then(() => (isAnswered = true));
		await received;
		harness.clock.advance(19);
		expect(await harness.news()).toEqual(['call.speak.started']);
		expect(isAnswered).toBe(false);
		harness.clock.advance(1);
		expect(await answer).toBe(true);
	});

	it('are timed for a single call', async () => {
		const [one, two] = [await harness.answeredCall(), await harness.answeredCall()];
		Object.assign(harness.simulator.calls.get(one) ?? {}, { eventOffsetMs: 150 });
		await speak(one);
		await speak(two);
		expect(await harness.news()).toEqual(['call.speak.started']);
		await harness.pass(150);
		expect(await harness.news()).toEqual(['call.speak.started']);
	});

	it('stay in order with events that happen in the meantime', async () => {
		const id = await harness.answeredCall();
		harness.simulator.faults.eventOffsetMs = 400;
		await speak(id);
		await harness.pass(100);
		harness.simulator.hangup(id);
		expect(await harness.news()).toEqual([]);
		await harness.pass(300);
		expect(await harness.news()).toEqual(['call.speak.started', 'call.speak.ended', 'call.hangup']);
	});

	it('are timed for a call that is dialed', async () => {
		harness.simulator.faults.eventOffsetMs = 20;
		await harness.dial();
		expect(await harness.news()).toEqual([]);
		await harness.pass(20);
		expect(await harness.news()).toEqual(['call.initiated']);
	});

	it('are timed for a conference', async () => {
		const id = await harness.answeredCall();
		harness.simulator.faults.eventOffsetMs = 20;
		await harness.client.conferences.create({ call_control_id: id, name: 'Room' });
		expect(await harness.news()).toEqual([]);
		await harness.pass(20);
		expect(await harness.news()).toEqual(['conference.created', 'conference.participant.joined']);
	});

	it('are sent although the connection broke before the response', async () => {
		const id = await harness.answeredCall();
		harness.simulator.faults.eventOffsetMs = 20;
		harness.simulator.faults.dropNext(1, { after: true });
		await expect(speak(id)).rejects.toThrow();
		await harness.pass(20);
		expect(await harness.news()).toEqual(['call.speak.started']);
	});

	it('are sent at once again when the faults are reset', async () => {
		const id = await harness.answeredCall();
		harness.simulator.faults.eventOffsetMs = 400;
		expect(harness.simulator.faults.state()).toMatchObject({ eventOffsetMs: 400 });
		harness.simulator.faults.reset();
		await speak(id);
		expect(await harness.news()).toEqual(['call.speak.started']);
	});
});
