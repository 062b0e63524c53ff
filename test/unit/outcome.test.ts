import { isGivenUp, outcomeOf, whatHappened } from '../../nodes/waiting/outcome';
import type { Wait } from '../../nodes/waiting/wait';
import type { TelnyxEvent } from '../../nodes/telnyx/webhooks/parseEvent';

const event = (event_type: string, payload: object, more: object = {}) =>
	({
		event_type,
		payload: { call_control_id: 'A', ...payload },
		...more,
	}) as unknown as TelnyxEvent;

const wait = (more: Partial<Wait>): Wait => ({
	name: 'ours',
	id: '1',
	secret_hash: '',
	call_control_id: 'A',
	makes_leg: false,
	stops_ringing: false,
	new_legs: [],
	other_legs: [],
	success: [],
	failure: [],
	straight: [],
	good_statuses: [],
	ties: {},
	stops_on_key: false,
	keys_after: '',
	seconds: 60,
	on_failure: 'error',
	on_call_end: 'stop',
	command: {},
	owner: '',
	origin: '',
	plan: {},
	...more,
});

describe('an announcement', () => {
	const speak = wait({ success: ['call.speak.ended'], good_statuses: ['completed'] });
	it.each([
		['completed', 'success'],
		['cancelled', 'failure'],
		['cancelled_amd', 'failure'],
		['failed', 'failure'],
		['a status of next year', 'failure'],
		['COMPLETED', 'failure'],
		['', 'failure'],
		[0, 'failure'],
		[false, 'failure'],
		[['completed'], 'failure'],
		[{ completed: true }, 'failure'],
		['call_hangup', 'ended'],
		[null, 'success'],
		[undefined, 'success'],
	])('with the status %s ends the wait as %s', (status, outcome) => {
		expect(outcomeOf(event('call.speak.ended', { status }), speak, undefined)).toBe(outcome);
	});

	it('is not ended by the end of an earlier one', () => {
		const ended = event('call.speak.ended', { status: 'completed' });
		expect(outcomeOf(ended, speak, 'earlier')).toBeUndefined();
		expect(outcomeOf(ended, speak, 'ours')).toBe('success');
	});

	it('of a file is not ended by another file', () => {
		const play = wait({ success: ['call.playback.ended'], ties: { media_url: 'https://a/1.mp3' } });
		const ended = (media_url: string) => event('call.playback.ended', { media_url });
		expect(outcomeOf(ended('https://a/2.mp3'), play, undefined)).toBeUndefined();
		expect(outcomeOf(ended('https://a/1.mp3'), play, undefined)).toBe('success');
	});

	it.each([
		[{ media_url: 'u' }, { media_url: 'u' }, true],
		[{ media_url: 'u' }, { media_name: 'n' }, false],
		[{ media_url: 'u' }, { media_name: 'n', media_url: null }, false],
		[{ media_url: 'u' }, { media_name: 'n', media_url: '' }, false],
		[{ media_url: 'u' }, { media_name: 'n', media_url: 'u' }, true],
		[{ media_url: 'u' }, { media_name: 'n', media_url: 'other' }, false],
		[{ media_url: 'u' }, { media_name: null, media_url: '' }, true],
		[{ media_url: 'u' }, {}, true],
		[{ media_name: 'n' }, { media_name: 'n' }, true],
		[{ media_name: 'n' }, { media_url: 'u' }, false],
		[{ media_name: 'n' }, { media_name: '', media_url: 'u' }, false],
		[{ media_name: 'n' }, { media_name: 'n', media_url: 'https://storage/n' }, true],
		[{ media_name: 'n' }, { media_name: null, media_url: null }, true],
		[{ media_name: 'n' }, {}, true],
		[{}, { media_url: 'u' }, true],
		[{ recording_id: '1' }, { media_url: 'u' }, true],
	])('from %j is ended by that from %j: %s', (ties, named, isOurs) => {
		const play = wait({ success: ['call.playback.ended'], ties });
		const ended = event('call.playback.ended', { status: 'completed', ...named });
		expect(outcomeOf(ended, play, undefined)).toBe(isOurs ? 'success' : undefined);
	});

	it('ends with a key only if the user wants that, and never with an earlier key', () => {
		const key = event(
			'call.dtmf.received',
			{ digit: '1' },
			{ occurred_at: '2026-01-01T00:00:02Z' },
		);
		expect(outcomeOf(key, speak, undefined)).toBeUndefined();
		expect(outcomeOf(key, { ...speak, stops_on_key: true }, undefined)).toBe('key');
		const used = { ...speak, stops_on_key: true, keys_after: '2026-01-01T00:00:02Z' };
		expect(outcomeOf(key, used, undefined)).toBeUndefined();
	});

	it.each([
		['2026-01-01T00:00:02.500000Z', '2026-01-01T00:00:02Z', 'key'],
		['2026-01-01T00:00:02Z', '2026-01-01T00:00:01.999999Z', 'key'],
		['2026-01-01T00:00:02.000002Z', '2026-01-01T00:00:02.000001Z', 'key'],
		['2026-01-01T00:00:02.0001Z', '2026-01-01T00:00:02Z', 'key'],
		['2026-01-01T00:00:02.000001Z', '2026-01-01T00:00:02.000002Z', undefined],
		['2026-01-01T00:00:02Z', '2026-01-01T00:00:02.000000Z', undefined],
		['2026-01-01T00:00:02.5Z', '2026-01-01T00:00:02.500Z', undefined],
		['2026-01-01T02:00:03+02:00', '2026-01-01T00:00:02Z', 'key'],
		['2026-01-01T02:00:02.5+02:00', '2026-01-01T00:00:02.500000Z', undefined],
		['2026-01-01T00:00:03Z', '2026-01-01T02:00:02+02:00', 'key'],
		['2026-01-01T00:00:01Z', '2026-01-01T02:00:02+02:00', undefined],
		['2026-01-01T00:00:02Z', '', 'key'],
		['just now', '2026-01-01T00:00:02Z', 'key'],
		['just now', 'just now', undefined],
	])('with a key at %s, if one at %j was used: %s', (occurred_at, keys_after, outcome) => {
		const key = event('call.dtmf.received', { digit: '1' }, { occurred_at });
		const stopping = { ...speak, stops_on_key: true, keys_after };
		expect(outcomeOf(key, stopping, undefined)).toBe(outcome);
	});
});

