import { createHash } from 'node:crypto';

import type { IDataObject } from 'n8n-workflow';

import type { Send, TelnyxRequest } from '../../telnyx/http/client';
import { isObject } from '../../shared/isObject';
import { pageCount } from '../../telnyx/http/pageCount';
import { TelnyxFailure } from '../../telnyx/http/failure';
import { unreadable } from '../../telnyx/http/refusal';

/** The most entries that Telnyx puts on a page. Source: Telnyx's API reference. */
const LARGEST_PAGE = 250;

/** This many pages hold 250,000 entries, more than n8n can process. */
const MOST_PAGES = 1_000;

/** What a page says about where the next one starts. */
interface Meta {
	readonly next?: string | null;
	readonly cursors?: { readonly after?: string | null };
}

/**
 * The first `most` entries of a list that Telnyx returns in pages, in its order.
 * @throws TelnyxFailure if the pages repeat or never end
 */
export async function everyEntry(
	send: Send,
	request: TelnyxRequest,
	most: number,
): Promise<IDataObject[]> {
	const entries: IDataObject[] = [];
	const seen = new Set<string>();
	// The size stays the same from page to page: another one would shift what is on them.
	const size = Math.min(most, LARGEST_PAGE);
	let next: TelnyxRequest | undefined = onPage(request, 1, size);
	for (let page = 1; next && entries.length < most; page++) {
		if (page > MOST_PAGES) throw endless(`It has more than ${MOST_PAGES} pages.`);
		const { data, meta } = await send(next);
		const found = listIn(data);
		if (found.length > 0 && !isNew(seen, JSON.stringify(found))) {
			throw endless(`Page ${page} has the same entries as one before.`);
		}
		for (const entry of found) entries.push(entry);
		next = pageAfter(request, { page, size, entries: found.length }, meta);
		if (next && !isNew(seen, JSON.stringify(next.query))) {
			throw endless(`Page ${page} leads back to one before.`);
		}
	}
	return entries.slice(0, most);
}

/** Whether nothing before was the same: the entries of a page, or where the next one starts. */
function isNew(seen: Set<string>, what: string): boolean {
	const hash = createHash('sha256').update(what).digest('base64');
	const isFirst = !seen.has(hash);
	seen.add(hash);
	return isFirst;
}

/**
 * The entries of a list that was asked for.
 * @throws TelnyxFailure if there is no list, so that the reply is not Telnyx's
 */
export function listIn(data: unknown): IDataObject[] {
	if (!Array.isArray(data)) throw unreadable(200, 'held no list', QUESTION);
	return data.filter(isObject);
}

const QUESTION = { changes: false, repeatable: true };

function endless(reason: string): TelnyxFailure {
	const todo = "Switch 'Return All' off and set 'Limit', or use filters.";
	return new TelnyxFailure({
		happened: 'The list that Telnyx gives out does not end',
		description: `${todo} ${reason}`,
		details: { todo },
		httpCode: 'none',
	});
}

function pageAfter(
	request: TelnyxRequest,
	{ page, size, entries }: { page: number; size: number; entries: number },
	meta: unknown,
): TelnyxRequest | undefined {
	if (entries === 0) return undefined;
	const { next, cursors } = (isObject(meta) ? meta : {}) as Meta;
	const pages = pageCount(meta, size);
	if (pages !== undefined && page < pages) return onPage(request, page + 1, size);
	// Where nothing says how long the list is, it may go on after a full page.
	const mayGoOn = pages === undefined && next !== null && entries === size;
	// Active calls have no numbered pages: calls start and end between two requests.
	if (cursors?.after && (next || mayGoOn)) return onPage(request, cursors.after, size);
	return mayGoOn ? onPage(request, page + 1, size) : undefined;
}

/** The same request for one page of the list: by its number, the first being 1, or by where it starts. */
const onPage = <R extends TelnyxRequest>(request: R, page: number | string, size: number): R => ({
	...request,
	query: {
		...request.query,
		[typeof page === 'number' ? 'page[number]' : 'page[after]']: String(page),
		'page[size]': String(size),
	},
});
