import type { IDataObject } from 'n8n-workflow';

import { nodeTypesFor, runActionAt } from '../support/engine';
import { startHarness, type Harness } from '../simulator/harness';

/** A call that has ended, as one row, by each of its IDs. */

let telnyx: Harness;
const nodeTypes = nodeTypesFor('callEvent', 'summarize');

beforeEach(async () => {
	telnyx = await startHarness();
	const app = telnyx.simulator.applications.get(telnyx.application);
	Object.assign(app?.data ?? {}, { call_cost_in_webhooks: true });
});
afterEach(async () => await telnyx.close());

const summarize = async (item: IDataObject, more: object = {}) =>
	await runActionAt(
		telnyx.simulator,
		{ resource: 'callEvent', operation: 'summarize', ...more },
		{ items: [item], nodeTypes },
	);

/** A caller presses a key, says something while being recorded, and hangs up. */
async function endedCall() {
	const { clock, client, news, pass, simulator } = telnyx;
	const { call_control_id: id } = simulator.placeCall({ from: '+13125550101' });
	await pass(2000);
	const on = client.calls.actions;
	await on.answer(id, {});
	await on.startRecording(id, { channels: 'single', format: 'mp3' });
	await on.startTranscription(id, {});
	await on.gather(id, { maximum_digits: 4, terminating_digit: '#' });
	for (const key of '1042#') simulator.press(id, key);
	await pass(5000);
	simulator.say(id, 'Good morning');
	simulator.press(id, '9');
	clock.advance(60_000);
	simulator.hangup(id);
	await pass(60_000);
	await news();
	const { call_leg_id, call_session_id } = simulator.calls.get(id)!;
	return { call_control_id: id, call_leg_id, call_session_id };
}

it('has who, when, how long, keys, words, recording, cost and why it ended', async () => {
	const call = await endedCall();
	const { output } = await summarize(call);

	const [recording] = (await telnyx.client.recordings.list()).data ?? [];
	expect(output).toHaveLength(1);
	expect(output[0].json).toEqual({
		...call,
		from: '+13125550101',
		to: telnyx.simulator.calls.get(call.call_control_id)!.to,
		direction: 'incoming',
		started_at: expect.stringMatching(/Z$/),
		answered_at: expect.stringMatching(/Z$/),
		ended_at: expect.stringMatching(/Z$/),
		answered: true,
		answered_by: null,
		duration_secs: 67,
		talk_secs: 65,
		keys: '1042 9',
		words: 'Good morning',
		recording_id: recording?.id,
		recordings: 1,
		cost: 0.004,
		currency: 'USD',
		hangup_cause: 'normal_clearing',
		hangup_source: 'caller',
		legs: 1,
		connection_id: telnyx.application,
	});
});

it('is found by the session, and by the call control ID, as well', async () => {
	const call = await endedCall();
	const { output } = await summarize(call);
	for (const id of [call.call_session_id, call.call_control_id]) {
		expect((await summarize({}, { leg_id: id })).output).toEqual(output);
	}
});

it('has no talk for a call that nobody took', async () => {
	const id = await telnyx.dial();
	await telnyx.client.calls.actions.hangup(id, {});
	await telnyx.news();
	const { output } = await summarize({ call_control_id: id });

	expect(output[0].json).toMatchObject({
		direction: 'outgoing',
		to: '+13125550177',
		answered: false,
		answered_at: null,
		talk_secs: null,
		keys: null,
		words: null,
		recording_id: null,
		recordings: 0,
	});
});

it('says which ID is needed if Telnyx has no events of the call', async () => {
	await endedCall();
	const { error } = await summarize({}, { leg_id: '428c31b6-7af4-4bcb-b7f5-5013ef9657c1' });
	expect(error?.message).toBe('Telnyx has no events of this call');
	expect(error?.description).toContain("Check 'Call ID'");
});
