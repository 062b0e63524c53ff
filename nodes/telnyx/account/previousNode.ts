import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { matches } from './matching';

/** What a field holds that takes its ID from the item that comes in. No ID at Telnyx looks like it. */
export const PREVIOUS_NODE = 'previous_node';

/** The first entry of a list from which the ID may be left to the item, by the name of the list. */
export const PREVIOUS_NAMES = {
	calls: 'The Call from the Previous Node',
	queueCalls: 'The Call from the Previous Node',
	conferences: 'The Conference from the Previous Node',
	conversations: 'The Conversation from the Previous Node',
	recordings: 'The Recording from the Previous Node',
	recordingTranscriptions: 'The Transcription from the Previous Node',
} as const;

export type PreviousList = keyof typeof PREVIOUS_NAMES;

/** The name of the list that has such an entry. */
export const orPrevious = <List extends PreviousList>(list: List): `${List}OrPrevious` =>
	`${list}OrPrevious`;

/** Loads a page of a list for the editor: the method behind n8n's resource locators. */
export type ListSearch = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

/** The lists with such an entry on top of their first page. */
export const listsOrPrevious = (lists: Readonly<Record<PreviousList, ListSearch>>) =>
	Object.fromEntries(
		Object.entries(PREVIOUS_NAMES).map(([list, name]) => [
			orPrevious(list as PreviousList),
			withEntry(name, lists[list as PreviousList]),
		]),
	) as Record<`${PreviousList}OrPrevious`, ListSearch>;

function withEntry(name: string, search: ListSearch): ListSearch {
	return async function (filter, paginationToken) {
		const page = await search.call(this, filter, paginationToken);
		if (paginationToken !== undefined || !matches(filter ?? '', name)) return page;
		return { ...page, results: [{ name, value: PREVIOUS_NODE }, ...page.results] };
	};
}
