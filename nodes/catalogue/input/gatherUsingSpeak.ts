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
import { digitEvents, digits, maximumTries, promptTimeout } from '../shared/digits';

export const gatherUsingSpeak = operation({
	name: 'Ask for Digits with Speech',
	action: 'Ask for a key',
	description:
		"Read a text out and collect the digits that are pressed. They come with an event. For a menu of single keys, add 'Maximum Digits' in Options and set it to 1.",
	request: 'POST /calls/{call_control_id}/actions/gather_using_speak',
	docs: 'https://developers.telnyx.com/api-reference/call-commands/gather-using-speak',
	fields: {
		call_control_id: callControlId,
		payload: {
			...payload,
			required: true,
			placeholder: 'e.g. Press 1 for sales or 2 for support.',
		},
		voice: { ...voice, ...startVoice, required: true },
		...onEveryCommand,
		...digits,
		invalid_payload: {
			...payload,
			label: 'Text After Wrong Digits',
			description: 'What is said when the digits are not valid, in 3,000 characters at most',
			placeholder: 'e.g. Sorry, that is not a choice.',
			section: 'prompt',
		},
		language: { ...speechLanguage, section: 'prompt' },
		maximum_tries: { ...maximumTries, section: 'prompt' },
		payload_type: { ...payloadType, section: 'prompt' },
		service_level: { ...serviceLevel, section: 'prompt' },
		timeout_millis: promptTimeout,
		voice_settings: { ...voiceSettings, section: 'prompt' },
	},
	answer: commandResult,
	events: digitEvents,
});
