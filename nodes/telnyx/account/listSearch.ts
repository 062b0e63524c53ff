import {
	NodeOperationError,
	type IDataObject,
	type ILoadOptionsFunctions,
	type INodeListSearchItems,
	type INodeListSearchResult,
} from 'n8n-workflow';

import { chosen } from '../../shared/locatorValue';
import { send, type TelnyxRequest } from '../http/client';
import { baseUrlOf, CREDENTIAL } from '../credential';
import { TelnyxFailure, toNodeError } from '../http/failure';
import { inPool } from '../../shared/pool';

/** What the editor calls for a page of a list; the method of n8n's resource locators. */
type ListSearch = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

/** One list of things that Telnyx keeps. */
interface Source {
	readonly path: string;
	/** The parameters beside it, of which one holds what the path has in place of `{}`; and what to say if it is empty. */
	readonly within?: { readonly parameters: readonly string[]; readonly missing: string };
	readonly query?: Readonly<Record<string, string>>;
	/** The query by which Telnyx searches for so many letters or more. Otherwise the entries that came are searched. */
	readonly search?: { readonly by: string; readonly least: number };
	/** Where the answer has the entries: `data`, unless said. */
	readonly at?: string;
	readonly entry: (of: IDataObject) => INodeListSearchItems;
}

/** What one page of the list in the editor holds. */
const PAGE_SIZE = 100;
/** How many applications are asked for their calls at the same time. */
const LISTS_AT_ONCE = 10;
/** How many pages are looked through for a text at once, where Telnyx cannot search. */
const PAGES_SEARCHED = 10;

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
		search: { by: 'filter[phone_number]', least: 1 },
		entry: ({ phone_number: number, connection_name: connection }) =>
			named(joined(', ', number, connection), number),
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
			named(joined(', ', minute(time), text(words).slice(0, 60)), id),
	},
	media: {
		path: '/media',
		entry: ({ media_name: name, content_type: kind }) => named(joined(', ', name, kind), name),
	},
	voices: {
		path: '/text-to-speech/voices',
		at: 'voices',
		entry: ({ voice_id: id, name, language, provider, gender }) =>
			named(joined(', ', name, language, gender, provider), id),
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

const seconds = (millis: number) => `${Math.round(millis / 1000)} s`;

/**
 * The lists from which the editor lets users choose, by name. Each gives a page at a time, searched for
 * a text, and throws an error for the user if Telnyx does not give the list out.
 */
export const lists = {
	...searchesIn(SOURCES),
	calls: activeCalls,
} as const;

export type ListName = keyof typeof lists;

function searchesIn<Name extends string>(sources: Readonly<Record<Name, Source>>) {
	const searches = {} as Record<Name, ListSearch>;
	for (const name in sources) searches[name] = searchIn(sources[name]);
	return searches;
}

function searchIn(source: Source): ListSearch {
	return async function (filter, paginationToken) {
		return await explaining(this, async () => {
			const first = Number(paginationToken ?? 1);
			const query = searchQuery(source, filter);
			const most = filter && !query ? PAGES_SEARCHED : 1;
			for (let number = first; ; number++) {
				const { entries, paginationToken: next } = await pageOf(this, source, query, number);
				const all = entries.map(source.entry).filter(({ value }) => value !== '');
				const results = query ? all : all.filter(holds(filter));
				const isEnough = results.length > 0 || number - first + 1 >= most;
				if (isEnough || !next) return { results, ...(next && { paginationToken: next }) };
			}
		});
	};
}

function searchQuery({ search }: Source, filter = '') {
	const wanted = filter.trim();
	return search && wanted.length >= search.least ? { [search.by]: wanted } : undefined;
}

const holds =
	(filter = '') =>
	({ name, value }: INodeListSearchItems) =>
		`${name}\n${String(value)}`.toLowerCase().includes(filter.trim().toLowerCase());

/** Telnyx lists active calls by application only: a page of applications stands for a page of calls. */
async function activeCalls(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await explaining(this, async () => {
		const number = Number(paginationToken ?? 1);
		const page = await pageOf(this, SOURCES.applications, undefined, number);
		const calls = await inPool(page.entries, LISTS_AT_ONCE, async (application) => {
			const path = `/connections/${encodeURIComponent(text(application.id))}/active_calls`;
			const { data } = await get(this, path, { 'page[size]': String(PAGE_SIZE) });
			return entriesIn(data).map((call) => callEntry(call, text(application.application_name)));
		});
		const { paginationToken: next } = page;
		return { results: calls.flat().filter(holds(filter)), ...(next && { paginationToken: next }) };
	});
}

const callEntry = (
	{ call_control_id: id, call_leg_id: leg, call_duration: duration }: IDataObject,
	application: string,
) => named(joined(', ', application, `for ${text(duration) || 0} s`, `leg ${text(leg)}`), id);

interface Page {
	readonly entries: IDataObject[];
	readonly paginationToken?: string;
}

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
	const { total_pages: pages = 1 } = (answer.meta ?? {}) as { total_pages?: number };
	return {
		entries: entriesIn(answer[at]),
		...(page < pages && { paginationToken: String(page + 1) }),
	};
}

const entriesIn = (data: unknown) => (Array.isArray(data) ? (data as IDataObject[]) : []);

function idFrom(
	context: ILoadOptionsFunctions,
	{ parameters, missing }: NonNullable<Source['within']>,
): string {
	for (const name of parameters) {
		const value = chosen(context.getCurrentNodeParameter(name));
		if (typeof value === 'string' && value !== '' && !value.startsWith('=')) {
			return encodeURIComponent(value);
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
