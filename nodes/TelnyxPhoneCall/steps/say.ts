import { speak } from '../../catalogue/audio/speak';
import {
	command,
	hangUpAfterwards,
	language,
	secondsFor,
	speech,
	spoken,
	stopOnKey,
	voiceOnTop,
} from './shared';
import { heard, HEARD_OUTPUTS, HEARD_RESULTS } from './heard';
import { step } from './step';

export const say = step({
	name: 'Say',
	action: 'Say something',
	description: 'Reads a text out and goes on when it has been said',
	answersFirst: true,
	fields: {
		text: spoken,
		voice: voiceOnTop,
		stop_on_key: stopOnKey,
		hang_up: {
			...hangUpAfterwards,
			description: 'Whether to end the call when it has been said',
		},
		language,
	},
	outputs: HEARD_OUTPUTS,
	results: HEARD_RESULTS,
	begin: ({ text, stop_on_key, hang_up, ...set }, { id }) => ({
		command: command(speak, { call_control_id: id, ...speech(text, set) }),
		wait: { stops_on_key: stop_on_key },
		seconds: secondsFor(text) + 60,
		plan: { hangs_up: hang_up },
	}),
	next: heard,
});
