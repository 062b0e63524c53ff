import { choice, toggle } from '../schema/field';
import { commandResult, operation } from '../schema/operation';
import { callControlId, onEveryCommand } from '../shared/commandFields';

export const stopPlayback = operation({
	name: 'Stop Audio',
	action: 'Stop audio or speech',
	description: 'Stop the audio file or the text that is heard on the call',
	request: 'POST /calls/{call_control_id}/actions/playback_stop',
	docs: 'https://developers.telnyx.com/api-reference/call-commands/stop-audio-playback',
	fields: {
		call_control_id: callControlId,
		...onEveryCommand,
		overlay: toggle({
			label: 'Overlay',
			description: 'Whether to stop what is heard on top of other audio',
			start: false,
		}),
		stop: choice({
			label: 'Stop',
			description: 'What to stop. By default, Telnyx stops everything.',
			open: true,
			choices: {
				current: {
					name: 'Current',
					description: 'Stop the current audio and continue with the queue',
				},
				all: { name: 'All', description: 'Stop the current audio and everything in the queue' },
			},
			start: 'all',
		}),
	},
	answer: commandResult,
	endedIsFine: true,
	events: { success: ['call.playback.ended', 'call.speak.ended'], failure: [] },
});
