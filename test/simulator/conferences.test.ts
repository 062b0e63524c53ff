import { expectDeclared, refusal, startHarness, type Harness } from './harness';

let harness: Harness;

beforeEach(async () => (harness = await startHarness()));
afterEach(async () => await harness.close());
afterEach(() => expectDeclared(harness.received()));

const conferences = () => harness.client.conferences;
const actions = () => harness.client.conferences.actions;

/** A conference with one participant, whose webhooks have been read. */
async function open(more: object = {}) {
	const host = await harness.answeredCall();
	const { data } = await conferences().create({ call_control_id: host, name: 'Standup', ...more });
	await harness.news();
	return { host, id: String(data?.id) };
}

/** One more who joins. */
async function joined(id: string, more: object = {}) {
	const guest = await harness.answeredCall();
	await actions().join(id, { call_control_id: guest, ...more });
	await harness.news();
	return guest;
}

const participants = async (id: string, filter: object = {}) =>
	(await conferences().listParticipants(id, { filter })).data ?? [];

describe('a conference', () => {
	it('is created by a call, which is in it', async () => {
		const host = await harness.answeredCall();

		const { data } = await conferences().create({ call_control_id: host, name: 'Standup' });

		expect(await harness.news()).toEqual(['conference.created', 'conference.participant.joined']);
		expect(data).toMatchObject({ name: 'Standup', status: 'in_progress' });
		const id = String(data?.id);
		expect(harness.received().at(-1)?.payload).toMatchObject({
			call_control_id: host,
			conference_id: id,
		});
		expect(await participants(id)).toMatchObject([{ call_control_id: host, muted: false }]);
		const found = await conferences().list({ filter: { name: 'Standup', status: 'in_progress' } });
		expect(found.data).toMatchObject([{ id }]);
		expect((await conferences().retrieve(id)).data).toMatchObject({ id });
	});

	it('is created once, however often its command is sent', async () => {
		const host = await harness.answeredCall();
		const body = { call_control_id: host, name: 'Standup', command_id: 'once' };
		const first = await conferences().create(body);
		const second = await conferences().create(body);
		expect(second.data?.id).toBe(first.data?.id);
		expect(await harness.news()).toEqual(['conference.created', 'conference.participant.joined']);
	});

	it('mutes and holds the named participants, or everybody', async () => {
		const { host, id } = await open();
		const guest = await joined(id);

		await actions().mute(id, { call_control_ids: [guest] });
		await actions().hold(id, {});
		expect(await participants(id)).toMatchObject([
			{ call_control_id: host, muted: false, on_hold: true },
			{ call_control_id: guest, muted: true, on_hold: true },
		]);
		expect(await participants(id, { muted: true })).toHaveLength(1);

		await actions().unmute(id, {});
		await actions().unhold(id, { call_control_ids: [host] });
		expect(await participants(id)).toMatchObject([
			{ muted: false, on_hold: false },
			{ muted: false, on_hold: true },
		]);
	});

	it('speaks to everybody, or to one participant', async () => {
		const { host, id } = await open();
		const guest = await joined(id);
		const words = { payload: 'Welcome', voice: 'Telnyx.KokoroTTS.af' };

		await actions().speak(id, words);
		await harness.pass(10_000);
		expect(await harness.news()).toEqual(['conference.speak.started', 'conference.speak.ended']);
		for (const call of [host, guest]) {
			expect(harness.simulator.calls.get(call)?.heard).toMatchObject([{ text: 'Welcome' }]);
		}

		await actions().play(id, { media_name: 'gong', call_control_ids: [guest] });
		await harness.pass(10_000);
		expect(await harness.news()).toEqual([
			'conference.participant.playback.started',
			'conference.participant.playback.ended',
		]);
		expect(harness.simulator.calls.get(host)?.heard).toHaveLength(1);
	});

	it('stops announcements', async () => {
		const { id } = await open();
		await actions().play(id, { audio_url: 'https://example.com/a.mp3', loop: 'infinity' });
		await actions().stop(id, {});
		expect(await harness.news()).toEqual([
			'conference.playback.started',
			'conference.playback.ended',
		]);
	});

	it('asks one participant for digits', async () => {
		const { host, id } = await open();
		await actions().gatherDtmfAudio(id, {
			call_control_id: host,
			media_name: 'menu',
			maximum_digits: 1,
		});
		await harness.pass(4000);
		harness.simulator.press(host, '7');
		expect(await harness.news()).toEqual(
			expect.arrayContaining(['call.dtmf.received', 'call.gather.ended']),
		);
	});

	it('is recorded into a file, which can be fetched', async () => {
		const { id } = await open();
		await actions().recordStart(id, { format: 'wav' });
		await harness.pass(3000);
		await actions().recordStop(id, {});
		await harness.pass(5000);

		expect(await harness.news()).toEqual(['conference.recording.saved']);
		const { recording_id, recording_urls } = harness.received().at(-1)?.payload ?? {};
		expect((await fetch(recording_urls.wav)).status).toBe(200);
		const { data } = await harness.client.recordings.retrieve(recording_id);
		expect(data).toMatchObject({ conference_id: id, source: 'conference', duration_millis: 3000 });
	});

	it('goes on without a participant who leaves, and ends with the last', async () => {
		const { host, id } = await open();
		const guest = await joined(id);

		await actions().leave(id, { call_control_id: guest });
		expect(await harness.news()).toEqual(['conference.participant.left']);
		expect(harness.simulator.calls.get(guest)?.state).toBe('answered');

		await harness.client.calls.actions.hangup(host, {});
		expect(await harness.news()).toEqual([
			'call.hangup',
			'conference.participant.left',
			'conference.ended',
		]);
		expect((await conferences().retrieve(id)).data).toMatchObject({
			status: 'completed',
			end_reason: 'all_left',
		});
	});

	it.each([
		['hangs up on everybody', { end_conference_on_exit: true }, 'ended'],
		['lets everybody stay on the line', { soft_end_conference_on_exit: true }, 'answered'],
	])('%s when a host like that leaves', async (_what, how, state) => {
		const { host: other, id } = await open();
		const host = await joined(id, how);
		harness.simulator.hangup(host);
		await harness.pass(0);
		expect(harness.received().at(-1)).toMatchObject({
			type: 'conference.ended',
			payload: { reason: 'host_left' },
		});
		expect(harness.simulator.calls.get(other)?.state).toBe(state);
	});

	it('is ended by a command, which hangs up on everybody', async () => {
		const { host, id } = await open();
		await actions().endConference(id, {});
		expect(await harness.news()).toEqual([
			'call.hangup',
			'conference.participant.left',
			'conference.ended',
		]);
		expect(harness.simulator.calls.get(host)?.state).toBe('ended');
		expect(await refusal(actions().mute(id, {}))).toMatchObject({ status: 422, codes: ['90019'] });
	});

	it('is joined by a call that is dialed into it', async () => {
		const { id } = await open();
		const guest = await harness.dialledCall({ conference_config: { id, mute: true } });
		expect(await participants(id, { muted: true })).toMatchObject([{ call_control_id: guest }]);
	});

	it('refuses impossible commands', async () => {
		const { host, id } = await open();
		expect(await refusal(actions().mute('none', {}))).toMatchObject({ codes: ['90058'] });
		expect(await refusal(actions().join(id, { call_control_id: host }))).toMatchObject({
			codes: ['90044'],
		});
		const { call_control_id: ringing } = harness.simulator.placeCall();
		expect(await refusal(actions().join(id, { call_control_id: ringing }))).toMatchObject({
			codes: ['90034'],
		});
		expect(await refusal(actions().recordStart(id, {} as never))).toMatchObject({
			codes: ['10004'],
			pointers: ['/format'],
		});
		await harness.news();
	});
});
