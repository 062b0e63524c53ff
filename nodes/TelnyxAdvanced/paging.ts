import type { IDataObject } from 'n8n-workflow';

import type { TelnyxRequest } from '../telnyx/client';

/** The most entries that Telnyx puts on a page. Source: Telnyx's API reference. */
const LARGEST_PAGE = 250;

type Send = (request: TelnyxRequest) => Promise<IDataObject>;

/** The first `most` entries of a list that Telnyx gives out in pages, in its order. */
export async function everyEntry(
	send: Send,
	request: TelnyxRequest,
	most: number,
): Promise<IDataObject[]> {
	const entries: IDataObject[] = [];
	// The size stays the same from page to page: another one would shift what is on them.
	const size = Math.min(most, LARGEST_PAGE);
	for (let page = 1; entries.length < most; page++) {
		const { data, meta } = await send(onPage(request, page, size));
		const found = Array.isArray(data) ? (data as IDataObject[]) : [];
		entries.push(...found);
		const { total_pages: pages = page } = (meta ?? {}) as { total_pages?: number };
		if (found.length === 0 || page >= pages) break;
	}
	return entries.slice(0, most);
}

/** The same request for one page of the list, the first being 1. */
export const onPage = <R extends TelnyxRequest>(request: R, page: number, size: number): R => ({
	...request,
	query: { ...request.query, 'page[number]': String(page), 'page[size]': String(size) },
});
