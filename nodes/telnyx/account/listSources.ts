import type { IDataObject, INodeListSearchItems } from 'n8n-workflow';

import { isObject } from '../../shared/isObject';
import { beginningOf } from '../../shared/shortened';
import { languageName, shortLanguageName, variantName } from './matching';

/** One list of things that Telnyx keeps. */
export interface ListSource {
	readonly path: string;
	/** The form parameters of which one holds the value for `{}` in the path, and the error if all are empty. */
	readonly within?: { readonly parameters: readonly string[]; readonly missing: string };
	readonly query?: Readonly<Record<string, string>>;
	/** The query parameter that Telnyx searches by, and the shortest text it takes. Without it, the loaded entries are searched. */
	readonly search?: { readonly by: string; readonly least: number; readonly digitsOnly?: boolean };
	/** The key of the entries in the reply; `data` by default. */
	readonly at?: string;
	readonly entry: (of: IDataObject) => INodeListSearchItems;
	/** Text that a search looks through besides what is shown. */
	readonly foundBy?: (of: IDataObject) => string;
	/** Whether Telnyx returns all entries at once, in no particular order. */
	readonly unsorted?: boolean;
	/** Whether an entry belongs to what is chosen elsewhere in the form, so that it comes first. */
	readonly isPreferred?: (of: IDataObject, form: IDataObject) => boolean;
}

/** Entries on a page of the list. */
export const PAGE_SIZE = 100;

/** A value of a reply as text; empty if there is none. */
export const text = (value: unknown): string =>
	value === undefined || value === null ? '' : String(value);

const joined = (separator: string, ...parts: unknown[]): string =>
	parts.map(text).filter(Boolean).join(separator);

/** An ISO time to the minute. */
const minute = (time: unknown): string => text(time).slice(0, 16).replace('T', ' ');

const named = (name: unknown, value: unknown, description?: string): INodeListSearchItems => ({
	name: text(name) || text(value),
	value: text(value),
	...(description && { description }),
});

/** By the name of the list. */
export const SOURCES = {
	applications: {
		path: '/call_control_applications',
		search: { by: 'filter[application_name][contains]', least: 3 },
		entry: ({ application_name: name, id }) => ({
			...named(name, id),
			url: `https://portal.telnyx.com/#/call-control/applications/${text(id)}`,
		}),
	},
	connections: {
		path: '/connections',
		search: { by: 'filter[connection_name][contains]', least: 3 },
		entry: ({ connection_name: name, id, record_type: kind }) => named(name, id, text(kind)),
	},
	phoneNumbers: {
		path: '/phone_numbers',
		search: { by: 'filter[phone_number]', least: 3, digitsOnly: true },
		entry: ({ phone_number: number, connection_name: connection }) =>
			named(joined(', ', number, connection), number),
	},
	phoneNumberIds: {
		path: '/phone_numbers',
		search: { by: 'filter[phone_number]', least: 3, digitsOnly: true },
		entry: ({ phone_number: number, connection_name: connection, id }) =>
			named(joined(', ', number, connection), id),
	},
	outboundVoiceProfiles: {
		path: '/outbound_voice_profiles',
		search: { by: 'filter[name][contains]', least: 3 },
		entry: ({ name, id, enabled }) =>
			named(joined(', ', name, enabled === false ? 'disabled' : ''), id),
	},
	conversations: {
		path: '/ai/conversations',
		query: { order: 'created_at.desc', limit: String(PAGE_SIZE) },
		entry: ({ id, name, created_at: time }) => named(joined(', ', minute(time), name), id),
	},
	conferences: {
		path: '/conferences',
		query: { 'filter[status]': 'in_progress' },
		entry: ({ name, id, created_at: since }) =>
			named(joined(', ', name, since && `since ${minute(since)}`), id),
	},
	participants: {
		path: '/conferences/{}/participants',
		within: {
			parameters: ['id', 'conference_id'],
			missing: 'Choose the conference from its list first',
		},
		entry: ({ id, label, call_leg_id: leg, status }) =>
			named(joined(', ', label || `Leg ${text(leg)}`, status), id),
	},
	queues: {
		path: '/queues',
		entry: ({ name, current_size: waiting }) =>
			named(`${text(name)}, ${text(waiting) || 0} waiting`, name),
	},
	queueCalls: {
		path: '/queues/{}/calls',
		within: { parameters: ['queue_name'], missing: 'Choose the queue from its list first' },
		entry: ({ call_control_id: id, from, to, queue_position: position }) =>
			named(joined(', ', position && `${text(position)}.`, joined(' to ', from, to)), id),
	},
	recordings: {
		path: '/recordings',
		entry: ({ id, from, to, recording_started_at: start, duration_millis: length }) =>
			named(
				joined(', ', minute(start), joined(' to ', from, to), length && seconds(Number(length))),
				id,
			),
	},
	recordingTranscriptions: {
		path: '/recording_transcriptions',
		entry: ({ id, created_at: time, transcription_text: words }) =>
			named(joined(', ', minute(time), beginningOf(text(words), 60)), id),
	},
	media: {
		path: '/media',
		entry: ({ media_name: name, content_type: kind }) => named(joined(', ', name, kind), name),
	},
	voices: {
		path: '/text-to-speech/voices',
		at: 'voices',
		unsorted: true,
		// The API says `id` where the SDK declares `voice_id`.
		entry: ({ id, voice_id, name, label, language, provider, gender, accent }) =>
			named(
				joined(
					' · ',
					capitalized(text(name || label)),
					shortLanguageName(text(language)),
					accent,
					text(gender).toLowerCase(),
					capitalized(text(provider)),
				),
				text(voice_id) || id,
			),
		foundBy: ({ language, label }) =>
			joined(' ', language, languageName(text(language)), variantName(text(language)), label),
		isPreferred: ({ language }, form) => {
			const chosen = languageIn(form);
			return chosen !== '' && text(language).toLowerCase() === chosen.toLowerCase();
		},
	},
	assistants: {
		path: '/ai/assistants',
		entry: ({ id, name }) => named(name, id),
	},
	noiseEngines: {
		path: '/noise_suppression_engines',
		entry: ({ label, value }) => named(label, value),
	},
} as const satisfies Record<string, ListSource>;

const capitalized = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

/** The language that is to be spoken, among the fields or the options; empty if none is chosen. */
const languageIn = (form: IDataObject): string =>
	text([form, ...Object.values(form).filter(isObject)].find(({ language }) => language)?.language);

const seconds = (millis: number) => `${Math.round(millis / 1000)} s`;

/** An active call: these have no list of their own at Telnyx. */
export const callEntry = (
	{ call_control_id: id, call_leg_id: leg, call_duration: duration }: IDataObject,
	application: string,
) => named(joined(', ', application, `for ${text(duration) || 0} s`, `leg ${text(leg)}`), id);
