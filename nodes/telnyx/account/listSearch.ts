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
import { digitsOf } from '../../shared/phoneNumber';
import { inPool } from '../../shared/pool';
import { baseUrlOf, CREDENTIAL } from '../credential';
import { send, type TelnyxRequest } from '../http/client';
import { TelnyxFailure, toNodeError } from '../http/failure';
import { pageCount } from '../http/pageCount';
import { encodePathPart } from '../http/path';
import { callEntry, PAGE_SIZE, SOURCES, text, type ListSource } from './listSources';
import { byRelevance, matches } from './matching';
import { listsOrPrevious, PREVIOUS_NODE, type ListSearch } from './previousNode';

/** The number of applications whose calls are listed at the same time. */
const LISTS_AT_ONCE = 10;
/** The most pages searched at once where Telnyx cannot search. Scrolling down continues from there. */
const PAGES_SEARCHED = 100;
/** Where a list ends. Anything beyond it is found by searching. */
const MOST_PAGES = 1_000;
/** The number of pages fetched at the same time. */
const PAGES_AT_ONCE = 5;

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

function searchesIn<Name extends string>(sources: Readonly<Record<Name, ListSource>>) {
	const searches = {} as Record<Name, ListSearch>;
	for (const name in sources) searches[name] = searchIn(sources[name]);
	return searches;
}

function searchIn(source: ListSource): ListSearch {
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
	{ isPreferred }: ListSource,
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
	source: ListSource,
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

function searchQuery({ search }: ListSource, filter: string) {
	const wanted = search?.digitsOnly ? digitsIn(filter) : filter.trim();
	return search && wanted.length >= search.least ? { [search.by]: wanted } : undefined;
}

/**
 * The digits of a number to search for: without the zeros that people dial in front of it, which Telnyx's
 * numbers do not begin with. Empty for a text that is no number.
 */
const digitsIn = (filter: string) => (digitsOf(filter) ?? '').replace(/\D/g, '').replace(/^0+/, '');

const isFound = (filter: string, { name, value }: INodeListSearchItems, also = ''): boolean =>
	value !== '' && matches(filter, `${name} ${String(value)} ${also}`);

/**
 * Telnyx lists active calls by application only: so each page holds the calls of one page of applications,
 * without those of an application for which Telnyx does not list them.
 */
async function activeCalls(
	this: ILoadOptionsFunctions,
	filter = '',
	paginationToken = '1',
): Promise<INodeListSearchResult> {
	return await explaining(this, async () => {
		const number = Number(paginationToken);
		const page = await pageOf(this, SOURCES.applications, undefined, number);
		const refusals: unknown[] = [];
		const perApplication = await inPool(page.entries, LISTS_AT_ONCE, async (application) => {
			const path = `/connections/${encodePathPart(text(application.id))}/active_calls`;
			try {
				const { data } = await get(this, path, { 'page[size]': String(PAGE_SIZE) });
				return entriesIn(data).map((call) => callEntry(call, text(application.application_name)));
			} catch (error) {
				if (!isRefusedList(error)) return await Promise.reject(error);
				refusals.push(error);
				return [];
			}
		});
		if (refusals.length > 0 && refusals.length === page.entries.length) throw refusals[0];
		const calls = perApplication.flat();
		const { paginationToken: next } = page;
		return {
			results: calls.filter((call) => isFound(filter, call)),
			...(next && { paginationToken: next }),
		};
	});
}

/** Whether Telnyx does not list the calls of this one application, such as one that was just deleted. */
const isRefusedList = (error: unknown): boolean =>
	error instanceof TelnyxFailure &&
	['403', '404', '422'].includes(error.httpCode) &&
	error.details.code !== undefined;

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
	{ path, within, query, at = 'data' }: ListSource,
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
	{ parameters, missing }: NonNullable<ListSource['within']>,
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
