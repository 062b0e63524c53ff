import { commandResult, operation } from '../schema/operation';
import { channels, customFileName, format, playBeep, trim } from '../shared/recordingOptions';
import { commandId } from '../shared/commandFields';
import { conferenceId, region } from './shared';

export const recordStart = operation({
	name: 'Start Recording',
	action: 'Start recording a conference',
	description: 'Record a conference until you stop it or the conference ends',
	request: 'POST /conferences/{id}/actions/record_start',
	docs: 'https://developers.telnyx.com/api-reference/conference-commands/conference-recording-start',
	fields: {
		id: conferenceId,
		format: { ...format, required: true },
		channels: {
			...channels,
			choices: {
				single: { name: 'Single', description: 'Mono: everybody on one channel' },
				dual: {
					name: 'Dual',
					description: 'Stereo: who opened the conference on one channel, all others on the other',
				},
			},
		},
		command_id: commandId,
		custom_file_name: customFileName,
		play_beep: playBeep,
		region,
		trim,
	},
	answer: commandResult,
	// No event reports that the recording has started.
	events: { success: [], failure: [], others: ['conference.recording.saved'] },
});
