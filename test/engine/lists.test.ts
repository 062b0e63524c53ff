import { LoadOptionsContext } from 'n8n-core';
import { Workflow, type ILoadOptionsFunctions } from 'n8n-workflow';

import { lists } from '../../nodes/telnyx/account/listSearch';
import { TelnyxAdvancedTrigger } from '../../nodes/TelnyxAdvancedTrigger/TelnyxAdvancedTrigger.node';
import { startSimulator, type Simulator } from '../simulator';
import { credentialFor } from '../support/credential';
import {
	CREDENTIAL_REFERENCE,
	loadList,
	node,
	nodeTypes,
	PACKAGE,
	surroundings,
	type ListOptions,
} from '../support/engine';
import { useRecorder, type Answer } from '../support/recorder';

const telnyx = useRecorder();

const load = async (name: keyof typeof lists, options: Omit<ListOptions, 'credential'> = {}) =>
	await loadList(name, {
		credential: credentialFor(telnyx),
		...options,
	});

const queryOf = (index: number) =>
	Object.fromEntries(new URL(telnyx.requests[index].url, telnyx.baseUrl).searchParams);

describe('a list to choose from', () => {
	it('has the names, and the IDs that are sent', async () => {
		telnyx.answer = () => ({
			body: { data: [{ id: '1293384261075731499', application_name: 'Front desk' }] },
		});
		const { results, paginationToken } = await load('applications');
		expect(results).toMatchObject([{ name: 'Front desk', value: '1293384261075731499' }]);
		expect(paginationToken).toBeUndefined();
		expect(telnyx.requests[0].headers.authorization).toBe('Bearer KEY');
	});

	it('leaves out what is no entry, and takes the ID that an entry has', async () => {
		const entries = [null, 'text', { id: 'V.1', voice_id: null, name: 'one' }, { voice_id: 'V.2' }];
		telnyx.answer = () => ({ body: { voices: entries, data: [null, { name: 'sales' }] } });
		const valuesOf = async (name: keyof typeof lists) =>
			(await load(name)).results.map(({ value }) => value);
		expect(await valuesOf('voices')).toEqual(['V.1', 'V.2']);
		expect(await valuesOf('queues')).toEqual(['sales']);
	});

	it('continues page by page to the last', async () => {
		telnyx.answer = ({ url }) => {
			const page = new URL(url, telnyx.baseUrl).searchParams.get('page[number]');
			return { body: { data: [{ name: `queue-${page}` }], meta: { total_pages: 2 } } };
		};
		const first = await load('queues');
		expect(first).toMatchObject({ results: [{ value: 'queue-1' }], paginationToken: '2' });
		const last = await load('queues', { paginationToken: '2' });
		expect(last).toEqual({ results: [expect.objectContaining({ value: 'queue-2' })] });
	});

	it.each([
		['only of how many entries there are', { total_pages: null, total_results: 150 }],
		['of nothing', {}],
	])('continues where a full page tells %s', async (_what, meta) => {
		telnyx.answer = ({ url }) => {
			const isFirst = url.includes('page%5Bnumber%5D=1');
			const data = Array.from({ length: isFirst ? 100 : 50 }, (_, i) => ({ name: `${url}${i}` }));
			return { body: { data, meta } };
		};
		expect(await load('queues')).toMatchObject({ paginationToken: '2' });
		const last = await load('queues', { paginationToken: '2' });
		expect(last.results).toHaveLength(50);
		expect(last.paginationToken).toBeUndefined();
	});

	it('lets Telnyx search where Telnyx can', async () => {
		telnyx.answer = () => ({ body: { data: [] } });
		await load('applications', { filter: 'desk' });
		await load('connections', { filter: 'desk' });
		await load('phoneNumbers', { filter: '+1 (312)' });
		await load('phoneNumberIds', { filter: '0151 234' });
		await load('phoneNumberIds', { filter: '00 49 151' });
		expect(queryOf(0)).toMatchObject({ 'filter[application_name][contains]': 'desk' });
		expect(queryOf(1)).toMatchObject({ 'filter[connection_name][contains]': 'desk' });
		expect(queryOf(2)).toMatchObject({ 'filter[phone_number]': '1312' });
		expect(queryOf(3)).toMatchObject({ 'filter[phone_number]': '151234' });
		expect(queryOf(4)).toMatchObject({ 'filter[phone_number]': '49151' });
	});

	it('searches by itself for fewer letters than Telnyx accepts', async () => {
		telnyx.answer = () => ({
			body: { data: ['Desk', 'Door'].map((name) => ({ id: name, application_name: name })) },
		});
		const { results } = await load('applications', { filter: 'de' });
		expect(queryOf(0)).not.toHaveProperty(['filter[application_name][contains]']);
		expect(results).toMatchObject([{ name: 'Desk' }]);
	});

	it('finds a phone number by the name of its connection, with digits in it or not', async () => {
		const data = [
			{ phone_number: '+13125550100', connection_name: 'Office 2024' },
			{ phone_number: '+13125550101', connection_name: 'Night line' },
		];
		telnyx.answer = () => ({ body: { data } });
		for (const filter of ['office', 'Office 2024', '2024 off']) {
			const { results } = await load('phoneNumbers', { filter });
			expect([filter, results.map(({ value }) => value)]).toEqual([filter, ['+13125550100']]);
		}
		for (const { url } of telnyx.requests) expect(url).not.toContain('filter');
	});

	it('searches every page by itself where Telnyx cannot', async () => {
		telnyx.answer = ({ url }) => {
			const page = Number(new URL(url, telnyx.baseUrl).searchParams.get('page[number]'));
			return { body: { data: [{ media_name: `file-${page}.mp3` }], meta: { total_pages: 23 } } };
		};
		const { results, paginationToken } = await load('media', { filter: 'FILE-2' });
		expect(results.map(({ value }) => value)).toEqual(
			[2, 20, 21, 22, 23].map((page) => `file-${page}.mp3`),
		);
		expect(paginationToken).toBeUndefined();
	});

	it('finds one of 10,000 entries in one reply', async () => {
		const voices = Array.from({ length: 10_000 }, (_, i) => ({ id: `V.${i}`, name: `Voice ${i}` }));
		telnyx.answer = () => ({ body: { voices } });
		const { results } = await load('voices', { filter: '9876' });
		expect(results.map(({ value }) => value)).toEqual(['V.9876']);
		expect(telnyx.requests).toHaveLength(1);
	});

	it('ends a search after a number of pages, and continues it on demand', async () => {
		telnyx.answer = ({ url }) => ({
			body: { data: [{ media_name: url }], meta: { total_pages: 1_000_000_000 } },
		});
		const { paginationToken } = await load('media', { filter: 'other' });
		expect(telnyx.requests).toHaveLength(100);
		expect(paginationToken).toBe('101');
	});

	it.each([
		['repeats', [{ media_name: 'same.mp3' }]],
		['is empty', []],
	])('ends a search at a page that %s, however many pages are announced', async (_what, data) => {
		telnyx.answer = () => ({ body: { data, meta: { total_pages: 1_000_000_000 } } });
		const { results, paginationToken } = await load('media', { filter: 'same' });
		expect(results).toHaveLength(data.length);
		expect(paginationToken).toBeUndefined();
		expect(telnyx.requests.length).toBeLessThanOrEqual(6);
	});

	it('ends after more pages than any list has', async () => {
		telnyx.answer = () => ({
			body: { data: [{ media_name: 'same.mp3' }], meta: { total_pages: 1_000_000_000 } },
		});
		const { paginationToken } = await load('media', { paginationToken: '1000' });
		expect(paginationToken).toBeUndefined();
	});

	describe('of voices', () => {
		const VOICES = [
			{
				id: 'Telnyx.Ultra.b',
				name: 'Zoé',
				language: 'fr-CA',
				gender: 'female',
				provider: 'Telnyx',
			},
			{
				id: 'Azure.en-GB-Amy',
				name: 'Amy',
				language: 'en-GB',
				gender: 'Female',
				provider: 'Azure',
			},
			{
				id: 'Telnyx.Bayan.Amanda',
				name: 'Amanda',
				language: 'en-US',
				gender: 'female',
				provider: 'Telnyx',
			},
			{
				voice_id: 'AWS.Polly.Matthew',
				name: 'Matthew',
				language: 'en-US',
				gender: 'male',
				provider: 'AWS',
			},
			{
				id: 'Telnyx.Bayan.Anna',
				name: 'Anna',
				language: 'multi',
				gender: 'female',
				provider: 'Telnyx',
			},
		];
		beforeEach(() => void (telnyx.answer = () => ({ body: { voices: VOICES } })));
		const found = async (filter?: string) =>
			(await load('voices', { filter })).results.map(({ value }) => value);

		it('has those of the API, with `id`, and those of the SDK, in alphabetical order', async () => {
			const { results } = await load('voices');
			expect(results).toEqual([
				{ name: 'Amanda · English (US) · female · Telnyx', value: 'Telnyx.Bayan.Amanda' },
				{ name: 'Amy · English (UK) · female · Azure', value: 'Azure.en-GB-Amy' },
				{ name: 'Anna · multi · female · Telnyx', value: 'Telnyx.Bayan.Anna' },
				{ name: 'Matthew · English (US) · male · AWS', value: 'AWS.Polly.Matthew' },
				{ name: 'Zoé · French (Canada) · female · Telnyx', value: 'Telnyx.Ultra.b' },
			]);
		});

		it.each([
			['telnyx english', ['Telnyx.Bayan.Amanda']],
			['english telnyx', ['Telnyx.Bayan.Amanda']],
			['en-us', ['Telnyx.Bayan.Amanda', 'AWS.Polly.Matthew']],
			['american  MALE aws', ['AWS.Polly.Matthew']],
			['british', ['Azure.en-GB-Amy']],
			['zoe', ['Telnyx.Ultra.b']],
			['bayan', ['Telnyx.Bayan.Amanda', 'Telnyx.Bayan.Anna']],
			['an', ['Telnyx.Bayan.Anna']],
			['male', ['AWS.Polly.Matthew']],
			['female', ['Telnyx.Bayan.Amanda', 'Azure.en-GB-Amy', 'Telnyx.Bayan.Anna', 'Telnyx.Ultra.b']],
			['polly', ['AWS.Polly.Matthew']],
			['united states male', ['AWS.Polly.Matthew']],
			['klingon', []],
		])('finds "%s" by every word, in any order', async (filter, values) => {
			expect(await found(filter)).toEqual(values);
		});
	});

	it.each([
		['a field', { language: 'fr-CA' }],
		['an option', { options: { language: 'fr-ca' } }],
	])('of voices begins with those of the language that is chosen in %s', async (_where, form) => {
		const voices = ['en-US', 'fr-CA', 'fr-FR'].map((language, i) => ({
			...{ id: language, name: `Voice ${i}`, language },
		}));
		telnyx.answer = () => ({ body: { voices } });
		const { results } = await load('voices', { parameters: form });
		expect(results.map(({ value }) => value)).toEqual(['fr-CA', 'en-US', 'fr-FR']);
	});

	it('has the active calls of all applications', async () => {
		telnyx.answer = ({ url }) =>
			url.includes('/call_control_applications')
				? {
						body: {
							data: [
								{ id: '1', application_name: 'Front desk' },
								{ id: '2', application_name: 'Night line' },
							],
						},
					}
				: {
						body: {
							data: [
								{ call_control_id: `v3:${url.includes('/1/') ? 'a' : 'b'}`, call_duration: 7 },
							],
						},
					};
		const { results } = await load('calls');
		expect(results).toMatchObject([
			{ name: expect.stringContaining('Front desk'), value: 'v3:a' },
			{ name: expect.stringContaining('Night line'), value: 'v3:b' },
		]);
	});

	it('has the active calls of the other applications where Telnyx does not list those of one', async () => {
		const applications = { data: [{ id: '1' }, { id: '2' }] };
		const calls = [{ call_control_id: 'v3:b' }];
		let refusal: Answer = { status: 404, body: { errors: [{ code: '10005', title: 'No' }] } };
		telnyx.answer = ({ url }) => {
			if (url.includes('/call_control_applications')) return { body: applications };
			return url.includes('/1/') ? refusal : { body: { data: calls } };
		};
		const { results } = await load('calls');
		expect(results.map(({ value }) => value)).toEqual(['v3:b']);
		expect((await load('calls', { filter: 'other' })).results).toEqual([]);
		// Whether a call is missing could not be said.
		refusal = { status: 401, body: { errors: [{ code: '10009', title: 'No' }] } };
		await expect(load('calls')).rejects.toThrow('does not accept the API key');
	});

	it('begins with what the item is about, where an item has it', async () => {
		telnyx.answer = () => ({ body: { data: [{ id: 'R1', from: '+1' }, { id: 'R2' }] } });
		const [first, ...others] = (await load('recordingsOrPrevious')).results;
		expect(first).toEqual({
			name: 'The Recording from the Previous Node',
			value: 'previous_node',
		});
		expect(others).toHaveLength(2);
		expect((await load('recordingsOrPrevious', { filter: 'previous' })).results).toEqual([first]);
		expect((await load('recordingsOrPrevious', { filter: '+1' })).results).toHaveLength(1);
		const further = await load('recordingsOrPrevious', { paginationToken: '2' });
		expect(further.results).toHaveLength(2);
	});

	it('asks for the conference before its participants', async () => {
		const missing = 'Choose the conference from its list first';
		await expect(load('participants')).rejects.toThrow(missing);
		const unknown = { __rl: true, mode: 'list', value: 'previous_node' };
		await expect(load('participants', { parameters: { id: unknown } })).rejects.toThrow(missing);
		telnyx.answer = () => ({ body: { data: [{ id: 'p/1', status: 'joined' }] } });
		const id = { __rl: true, mode: 'id', value: 'c/1' };
		const { results } = await load('participants', { parameters: { id } });
		expect(telnyx.requests[0].url).toContain('/conferences/c%2F1/participants?');
		expect(results).toMatchObject([{ value: 'p/1' }]);
	});

	it('is empty where Telnyx has nothing', async () => {
		telnyx.answer = () => ({ body: { data: [], meta: { total_pages: 0 } } });
		expect(await load('conferences')).toEqual({ results: [] });
	});

	it('says what went wrong when Telnyx does not return it', async () => {
		telnyx.answer = () => ({
			status: 401,
			body: { errors: [{ code: '10009', title: 'Authentication failed' }] },
		});
		await expect(load('recordings')).rejects.toThrow('Telnyx does not accept the API key');
		telnyx.answer = () => ({ drop: true });
		await expect(load('recordings')).rejects.toThrow('Telnyx could not be reached');
	});

	it.each(Object.keys(lists) as Array<keyof typeof lists>)(
		'%s copes with entries without names',
		async (name) => {
			const empty = { data: [{ id: '1' }], voices: [{}] };
			telnyx.answer = () => ({ body: empty });
			const parameters = { id: 'c', queue_name: 'q' };
			const { results } = await load(name, { parameters });
			for (const { name: shown } of results) expect(shown).not.toMatch(/undefined|null|NaN/);
		},
	);
});

