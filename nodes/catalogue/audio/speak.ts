import { count } from '../schema/field';
import { commandResult, operation } from '../schema/operation';
import { callControlId, onEveryCommand } from '../shared/commandFields';
import {
	payload,
	payloadType,
	serviceLevel,
	speechLanguage,
	startVoice,
	voice,
	voiceSettings,
} from '../shared/voice';
import { stop, targetLegs } from './shared';

export const speak = operation({
	name: 'Speak Text',
	action: 'Speak text',
	description: 'Read a text out on the call',
	request: 'POST /calls/{call_control_id}/actions/speak',
	docs: 'https://developers.telnyx.com/api-reference/call-commands/speak-text',
	fields: {
		call_control_id: callControlId,
		payload: { ...payload, required: true },
		voice: { ...voice, ...startVoice, required: true },
		...onEveryCommand,
		language: speechLanguage,
		loop: count({
			label: 'Loop',
			description:
				"How many times the text is read, or infinity; once by default. After an endless one, the next audio needs 'Stop First'.",
			min: 1,
			words: ['infinity'],
			placeholder: 'e.g. 2',
		}),
		payload_type: payloadType,
		service_level: serviceLevel,
		stop,
		target_legs: targetLegs,
		voice_settings: voiceSettings,
	},
	answer: commandResult,
	events: {
		success: ['call.speak.ended'],
		failure: [],
		goodStatuses: ['completed'],
		others: ['call.speak.started'],
	},
});