describe('a hangup', () => {
	const hangup = (leg: string) => event('call.hangup', { call_control_id: leg });
	const transfer = wait({
		success: ['call.bridged'],
		failure: ['call.hangup'],
		makes_leg: true,
		new_legs: ['B'],
	});

	it('of the caller ends the wait, of the called party it is a failure', () => {
		expect(outcomeOf(hangup('A'), transfer, undefined)).toBe('ended');
		expect(outcomeOf(hangup('B'), transfer, undefined)).toBe('failure');
		expect(outcomeOf(hangup('C'), transfer, 'ours')).toBe('failure');
	});

	it('of the called party may be that of the caller where the ringing of a transfer is stopped', () => {
		const cancelled = event('call.hangup', {
			call_control_id: 'B',
			hangup_cause: 'originator_cancel',
		});
		expect(isGivenUp(cancelled, transfer)).toBe(true);
		// A call that the execution dials itself rings on when the caller has left.
		expect(isGivenUp(cancelled, { ...transfer, stops_ringing: true })).toBe(false);
		expect(isGivenUp(hangup('B'), transfer)).toBe(false);
	});

	it.each(['timeout', 'no_answer', 'user_busy', 'call_rejected', 'normal_clearing', 'not_found'])(
		'of the called party by %s is not said to be their doing',
		(hangup_cause) => {
			const ended = event('call.hangup', { call_control_id: 'B', hangup_cause });
			expect(outcomeOf(ended, transfer, undefined)).toBe('failure');
			expect(whatHappened('failure', ended, transfer)).toBe('The call was not connected');
			const detection = { ...transfer, success: ['call.machine.detection.ended'] };
			expect(whatHappened('failure', ended, detection)).not.toMatch(/hung up|party/);
		},
	);

	it('of an unrelated call means nothing', () => {
		expect(outcomeOf(hangup('C'), transfer, undefined)).toBeUndefined();
		expect(outcomeOf(hangup('C'), transfer, 'another')).toBeUndefined();
	});

	it('by the caller ends the ringing of a dialed call', () => {
		const dial = wait({
			call_control_id: '',
			makes_leg: true,
			new_legs: ['B'],
			other_legs: ['A'],
			success: ['call.answered'],
			failure: ['call.hangup'],
		});
		expect(outcomeOf(hangup('A'), dial, undefined)).toBe('ended');
		expect(outcomeOf(hangup('B'), dial, undefined)).toBe('failure');
		expect(whatHappened('failure', hangup('B'), dial)).toBe('The call was not answered');
		expect(whatHappened('ended', hangup('A'), dial)).toMatch(/other leg/);
	});

	it('is a success if it is what the wait is for', () => {
		expect(outcomeOf(hangup('A'), wait({ success: ['call.hangup'] }), undefined)).toBe('success');
	});
});

it('accepts the recording that was stopped, and no other', () => {
	const stop = wait({ success: ['call.recording.saved'], ties: { recording_id: '1' } });
	const saved = (recording_id: string) =>
		event('call.recording.saved', { call_control_id: undefined, recording_id });
	expect(outcomeOf(saved('2'), stop, undefined)).toBeUndefined();
	expect(outcomeOf(saved('1'), stop, undefined)).toBe('success');
});

it('says "not answered" only if nobody had answered', () => {
	const detection = wait({
		makes_leg: true,
		call_control_id: '',
		new_legs: ['B'],
		success: ['call.machine.detection.ended'],
		failure: ['call.hangup'],
	});
	const hangup = event('call.hangup', { call_control_id: 'B' });
	expect(whatHappened('failure', hangup, detection)).not.toMatch(/answered/);
});

it('accepts events that no command causes, whatever the last command of the leg was', () => {
	const waitForEvent = wait({ name: '', success: ['call.recording.saved'] });
	const saved = event('call.recording.saved', {});
	expect(outcomeOf(saved, waitForEvent, 'of an earlier command')).toBe('success');
});
