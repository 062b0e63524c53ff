import { commandResult, operation } from '../schema/operation';
import { commandId } from '../shared/commandFields';
import {
	payload,
	payloadType,
	speechLanguage,
	startVoice,
	voice,
	voiceSettings,
} from '../shared/voice';
import { conferenceId, participants, region } from './shared';

export const speak = operation({
	name: 'Speak Text',
	action: 'Speak text in a conference',
	description: 'Read a text out to everyone in a conference, or to some',
	request: 'POST /conferences/{id}/actions/speak',
	docs: 'https://developers.telnyx.com/api-reference/conference-commands/speak-text-to-conference-participants',
	fields: {
		id: conferenceId,
		payload: { ...payload, required: true },
		voice: { ...voice, ...startVoice, required: true },
		call_control_ids: participants(
			'Who hears the text, separated by commas. Everyone, if left empty.',
		),
		command_id: commandId,
		language: speechLanguage,
		payload_type: payloadType,
		region,
		voice_settings: voiceSettings,
	},
	answer: commandResult,
	events: {
		success: ['conference.speak.ended', 'conference.participant.speak.ended'],
		failure: [],
		others: ['conference.speak.started', 'conference.participant.speak.started'],
	},
});