describe("the trigger's list of applications", () => {
	let simulator: Simulator;

	beforeAll(async () => {
		const names = Array.from({ length: 120 }, (_, i) => ({ name: `Line ${i}` }));
		simulator = await startSimulator({ applications: [{ name: 'Support' }, ...names] });
	});
	afterAll(async () => await simulator.close());

	const search = async (filter?: string, page?: string, apiKey = simulator.apiKey) => {
		const trigger = node({
			name: 'Telnyx Trigger',
			type: `${PACKAGE}.telnyxAdvancedTrigger`,
			credentials: CREDENTIAL_REFERENCE,
		});
		const workflow = new Workflow({ nodes: [trigger], connections: {}, active: false, nodeTypes });
		const credential = credentialFor(simulator, { apiKey });
		const context = new LoadOptionsContext(workflow, trigger, surroundings(credential), '');
		const { applications } = new TelnyxAdvancedTrigger().methods.listSearch;
		return await applications.call(context as ILoadOptionsFunctions, filter, page);
	};

	it('comes in pages', async () => {
		const { results, paginationToken } = await search();
		expect(results).toHaveLength(100);
		const [id, application] = [...simulator.applications][0];
		expect(results[0]).toEqual({
			name: application.data.application_name,
			value: id,
			url: `https://portal.telnyx.com/#/call-control/applications/${id}`,
		});
		const second = await search(undefined, String(paginationToken));
		expect(second.results).toHaveLength(21);
		expect(second.paginationToken).toBeUndefined();
	});

	it('is searched by Telnyx', async () => {
		expect((await search('upp')).results.map(({ name }) => name)).toEqual(['Support']);
		expect((await search('nothing & nobody')).results).toEqual([]);
	});

	it('says what went wrong', async () => {
		await expect(search('', '1', 'KEY-of-nobody')).rejects.toThrow('does not accept the API key');
	});
});
