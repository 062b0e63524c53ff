import { refuseValues } from './refusals';

const LARGEST = 250;

/**
 * A page of a list, as Telnyx returns it.
 * @param query `page[number]` from 1 and `page[size]`
 */
export function pageOf<T>(all: T[], query: Record<string, string>) {
	const number = Math.max(1, Number(query['page[number]'] ?? 1) || 1);
	const size = Math.min(LARGEST, Math.max(1, Number(query['page[size]'] ?? 20) || 20));
	return {
		data: all.slice((number - 1) * size, number * size),
		meta: {
			page_number: number,
			page_size: size,
			total_pages: Math.ceil(all.length / size),
			total_results: all.length,
		},
	};
}

/**
 * The text that a name has to contain, in lower case; empty for all.
 * @throws Refusal of fewer characters than Telnyx searches for
 */
export function wantedIn(query: Record<string, string>, field: string): string {
	const { [`filter[${field}][contains]`]: wanted = '' } = query;
	if (wanted.length > 0 && wanted.length < 3) {
		const pointer = `/filter/${field}/contains`;
		throw refuseValues([{ kind: 'range', pointer, says: 'must have at least 3 characters' }]);
	}
	return wanted.toLowerCase();
}
