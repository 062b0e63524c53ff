import { choice, locator, text, texts, toggle } from '../schema/field';
import { callControlId } from '../shared/commandFields';
import { WEB_ADDRESS } from '../shared/addresses';

export const conferenceId = locator({
	label: 'Conference ID',
	description:
		'The conference to act on. Unless you choose another one, it is the one that the item is about.',
	required: true,
	placeholder: 'e.g. 182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e',
	list: 'conferences',
	fromItem: ['conference_id', 'conference.id', 'id'],
	whenEmpty: 'choose a conference, or connect the node to an event or an action of the conference',
});

export const participantId = locator({
	label: 'Participant ID',
	description: 'The participant of the conference, by ID or by label',
	required: true,
	placeholder: 'e.g. 3fa85f64-5717-4562-b3fc-2c963f66afa6',
	list: 'participants',
});

/** The leg that takes part, for commands about one participant. */
export const leg = <const D extends string>(description: D) =>
	({ ...callControlId, description }) as const;

/** The legs that a command is about, for commands about several participants. */
export const participants = <const D extends string>(description: D) =>
	texts({
		label: 'Call Control IDs',
		description,
		onTop: true,
		placeholder: 'e.g. v3:MdI91X4lWFEs7IgbBEOT9M4AigoY08M0WWZFISt1Yw2axZ_IiE4pqg',
	});

export const region = choice({
	open: true,
	label: 'Region',
	description:
		"Where Telnyx keeps the conference. By default, Telnyx uses the region of your account's data locality settings.",
	choices: {
		Australia: 'Australia',
		Europe: 'Europe',
		'Middle East': 'Middle East',
		US: 'United States',
	},
	start: 'US',
});

export const beepEnabled = choice({
	label: 'Beep',
	description:
		'When a beep is heard in the conference. Comes before the setting of the conference.',
	choices: {
		always: { name: 'Always', description: 'When a participant joins and when one leaves' },
		never: { name: 'Never', description: 'No beep' },
		on_enter: { name: 'On Enter', description: 'When a participant joins' },
		on_exit: { name: 'On Exit', description: 'When a participant leaves' },
	},
	start: 'always',
});

export const endOnExit = toggle({
	label: 'End Conference on Exit',
	description: 'Whether the conference ends and everyone is hung up when this participant leaves',
	start: false,
});

export const softEndOnExit = toggle({
	label: 'Soft End Conference on Exit',
	description:
		'Whether the conference ends when this participant leaves. The others are not hung up.',
	start: false,
});

export const supervisorRole = choice({
	label: 'Supervisor Role',
	description: 'How a supervisor takes part. By default, nobody is a supervisor.',
	choices: {
		barge: { name: 'Barge', description: 'Heard by everyone, like any participant' },
		monitor: { name: 'Monitor', description: 'Hears everyone, heard by nobody' },
		none: { name: 'None', description: 'An ordinary participant' },
		whisper: {
			name: 'Whisper',
			description: "Heard only by the legs in 'Whisper To'",
		},
	},
	start: 'none',
});

export const whisperCallControlIds = texts({
	label: 'Whisper To',
	description:
		'The call control IDs that hear a whispering supervisor, separated by commas. If there are none, the supervisor only listens.',
	placeholder: 'e.g. v3:MdI91X4lWFEs7IgbBEOT9M4AigoY08M0WWZFISt1Yw2axZ_IiE4pqg',
});

/** Music on hold: the address of a file, and the name of one that Telnyx stores: one or the other. */
export const holdAudioUrl = <const D extends string>(description: D) =>
	text({
		label: 'Hold Audio URL',
		description,
		placeholder: 'e.g. https://example.com/hold-music.mp3',
		pattern: WEB_ADDRESS,
	});

export const holdMediaName = <const D extends string>(description: D) =>
	locator({
		label: 'Hold Media Name',
		description,
		placeholder: 'e.g. hold-music',
		list: 'media',
		notWith: 'hold_audio_url',
	});

export const recordingId = text({
	label: 'Recording ID',
	description: 'The recording that is meant, where the conference has several',
	placeholder: 'e.g. 6e00ab49-9487-4364-8ad6-23965965afb2',
});

/** The fields that Telnyx returns for a conference. */
export const conferenceAnswer = {
	id: 'string',
	name: 'string',
	status: 'string',
	connection_id: 'string',
	region: 'string',
	created_at: 'string',
	updated_at: 'string',
	expires_at: 'string',
	end_reason: 'string',
	ended_by: 'object',
	record_type: 'string',
} as const;

export const conferenceInShort = [
	'id',
	'name',
	'status',
	'connection_id',
	'region',
	'created_at',
	'expires_at',
	'end_reason',
] as const;

const participantState = {
	id: 'string',
	call_control_id: 'string',
	call_leg_id: 'string',
	status: 'string',
	muted: 'boolean',
	on_hold: 'boolean',
	whisper_call_control_ids: 'array',
	end_conference_on_exit: 'boolean',
	soft_end_conference_on_exit: 'boolean',
	created_at: 'string',
	updated_at: 'string',
} as const;

/** The fields that Telnyx returns for one participant. */
export const participantAnswer = {
	...participantState,
	conference_id: 'string',
	label: 'string',
} as const;

/** The fields that Telnyx returns for a participant in the list of them. */
export const listedParticipantAnswer = {
	...participantState,
	conference: 'object',
	record_type: 'string',
} as const;
