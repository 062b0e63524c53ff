import type { IDataObject } from 'n8n-workflow';

import { everyEntry } from '../../nodes/operations/run/paging';
import type { TelnyxRequest } from '../../nodes/telnyx/http/client';

const request: TelnyxRequest = {
	method: 'GET',
	path: '/things',
	query: { sort: 'name' },
	repeatable: true,
	labels: {},
};

/** Returns one page after the other, and records the requests. */
function telnyxWith(pages: IDataObject[]) {
	const asked: Array<TelnyxRequest['query']> = [];
	const send = async ({ query }: TelnyxRequest) => {
		asked.push(query);
		return pages[asked.length - 1];
	};
	return { asked, send };
}

const entries = (from: number, to: number) =>
	Array.from({ length: to - from + 1 }, (_, i) => ({ id: from + i }));

describe('paging', () => {
	it('goes through numbered pages to the last', async () => {
		const { asked, send } = telnyxWith([
			{ data: entries(1, 250), meta: { total_pages: 2 } },
			{ data: entries(251, 260), meta: { total_pages: 2 } },
		]);

		expect(await everyEntry(send, request, Infinity)).toEqual(entries(1, 260));
		expect(asked).toEqual([
			{ sort: 'name', 'page[number]': '1', 'page[size]': '250' },
			{ sort: 'name', 'page[number]': '2', 'page[size]': '250' },
		]);
	});

	it('returns a list of 10,000 whole and in order', async () => {
		const pages = Array.from({ length: 40 }, (_, page) => ({
			data: entries(page * 250 + 1, page * 250 + 250),
			meta: { total_pages: 40 },
		}));
		const { asked, send } = telnyxWith(pages);
		expect(await everyEntry(send, request, Infinity)).toEqual(entries(1, 10_000));
		expect(asked).toHaveLength(40);
	});

	it('requests no more than is needed', async () => {
		const { asked, send } = telnyxWith([{ data: entries(1, 5), meta: { total_pages: 9 } }]);

		expect(await everyEntry(send, request, 3)).toEqual(entries(1, 3));
		expect(asked).toEqual([{ sort: 'name', 'page[number]': '1', 'page[size]': '3' }]);
	});

	it('follows cursors to the last page if pages have no numbers', async () => {
		const { asked, send } = telnyxWith([
			{ data: entries(1, 20), meta: { next: '/v2/things?page[after]=b', cursors: { after: 'b' } } },
			{ data: entries(21, 25), meta: { next: null, cursors: { after: 'c' } } },
		]);

		expect(await everyEntry(send, request, Infinity)).toEqual(entries(1, 25));
		expect(asked[1]).toEqual({ sort: 'name', 'page[after]': 'b', 'page[size]': '250' });
	});

	it.each<[string, unknown, number]>([
		['no word about them', undefined, 3],
		['nothing', null, 3],
		['an empty object', {}, 3],
		['the number of entries only', { total_pages: null, total_results: 600 }, 3],
		['the number of entries, and of those on a page', { total_results: 600, page_size: 250 }, 3],
		['the number of pages as text', { total_pages: '3' }, 3],
		['numbers that count nothing', { total_pages: 0, total_results: -1 }, 3],
		['another word for it', { page: { total_pages: 3 } }, 3],
		['that there is no more', { next: null, cursors: { after: 'b' } }, 1],
		['that it has one page', { total_pages: 1 }, 1],
	])('goes through 600 entries where a page has %s', async (_what, meta, pages) => {
		const { asked, send } = telnyxWith(
			[entries(1, 250), entries(251, 500), entries(501, 600)].map(
				(data) => ({ data, meta }) as IDataObject,
			),
		);
		const found = await everyEntry(send, request, Infinity);
		expect(asked).toHaveLength(pages);
		expect(found).toEqual(entries(1, pages === 1 ? 250 : 600));
	});

	it('goes on at a cursor after a full page, also where no address stands beside it', async () => {
		const { asked, send } = telnyxWith([
			{ data: entries(1, 250), meta: { cursors: { after: 'b' } } },
			{ data: entries(251, 300), meta: { cursors: { after: 'c' } } },
		]);
		expect(await everyEntry(send, request, Infinity)).toEqual(entries(1, 300));
		expect(asked[1]).toEqual({ sort: 'name', 'page[after]': 'b', 'page[size]': '250' });
	});

	it('takes more entries than were asked for as all there are', async () => {
		const { send } = telnyxWith([{ data: entries(1, 300) }]);
		expect(await everyEntry(send, request, Infinity)).toEqual(entries(1, 300));
	});

	it('stops at an empty page, whatever it says about further pages', async () => {
		const { send } = telnyxWith([
			{ data: [], meta: { total_pages: 4, next: '/v2/things', cursors: { after: 'b' } } },
		]);

		expect(await everyEntry(send, request, Infinity)).toEqual([]);
	});

	it('stops where the pages repeat, whatever their numbers and cursors say', async () => {
		let count = 0;
		const send = async () => {
			count += 1;
			return {
				data: entries(count % 3, (count % 3) + 1),
				meta: { next: '/v2/things', cursors: { after: `c${count}` } },
			};
		};
		await expect(everyEntry(send, request, Infinity)).rejects.toThrow(
			'The list that Telnyx gives out does not end',
		);
		expect(count).toBe(4);
	});

	it('stops where a cursor is repeated, whatever is on the page', async () => {
		let count = 0;
		const send = async () => {
			count += 1;
			return {
				data: entries(count, count),
				meta: { next: '/v2/things', cursors: { after: `c${count % 3}` } },
			};
		};
		await expect(everyEntry(send, request, Infinity)).rejects.toMatchObject({
			description: expect.stringContaining('leads back to one before'),
		});
		expect(count).toBe(4);
	});

	it.each([[{}], [{ data: null }], [{ data: {} }], [{ data: 'text' }], [{ status: 'ok' }]])(
		'does not mistake %j for an empty list',
		async (page) => {
			const { send } = telnyxWith([page]);
			await expect(everyEntry(send, request, 5)).rejects.toMatchObject({
				message: 'The base URL of the credential does not lead to the Telnyx API',
				description: expect.stringContaining('held no list'),
			});
		},
	);

	it('stops after more pages than any list has', async () => {
		let count = 0;
		const send = async () => {
			count += 1;
			return { data: entries(count, count), meta: { total_pages: 1e9 } };
		};
		await expect(everyEntry(send, request, Infinity)).rejects.toMatchObject({
			message: 'The list that Telnyx gives out does not end',
			description: expect.stringContaining("set 'Limit'"),
		});
		expect(count).toBe(1_000);
	});
});
