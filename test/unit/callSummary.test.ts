import type { IDataObject } from 'n8n-workflow';

import { toRow } from '../../nodes/operations/run/callSummary';

const event = (
	name: string,
	second: number,
	payload: IDataObject,
	legId = 'leg-1',
): IDataObject => ({
	record_type: 'call_event',
	call_leg_id: legId,
	call_session_id: 'session-1',
	event_timestamp: `2026-11-27T12:00:${String(second).padStart(2, '0')}.000000Z`,
	name,
	type: 'webhook',
	metadata: { event: { payload } },
});

const INITIATED = event('call.initiated', 0, { from: '+1', to: '+2', direction: 'incoming' });

describe('the row of a call', () => {
	it.each<[string, (payload: IDataObject) => IDataObject]>([
		['as it was delivered', (payload) => ({ event: { data: { payload } } })],
		['without its envelope', (payload) => ({ payload })],
		['as bare fields', (payload) => payload],
	])('reads an event %s', (_how, metadata) => {
		const hangup = { ...event('call.hangup', 9, {}), metadata: metadata({ hangup_cause: 'busy' }) };
		expect(toRow([INITIATED, hangup], [])).toMatchObject({ from: '+1', hangup_cause: 'busy' });
	});

	it('has who and when of the first leg, and keys, words and cost of all', () => {
		const row = toRow(
			[
				event('call.cost', 31, { total_cost: '0.0020' }),
				event('call.cost', 32, { total_cost: '0.0011' }, 'leg-2'),
				event('call.hangup', 30, {}),
				event('call.hangup', 20, {}, 'leg-2'),
				event('call.answered', 10, {}, 'leg-2'),
				event('call.initiated', 5, { from: '+3', to: '+4', direction: 'outgoing' }, 'leg-2'),
				event('call.dtmf.received', 12, { digit: '7' }, 'leg-2'),
				event('call.answered', 2, {}),
				INITIATED,
			],
			[],
		);
		expect(row).toMatchObject({
			from: '+1',
			to: '+2',
			talk_secs: 28,
			keys: '7',
			cost: 0.0031,
			legs: 2,
			call_leg_id: 'leg-1',
		});
	});

	it('counts an event that was delivered twice once', () => {
		const key = event('call.dtmf.received', 3, { digit: '5' });
		expect(toRow([INITIATED, key, key], [])).toMatchObject({ keys: '5' });
	});

	it('has what a person said to an AI, and who answered', () => {
		const history = [
			{ role: 'assistant', content: 'Your name?' },
			{ role: 'user', content: 'Ada' },
			{
				role: 'user',
				content: [
					{ type: 'text', text: 'Countess' },
					{ type: 'text', text: 'Lovelace' },
				],
			},
			{ role: 'user', content: { audio: {} } },
		];
		const row = toRow(
			[
				INITIATED,
				event('call.machine.premium.detection.ended', 4, { result: 'human_residence' }),
				event('call.ai_gather.ended', 8, { message_history: history }),
			],
			[],
		);
		expect(row).toMatchObject({ words: 'Ada\nCountess Lovelace', answered_by: 'human_residence' });
	});

	it.each([
		['call.machine.greeting.ended', 'beep_detected', 'machine'],
		['call.machine.premium.greeting.ended', 'beep_detected', 'machine'],
		['call.machine.premium.greeting.ended', 'prompt_ended', null],
		['call.machine.greeting.ended', 'not_sure', null],
	])('knows who answered by %s alone, with %s: %s', (name, result, answered_by) => {
		expect(toRow([INITIATED, event(name, 4, { result })], [])).toMatchObject({ answered_by });
	});

	it('has interim words only where nothing has replaced them', () => {
		const words = (second: number, transcript: string, is_final: boolean, legId?: string) =>
			event('call.transcription', second, { transcription_data: { transcript, is_final } }, legId);
		const row = toRow(
			[
				INITIATED,
				words(1, 'I would', false),
				words(2, 'I would like', true),
				words(3, 'an', false),
				words(4, 'an appointment', false),
				words(5, '', true),
				words(6, 'Good morning', true, 'leg-2'),
			],
			[],
		);
		expect(row).toMatchObject({ words: 'I would like\nan appointment\nGood morning' });
	});

	it('has nothing yet for what has not happened', () => {
		expect(toRow([INITIATED], [])).toMatchObject({
			answered: false,
			ended_at: null,
			duration_secs: null,
			hangup_cause: null,
			cost: null,
		});
	});
});
