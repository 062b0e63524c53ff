import { locator, text, toggle } from '../schema/field';
import { DETECTION_ENDS, machineDetection } from '../shared/machineDetection';
import { commandResult, operation } from '../schema/operation';
import { recordFromAnswer } from '../shared/recordingOptions';
import { callControlId, clientState, onEveryCommand } from '../shared/commandFields';
import {
	customHeaders,
	DESTINATION,
	diversion,
	mediaEncryption,
	PARTY,
	preferredCodecsOfTransfer,
	sipAuthentication,
	sipHeaders,
	sipRoute,
} from '../shared/sipOptions';
import { webhookOptions } from '../shared/webhookOptions';
import {
	playedOnAnswer,
	muteDtmf,
	outboundOptions,
	parkAfterUnbridge,
	soundModifications,
} from './shared';

export const transfer = operation({
	name: 'Transfer',
	action: 'Transfer call',
	description:
		'Call somebody else and connect the call with them. If that fails, the call goes on and can be transferred elsewhere.',
	request: 'POST /calls/{call_control_id}/actions/transfer',
	docs: 'https://developers.telnyx.com/api-reference/call-commands/transfer-call',
	fields: {
		call_control_id: callControlId,
		to: text({
			label: 'To',
			description: 'The phone number or SIP URI to transfer to',
			required: true,
			placeholder: 'e.g. +13125550123',
			...DESTINATION,
		}),
		...machineDetection,
		...playedOnAnswer,
		...onEveryCommand,
		...customHeaders,
		...diversion,
		early_media: toggle({
			label: 'Early Media',
			description: 'Whether the caller hears what comes from the other side before it answers',
			start: true,
		}),
		from: locator({
			label: 'From',
			description:
				'The number that the called party sees. By default, Telnyx uses the number that was called originally.',
			onTop: true,
			list: 'phoneNumbers',
			...PARTY,
			placeholder: 'e.g. +13125550100',
		}),
		...outboundOptions,
		...mediaEncryption,
		mute_dtmf: muteDtmf,
		park_after_unbridge: parkAfterUnbridge,
		...preferredCodecsOfTransfer,
		...recordFromAnswer,
		...sipAuthentication,
		...sipHeaders,
		...sipRoute,
		sound_modifications: soundModifications,
		target_leg_client_state: {
			...clientState,
			label: 'Client State of New Leg',
			description:
				"Text or JSON that Telnyx returns with every event of the new leg. Encoded to Base64 for you, unless 'Client State Is Base64' is on.",
		},
		...webhookOptions,
	},
	answer: commandResult,
	events: {
		success: ['call.bridged'],
		failure: ['call.hangup'],
		detected: DETECTION_ENDS,
		others: [
			'call.initiated',
			'call.answered',
			'call.machine.premium.detection.started',
			'call.machine.premium.call_screening.detected',
		],
	},
});
