import { startPlayback } from '../../catalogue/audio/startPlayback';
import { choice, file } from '../../catalogue/schema/field';
import { audioUrl, loop, mediaName } from '../../catalogue/shared/audioFile';
import { heard, HEARD_OUTPUTS, HEARD_RESULTS } from './heard';
import { command, hangUpAfterwards, stopOnKey } from './shared';
import { step } from './step';

/** Nobody listens longer. */
const LONGEST_SECS = 4 * 3600;

export const play = step({
	name: 'Play',
	action: 'Play audio file',
	description: 'Plays an MP3 or WAV file and goes on when it has ended',
	answersFirst: true,
	fields: {
		source: choice({
			label: 'Source',
			description: 'Where the file comes from',
			onTop: true,
			choices: {
				url: { name: 'Web Address', description: 'A link that anybody can open' },
				media: { name: 'Telnyx Media Storage', description: 'A file that you uploaded there' },
				file: { name: 'Workflow', description: 'A small file that the item brings' },
			},
			start: 'url',
		}),
		audio_url: {
			...audioUrl,
			description: 'The address of the MP3 or WAV file',
			required: true,
			onlyIf: { source: ['url'] },
		},
		media_name: {
			kind: mediaName.kind,
			label: mediaName.label,
			description: 'The MP3 or WAV file in your media storage at Telnyx',
			list: mediaName.list,
			placeholder: mediaName.placeholder,
			required: true,
			onlyIf: { source: ['media'] },
		},
		binary_field: file({
			label: 'Input Data Field Name',
			description: 'The field of the item that holds the file',
			required: true,
			onlyIf: { source: ['file'] },
		}),
		stop_on_key: stopOnKey,
		hang_up: {
			...hangUpAfterwards,
			description: 'Whether to end the call when it has been played',
		},
		loop: {
			...loop,
			description:
				'How often the file is played: once by default, up to 100 times, or infinity. What never ends needs Stop on Key.',
		},
	},
	outputs: HEARD_OUTPUTS,
	results: HEARD_RESULTS,
	begin: ({ audio_url, media_name, binary_field, loop: times, stop_on_key, hang_up }, { id }) => ({
		command: {
			...command(startPlayback, { call_control_id: id, audio_url, media_name, loop: times }),
			...(binary_field !== undefined && {
				file: { field: 'playback_content', from: String(binary_field) },
			}),
		},
		wait: { stops_on_key: stop_on_key },
		seconds: LONGEST_SECS,
		plan: { hangs_up: hang_up },
	}),
	next: heard,
});
