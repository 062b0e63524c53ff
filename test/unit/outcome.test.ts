import { awaitable, outcomeOf, type Awaited } from '../../nodes/waiting/outcome';
import type { TelnyxEvent } from '../../nodes/telnyx/webhooks/parseEvent';

const LEG = 'v3:ours';
const speak: Awaited = {
	success: ['call.speak.ended'],
	failure: [],
	failed_with: [],
	call_control_id: LEG,
	mark: 'command-1',
};
const transfer: Awaited = {
	success: ['call.bridged'],
	failure: ['call.hangup'],
	failed_with: [],
	call_control_id: LEG,
	mark: 'command-2',
};

const playback: Awaited = {
	success: ['call.playback.ended'],
	failure: [],
	failed_with: ['file_not_found', 'failed'],
	call_control_id: LEG,
	mark: 'command-3',
};
const conversation: Awaited = {
	success: ['call.conversation.ended', 'call.hangup'],
	failure: [],
	failed_with: [],
	call_control_id: LEG,
	mark: 'command-4',
};

const event = (event_type: string, payload: object = { call_control_id: LEG }) =>
	({ event_type, payload, meta: null, client_state: null }) as unknown as TelnyxEvent;

describe('an event, while an execution waits', () => {
	it.each([
		['the outcome', event('call.speak.ended'), speak, 'success'],
		['a failure that Telnyx reports', event('call.hangup'), transfer, 'failure'],
		['the end of the call', event('call.hangup'), speak, 'ended'],
		[
			'the outcome, because the call ended',
			event('call.speak.ended', { call_control_id: LEG, status: 'call_hangup' }),
			speak,
			'ended',
		],
		[
			'a file that Telnyx did not find',
			event('call.playback.ended', { call_control_id: LEG, status: 'file_not_found' }),
			playback,
			'failure',
		],
		[
			'a file that was played',
			event('call.playback.ended', { call_control_id: LEG, status: 'completed' }),
			playback,
			'success',
		],
		['the end of a conversation with the call', event('call.hangup'), conversation, 'success'],
		['another event of the call', event('call.speak.started'), speak, undefined],
		[
			'the outcome on another call of the execution',
			event('call.speak.ended', { call_control_id: 'v3:other' }),
			speak,
			undefined,
		],
		[
			'the end of another call',
			event('call.hangup', { call_control_id: 'v3:other' }),
			speak,
			undefined,
		],
		['an outcome that names no leg', event('call.speak.ended', {}), speak, 'success'],
	])('%s', (_what, received, awaited, expected) => {
		expect(outcomeOf(received, awaited, undefined)).toBe(expected);
	});

	it('counts on another leg if it came to the address that the command gave', () => {
		const bridged = event('call.bridged', { call_control_id: 'v3:new-leg' });
		expect(outcomeOf(bridged, transfer, 'command-2')).toBe('success');
		expect(outcomeOf(bridged, transfer, 'command-1')).toBeUndefined();
	});
});

it('knows the key and the end of a call besides what commands cause', () => {
	expect(awaitable).toEqual(
		expect.arrayContaining([
			'call.answered',
			'call.dtmf.received',
			'call.hangup',
			'call.machine.greeting.ended',
			'siprec.failed',
		]),
	);
	expect(awaitable).not.toContain('conference.ended');
});
