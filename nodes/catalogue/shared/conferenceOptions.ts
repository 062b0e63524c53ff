import { join } from '../conference/join';
import { choice, group, inSection, locator, text, toggle } from '../schema/field';

const {
	beep_enabled,
	end_conference_on_exit,
	hold,
	hold_audio_url,
	hold_media_name,
	mute,
	soft_end_conference_on_exit,
	start_conference_on_enter,
	supervisor_role,
	whisper_call_control_ids,
} = join.fields;

/** The conference that a new call joins, and how. */
export const conferenceOptions = inSection('conference', {
	conference_config: group({
		label: 'Conference',
		description: 'The conference that the call joins, and how',
		add: 'Add conference setting',
		fields: {
			id: locator({
				label: 'Conference ID',
				description: 'The conference to join',
				list: 'conferences',
				placeholder: 'e.g. 0ccc7b54-4df3-4bca-a65a-3da1ecc777f0',
			}),
			beep_enabled,
			conference_name: text({
				label: 'Conference Name',
				description: 'The name of the conference to join',
				placeholder: 'e.g. monday-meeting',
			}),
			early_media: toggle({
				label: 'Early Media',
				description:
					'Whether the call joins while it still rings. Otherwise it joins when it is answered.',
				start: true,
			}),
			end_conference_on_exit,
			hold,
			hold_audio_url,
			hold_media_name,
			mute,
			soft_end_conference_on_exit,
			start_conference_on_create: toggle({
				label: 'Start Conference on Create',
				description:
					'Whether a conference that is created for this call starts at once. Otherwise those who join are put on hold.',
				start: true,
			}),
			start_conference_on_enter,
			supervisor_role,
			whisper_call_control_ids,
		},
	}),
	supervise_call_control_id: locator({
		label: 'Supervise Call Control ID',
		description: 'The leg of a call that the new call listens in on',
		list: 'calls',
		placeholder: 'e.g. v3:MdI91X4lWFEs7IgbBEOT9M4AigoY08M0WWZFISt1Yw2axZ_IiE4pqg',
	}),
	supervisor_role: choice({
		label: 'Supervisor Role',
		description: 'What the new call can do on the supervised one',
		choices: {
			barge: { name: 'Barge', description: 'Heard by both sides of the call' },
			whisper: { name: 'Whisper', description: 'Heard by the supervised side only' },
			monitor: { name: 'Monitor', description: 'Listen only, heard by nobody' },
		},
		start: 'barge',
	}),
});
