import { assistant } from '../shared/assistantOptions';
import { conferenceOptions } from '../shared/conferenceOptions';
import { conversationRelay } from '../shared/conversationRelayOptions';
import { inSection, locator, texts, toggle } from '../schema/field';
import { DETECTION_ENDS, machineDetection } from '../shared/machineDetection';
import { operation } from '../schema/operation';
import { recordFromAnswer } from '../shared/recordingOptions';
import { clientState, commandId } from '../shared/commandFields';
import {
	customHeaders,
	DESTINATION,
	diversion,
	mediaEncryption,
	PARTY,
	preferredCodecs,
	sipAuthentication,
	sipHeaders,
	sipRoute,
} from '../shared/sipOptions';
import { dialogflow, stream } from '../shared/streamingOptions';
import { transcribeFromAnswer } from '../shared/transcriptionOptions';
import { webhookOptions } from '../shared/webhookOptions';
import {
	billingGroupId,
	callAnswer,
	deepfakeDetection,
	playedOnAnswer,
	outboundOptions,
	parkAfterUnbridge,
	sendSilenceWhenIdle,
	soundModifications,
} from './shared';

/** Links the new call to an existing one. */
const linking = inSection('bridging', {
	bridge_intent: toggle({
		label: 'Bridge Intent',
		description:
			"Whether the call is going to be bridged with the one in 'Link To'. Its caller's number is shown as 'From' then.",
		start: false,
	}),
	bridge_on_answer: toggle({
		label: 'Bridge on Answer',
		description: "Whether the call is bridged with the one in 'Link To' as soon as it is answered",
		start: false,
	}),
	link_to: locator({
		label: 'Link To',
		description:
			'The call control ID of a call that the new one belongs to. Both get the same call session ID.',
		list: 'calls',
		placeholder: 'e.g. v3:MdI91X4lWFEs7IgbBEOT9M4AigoY08M0WWZFISt1Yw2axZ_IiE4pqg',
	}),
	park_after_unbridge: {
		...parkAfterUnbridge,
		description:
			"Whether the call stays, parked, when the other one hangs up or is transferred. Otherwise it is hung up. Needs 'Link To'.",
	},
	prevent_double_bridge: toggle({
		label: 'Prevent Double Bridge',
		description: "Whether the new call is hung up if the one in 'Link To' is bridged already",
		start: false,
	}),
});

const streaming = inSection('streaming', {
	...dialogflow,
	...stream,
	stream_establish_before_call_originate: toggle({
		label: 'Connect Before Dialing',
		description: 'Whether Telnyx connects to the stream URL before it dials',
		start: false,
	}),
});

export const dial = operation({
	name: 'Dial',
	action: 'Make a call',
	description:
		'Call one or several people. The call is under way when this node is done: events tell whether it is answered.',
	request: 'POST /calls',
	docs: 'https://developers.telnyx.com/api-reference/call-commands/dial',
	fields: {
		connection_id: locator({
			label: 'Call Control Application',
			description:
				'The application at Telnyx that the call runs under, and that gets its events. It needs an outbound voice profile.',
			required: true,
			list: 'applications',
			placeholder: 'e.g. 1494404757140276705',
			whenEmpty: 'choose an application. You create one under Voice in the Telnyx portal',
		}),
		from: locator({
			label: 'From',
			description: 'The number that the called party sees: one of yours, or one that you verified',
			required: true,
			list: 'phoneNumbers',
			...PARTY,
			placeholder: 'e.g. +13125550100',
		}),
		to: texts({
			label: 'To',
			description:
				'The phone number with country code or the SIP URI to call, or several of them, separated by commas',
			required: true,
			placeholder: 'e.g. +13125550123',
			...DESTINATION,
			oneAsText: true,
		}),
		...machineDetection,
		...inSection('assistant', { assistant, conversation_relay_config: conversationRelay }),
		...playedOnAnswer,
		billing_group_id: billingGroupId,
		client_state: { ...clientState, onTop: true },
		command_id: commandId,
		...conferenceOptions,
		...customHeaders,
		deepfake_detection: deepfakeDetection,
		...diversion,
		...linking,
		...mediaEncryption,
		...outboundOptions,
		...preferredCodecs,
		...recordFromAnswer,
		retry_on_timeout: toggle({
			label: 'Retry on Timeout',
			description:
				"Whether Telnyx tries other routes to the same number after 'Ring For (Seconds)', before it gives up",
			start: true,
		}),
		send_silence_when_idle: sendSilenceWhenIdle,
		...sipAuthentication,
		...sipHeaders,
		...sipRoute,
		sound_modifications: soundModifications,
		...streaming,
		...transcribeFromAnswer,
		...webhookOptions,
	},
	answer: { ...callAnswer, recording_id: 'string' },
	mustAnswer: 'call_control_id',
	events: {
		success: ['call.answered'],
		failure: ['call.hangup'],
		detected: DETECTION_ENDS,
		others: [
			'call.initiated',
			'call.hold',
			'call.unhold',
			'call.machine.premium.detection.started',
			'call.machine.premium.call_screening.detected',
			'call.conversation.created',
			'call.conversation.start_failed',
			'call.conversation.ended',
			'dialogflow.detectintent.response',
			'call.deepfake_detection.result',
			'call.deepfake_detection.error',
			'streaming.started',
			'streaming.stopped',
			'streaming.failed',
		],
	},
});
