import { assistant } from '../shared/assistantOptions';
import { conversationRelay } from '../shared/conversationRelayOptions';
import { inSection } from '../schema/field';
import { commandResult, operation } from '../schema/operation';
import { recordFromAnswer } from '../shared/recordingOptions';
import { callControlId, onEveryCommand } from '../shared/commandFields';
import { customHeaders, preferredCodecs, sipHeaders } from '../shared/sipOptions';
import { streamOnAnswer } from '../shared/streamingOptions';
import { transcribeFromAnswer } from '../shared/transcriptionOptions';
import { webhookOptions } from '../shared/webhookOptions';
import {
	billingGroupId,
	deepfakeDetection,
	sendSilenceWhenIdle,
	soundModifications,
} from './shared';

export const answer = operation({
	name: 'Answer',
	action: 'Answer call',
	description: 'Pick up an incoming call. Most other commands need this first.',
	request: 'POST /calls/{call_control_id}/actions/answer',
	docs: 'https://developers.telnyx.com/api-reference/call-commands/answer-call',
	fields: {
		call_control_id: callControlId,
		...inSection('assistant', { assistant, conversation_relay_config: conversationRelay }),
		billing_group_id: billingGroupId,
		...onEveryCommand,
		...customHeaders,
		deepfake_detection: deepfakeDetection,
		...preferredCodecs,
		...recordFromAnswer,
		send_silence_when_idle: sendSilenceWhenIdle,
		...sipHeaders,
		sound_modifications: soundModifications,
		...inSection('streaming', streamOnAnswer),
		...transcribeFromAnswer,
		...webhookOptions,
	},
	answer: { ...commandResult, recording_id: 'string' },
	events: {
		success: ['call.answered'],
		failure: ['call.hangup'],
		others: [
			'call.hold',
			'call.unhold',
			'call.deepfake_detection.result',
			'call.deepfake_detection.error',
			'call.conversation.created',
			'call.conversation.start_failed',
			'call.conversation.ended',
			'streaming.started',
			'streaming.stopped',
			'streaming.failed',
		],
	},
});
