import { isObject } from '../../shared/isObject';

/**
 * How many pages a list has, by the `meta` of one of them; undefined if it does not tell.
 * @param size how many entries on a page were asked for
 */
export function pageCount(meta: unknown, size: number): number | undefined {
	const {
		total_pages: pages,
		total_results: results,
		page_size: given,
	} = isObject(meta) ? meta : {};
	return counted(pages) ?? divided(counted(results), counted(given) ?? size);
}

const divided = (results: number | undefined, size: number): number | undefined =>
	results === undefined ? undefined : Math.ceil(results / size);

/** A number that counts anything, as a number or as text. */
function counted(value: unknown): number | undefined {
	const number = typeof value === 'string' || typeof value === 'number' ? Number(value) : 0;
	return Number.isInteger(number) && number > 0 ? number : undefined;
}
