import { createHash } from 'node:crypto';

import type { IDataObject } from 'n8n-workflow';

import type { Send, TelnyxRequest } from '../../telnyx/http/client';
import { isObject } from '../../shared/isObject';
import { TelnyxFailure } from '../../telnyx/http/failure';
import { unreadable } from '../../telnyx/http/refusal';

/** The most entries that Telnyx puts on a page. Source: Telnyx's API reference. */
const LARGEST_PAGE = 250;

/** This many pages hold 250,000 entries, more than n8n can process. */
const MOST_PAGES = 1_000;

/** What a page says about the others: how many there are, or where the next one starts. */
interface Meta {
	readonly total_pages?: number;
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
		next = found.length > 0 ? pageAfter(request, page, size, (meta ?? {}) as Meta) : undefined;
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
	page: number,
	size: number,
	{ total_pages: pages = page, next, cursors }: Meta,
): TelnyxRequest | undefined {
	if (page < pages) return onPage(request, page + 1, size);
	// Active calls have no numbered pages: calls start and end between two requests.
	return next && cursors?.after ? onPage(request, cursors.after, size) : undefined;
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
