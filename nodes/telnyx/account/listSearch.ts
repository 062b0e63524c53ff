import {
	isExpression,
	NodeOperationError,
	type IDataObject,
	type ILoadOptionsFunctions,
	type INodeListSearchItems,
	type INodeListSearchResult,
} from 'n8n-workflow';

import { isObject } from '../../shared/isObject';
import { locatorValue } from '../../shared/locatorValue';
import { send, type TelnyxRequest } from '../http/client';
import { pageCount } from '../http/pageCount';
import { baseUrlOf, CREDENTIAL } from '../credential';
import { TelnyxFailure, toNodeError } from '../http/failure';
import { encodePathPart } from '../http/path';
import { inPool } from '../../shared/pool';
import { beginningOf } from '../../shared/shortened';
import { listsOrPrevious, PREVIOUS_NODE } from './previousNode';
import { byRelevance, languageName, matches, shortLanguageName, variantName } from './matching';

/** Loads a page of a list for the editor: the method behind n8n's resource locators. */
type ListSearch = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

/** One list of things that Telnyx keeps. */
interface Source {
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
const PAGE_SIZE = 100;
/** The number of applications whose calls are listed at the same time. */
const LISTS_AT_ONCE = 10;
/** The most pages searched at once where Telnyx cannot search. Scrolling down continues from there. */
const PAGES_SEARCHED = 100;
/** Where a list ends. Anything beyond it is found by searching. */
const MOST_PAGES = 1_000;
/** The number of pages fetched at the same time. */
const PAGES_AT_ONCE = 5;

const text = (value: unknown): string =>
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

const SOURCES = {
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
} as const satisfies Record<string, Source>;

const capitalized = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

/** The language that is to be spoken, among the fields or the options; empty if none is chosen. */
const languageIn = (form: IDataObject): string =>
	text([form, ...Object.values(form).filter(isObject)].find(({ language }) => language)?.language);

const seconds = (millis: number) => `${Math.round(millis / 1000)} s`;

/**
 * The lists from which the editor lets users choose, by name. Each returns one page of the
 * entries that match a text, and throws an error for the user if Telnyx refuses the list.
 */
const ofTelnyx = {
	...searchesIn(SOURCES),
	calls: activeCalls,
} as const;

export type ListName = keyof typeof ofTelnyx;

/** These, and those that have what the item is about on top. */
export const lists = { ...ofTelnyx, ...listsOrPrevious(ofTelnyx) } as const;

function searchesIn<Name extends string>(sources: Readonly<Record<Name, Source>>) {
	const searches = {} as Record<Name, ListSearch>;
	for (const name in sources) searches[name] = searchIn(sources[name]);
	return searches;
}

function searchIn(source: Source): ListSearch {
	return async function (filter = '', paginationToken = '1') {
		return await explaining(this, async () => {
			const query = searchQuery(source, filter);
			const first = Number(paginationToken);
			const page = await pageOf(this, source, query, first);
			const isSearched = query !== undefined || filter.trim() === '';
			const pages = isSearched ? [page] : [page, ...(await pagesAfter(this, source, first, page))];
			const { paginationToken: next } = pages[pages.length - 1];
			const found = pages
				.flatMap(({ entries }) => entries)
				.map((of) => ({ of, entry: source.entry(of) }))
				.filter(({ of, entry }) => isFound(isSearched ? '' : filter, entry, source.foundBy?.(of)));
			const sorted = source.unsorted
				? found.sort(({ entry: a }, { entry: b }) => byRelevance(filter)(a, b))
				: found;
			const results = preferredFirst(this, source, sorted).map(({ entry }) => entry);
			return { results, ...(next && { paginationToken: next }) };
		});
	};
}

/** With what belongs to the rest of the form first, else in the same order. */
function preferredFirst<Found extends { of: IDataObject }>(
	context: ILoadOptionsFunctions,
	{ isPreferred }: Source,
	found: Found[],
): Found[] {
	if (!isPreferred) return found;
	const form = context.getCurrentNodeParameters() ?? {};
	return [true, false].flatMap((wanted) =>
		found.filter(({ of }) => isPreferred(of, form as IDataObject) === wanted),
	);
}

/** The pages that a search looks through after the first one. */
async function pagesAfter(
	context: ILoadOptionsFunctions,
	source: Source,
	first: number,
	firstPage: Page,
): Promise<Page[]> {
	const { pages } = firstPage;
	const found: Page[] = [];
	const seen = new Set([contentOf(firstPage)]);
	const last = Math.min(pages, first + PAGES_SEARCHED - 1);
	for (let from = first + 1; from <= last; from += PAGES_AT_ONCE) {
		const count = Math.min(PAGES_AT_ONCE, last - from + 1);
		const numbers = Array.from({ length: count }, (_, index) => from + index);
		const next = await inPool(
			numbers,
			PAGES_AT_ONCE,
			async (number) => await pageOf(context, source, undefined, number),
		);
		for (const page of next) {
			// Telnyx sometimes reports more pages than it has.
			if (page.entries.length === 0 || seen.has(contentOf(page))) return [...found, LAST_PAGE];
			seen.add(contentOf(page));
			found.push(page);
		}
	}
	return found;
}

const contentOf = ({ entries }: Page) => JSON.stringify(entries);

function searchQuery({ search }: Source, filter: string) {
	const wanted = search?.digitsOnly ? filter.replace(/\D/g, '') : filter.trim();
	return search && wanted.length >= search.least ? { [search.by]: wanted } : undefined;
}

const isFound = (filter: string, { name, value }: INodeListSearchItems, also = ''): boolean =>
	value !== '' && matches(filter, `${name} ${String(value)} ${also}`);

/** Telnyx lists active calls by application only: so each page holds the calls of one page of applications. */
async function activeCalls(
	this: ILoadOptionsFunctions,
	filter = '',
	paginationToken = '1',
): Promise<INodeListSearchResult> {
	return await explaining(this, async () => {
		const number = Number(paginationToken);
		const page = await pageOf(this, SOURCES.applications, undefined, number);
		const calls = await inPool(page.entries, LISTS_AT_ONCE, async (application) => {
			const path = `/connections/${encodePathPart(text(application.id))}/active_calls`;
			const { data } = await get(this, path, { 'page[size]': String(PAGE_SIZE) });
			return entriesIn(data).map((call) => callEntry(call, text(application.application_name)));
		});
		const { paginationToken: next } = page;
		return {
			results: calls.flat().filter((call) => isFound(filter, call)),
			...(next && { paginationToken: next }),
		};
	});
}

const callEntry = (
	{ call_control_id: id, call_leg_id: leg, call_duration: duration }: IDataObject,
	application: string,
) => named(joined(', ', application, `for ${text(duration) || 0} s`, `leg ${text(leg)}`), id);

interface Page {
	readonly entries: IDataObject[];
	/** The number of pages in total, as far as it is known. */
	readonly pages: number;
	readonly paginationToken?: string;
}

/** No entries, and no further page. */
const LAST_PAGE: Page = { entries: [], pages: 0 };

async function pageOf(
	context: ILoadOptionsFunctions,
	{ path, within, query, at = 'data' }: Source,
	search: TelnyxRequest['query'],
	page: number,
): Promise<Page> {
	const answer = await get(context, within ? path.replace('{}', idFrom(context, within)) : path, {
		...query,
		...search,
		'page[number]': String(page),
		'page[size]': String(PAGE_SIZE),
	});
	const { meta } = answer;
	const entries = entriesIn(answer[at]);
	// Lists that come whole say nothing about pages; of the others a full page may not be the last.
	const mayGoOn = isObject(meta) && entries.length === PAGE_SIZE;
	const pages = pageCount(meta, PAGE_SIZE) ?? (mayGoOn ? page + 1 : 1);
	const isLast = entries.length === 0 || page >= Math.min(pages, MOST_PAGES);
	return { entries, pages, ...(!isLast && { paginationToken: String(page + 1) }) };
}

const entriesIn = (data: unknown): IDataObject[] =>
	Array.isArray(data) ? data.filter(isObject) : [];

function idFrom(
	context: ILoadOptionsFunctions,
	{ parameters, missing }: NonNullable<Source['within']>,
): string {
	for (const name of parameters) {
		const value = locatorValue(context.getCurrentNodeParameter(name));
		if (typeof value === 'string' && !['', PREVIOUS_NODE].includes(value) && !isExpression(value)) {
			return encodePathPart(value);
		}
	}
	throw new NodeOperationError(context.getNode(), missing);
}

async function get(
	context: ILoadOptionsFunctions,
	path: string,
	query: TelnyxRequest['query'],
): Promise<IDataObject> {
	const baseUrl = baseUrlOf(await context.getCredentials(CREDENTIAL));
	return await send(
		{ context, baseUrl },
		{ method: 'GET', path, query, repeatable: true, labels: {} },
	);
}

async function explaining<Result>(
	context: ILoadOptionsFunctions,
	load: () => Promise<Result>,
): Promise<Result> {
	try {
		return await load();
	} catch (error) {
		const node = context.getNode();
		if (error instanceof TelnyxFailure) throw toNodeError(node, error, 0);
		throw error instanceof NodeOperationError
			? error
			: new NodeOperationError(node, error as Error);
	}
}
