import { commandResult, operation } from '../schema/operation';
import {
	channels,
	customFileName,
	format,
	maxLength,
	playBeep,
	silenceTimeout,
	track,
	trim,
} from '../shared/recordingOptions';
import { callControlId, onEveryCommand } from '../shared/commandFields';
import { recordingTranscription } from '../shared/transcriptionOptions';

export const startRecording = operation({
	name: 'Start',
	action: 'Record call',
	description: 'Record the call until you stop it or the call ends',
	request: 'POST /calls/{call_control_id}/actions/record_start',
	docs: 'https://developers.telnyx.com/api-reference/call-commands/recording-start',
	fields: {
		call_control_id: callControlId,
		channels: { ...channels, required: true },
		format: { ...format, required: true },
		...onEveryCommand,
		custom_file_name: customFileName,
		max_length: maxLength,
		play_beep: playBeep,
		recording_track: track,
		timeout_secs: silenceTimeout,
		...recordingTranscription,
		trim,
	},
	answer: commandResult,
	// No event reports that the recording has started.
	events: {
		success: [],
		failure: [],
		others: ['call.recording.saved', 'call.recording.error', 'call.recording.transcription.saved'],
	},
});
