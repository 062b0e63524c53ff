import { commonPayload, events, type VoiceEventType } from '../../telnyx/events';
import { choices } from '../schema/field';
import { noEvents, NO_REQUEST, operation } from '../schema/operation';
import { callControlId } from '../shared/commandFields';

/** Events of a leg that Telnyx can send to the leg's own webhook URL. */
const AWAITABLE: readonly VoiceEventType[] = [
	'call.ai_gather.ended',
	'call.answered',
	'call.bridged',
	'call.conversation.ended',
	'call.dequeued',
	'call.dtmf.received',
	'call.enqueued',
	'call.fork.started',
	'call.fork.stopped',
	'call.gather.ended',
	'call.hangup',
	'call.machine.detection.ended',
	'call.machine.greeting.ended',
	'call.machine.premium.detection.ended',
	'call.machine.premium.greeting.ended',
	'call.payment.completed',
	'call.playback.ended',
	'call.recording.error',
	'call.recording.saved',
	'call.refer.completed',
	'call.refer.failed',
	'call.speak.ended',
	'siprec.failed',
	'siprec.started',
	'siprec.stopped',
	'streaming.failed',
	'streaming.started',
	'streaming.stopped',
];

const awaitable = events.filter(({ type }) => AWAITABLE.some((one) => one === type));

export const waitForEvent = operation({
	name: 'Wait for Event',
	action: 'Wait for event',
	description:
		'Go on when something happens on the call that no command caused, such as a key or the hangup. Needs a published Telnyx Advanced Trigger for what comes while the workflow is busy.',
	request: NO_REQUEST,
	docs: 'https://developers.telnyx.com/docs/voice/programmable-voice/receiving-webhooks',
	fields: {
		call_control_id: callControlId,
		events: choices({
			label: 'Events',
			description: 'What to wait for: whichever comes first ends the waiting',
			required: true,
			choices: Object.fromEntries(
				awaitable.map(({ type, name, description }) => [type, { name, description }]),
			),
		}),
	},
	answer: {
		record_type: 'string',
		event_type: 'string',
		id: 'string',
		occurred_at: 'string',
		payload: Object.assign({}, commonPayload, ...awaitable.map(({ payload }) => payload)),
		meta: { attempt: 'number', delivered_to: 'string' },
		client_state: 'object',
		outcome: 'string',
		call_control_id: 'string',
	},
	events: noEvents,
});
