import { choice, locator, text, toggle } from '../schema/field';
import { commandResult, operation } from '../schema/operation';
import { recordFromAnswer } from '../shared/recordingOptions';
import { callControlId, onEveryCommand } from '../shared/commandFields';
import { muteDtmf, parkAfterUnbridge } from './shared';

export const bridge = operation({
	name: 'Bridge',
	action: 'Bridge call with another call to connect two callers',
	description: 'Let two calls talk to each other, or this one with the first call of a queue',
	request: 'POST /calls/{call_control_id}/actions/bridge',
	docs: 'https://developers.telnyx.com/api-reference/call-commands/bridge-calls',
	fields: {
		call_control_id: callControlId,
		call_control_id_to_bridge_with: locator({
			label: 'Call Control ID to Bridge With',
			description:
				"The leg to connect it with. Leave it empty to use 'Queue' or 'Video Room ID' instead.",
			onTop: true,
			list: 'calls',
			placeholder: 'e.g. v3:MdI91X4lWFEs7IgbBEOT9M4AigoY08M0WWZFISt1Yw2axZ_IiE4pqg',
			wire: 'call_control_id',
		}),
		...onEveryCommand,
		hold_after_unbridge: toggle({
			label: 'Hold After Unbridge',
			description:
				'Whether this leg is put on hold when the other one is gone. Otherwise it is hung up.',
			start: true,
		}),
		mute_dtmf: muteDtmf,
		park_after_unbridge: parkAfterUnbridge,
		play_ringtone: toggle({
			label: 'Play Ringtone',
			description: 'Whether this leg hears ringing until the other one is answered',
			start: true,
		}),
		prevent_double_bridge: toggle({
			label: 'Prevent Double Bridge',
			description: 'Whether the command fails if the other leg is bridged already',
			start: true,
		}),
		queue: locator({
			label: 'Queue',
			description:
				"The queue whose first call is connected, by name. That call leaves the queue in any case. Give either this, 'Call Control ID to Bridge With' or 'Video Room ID'.",
			list: 'queues',
			placeholder: 'e.g. support',
			notWith: 'call_control_id_to_bridge_with',
		}),
		...recordFromAnswer,
		ringtone: choice({
			label: 'Ringtone',
			description: "The country whose ringing is heard, with 'Play Ringtone'",
			choices: {
				at: 'Austria',
				au: 'Australia',
				be: 'Belgium',
				bg: 'Bulgaria',
				br: 'Brazil',
				ch: 'Switzerland',
				cl: 'Chile',
				cn: 'China',
				cz: 'Czechia',
				de: 'Germany',
				dk: 'Denmark',
				ee: 'Estonia',
				es: 'Spain',
				fi: 'Finland',
				fr: 'France',
				gr: 'Greece',
				hu: 'Hungary',
				il: 'Israel',
				in: 'India',
				it: 'Italy',
				jp: 'Japan',
				lt: 'Lithuania',
				mx: 'Mexico',
				my: 'Malaysia',
				nl: 'Netherlands',
				no: 'Norway',
				nz: 'New Zealand',
				ph: 'Philippines',
				pl: 'Poland',
				pt: 'Portugal',
				ru: 'Russia',
				se: 'Sweden',
				sg: 'Singapore',
				th: 'Thailand',
				tw: 'Taiwan',
				uk: 'United Kingdom',
				'us-old': 'United States (Old)',
				us: 'United States',
				ve: 'Venezuela',
				za: 'South Africa',
			},
			start: 'us',
		}),
		video_room_context: text({
			label: 'Video Room Context',
			description: "Anything that the video room is to know, such as a name, with 'Video Room ID'",
			placeholder: 'e.g. Jane',
		}),
		video_room_id: text({
			label: 'Video Room ID',
			description:
				"The video room to connect with. Give either this, 'Call Control ID to Bridge With' or 'Queue'.",
			placeholder: 'e.g. 0ccc7b54-4df3-4bca-a65a-3da1ecc777f0',
			notWith: 'call_control_id_to_bridge_with',
		}),
	},
	answer: commandResult,
	events: { success: ['call.bridged'], failure: [] },
});
