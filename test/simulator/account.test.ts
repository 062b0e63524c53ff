import axios from 'axios';

import { refusal, startHarness, type Harness } from './harness';

let harness: Harness;

beforeEach(async () => (harness = await startHarness()));
afterEach(async () => await harness.close());

const get = async (path: string) =>
	(
		await axios.get(`${harness.simulator.baseUrl}${path}`, {
			headers: { authorization: `Bearer ${harness.simulator.apiKey}` },
		})
	).data;

describe('the account', () => {
	it('returns its user, its key and its balance', async () => {
		expect((await get('/whoami')).data.email).toContain('@');
		expect((await get('/public_key')).data.public).toBe(harness.simulator.publicKey);
		expect((await harness.client.balance.retrieve()).data?.currency).toBe('USD');
		expect((await harness.client.noiseSuppressionEngines.list()).data[0].value).toBe('Denoiser');
	});
});

describe('Call Control applications', () => {
	it('are listed in pages, and found by name', async () => {
		for (const name of ['Sales', 'Support', 'Supervisors']) {
			harness.simulator.createApplication({ name });
		}
		const pages: string[] = [];
		const list = harness.client.callControlApplications.list({ page: { size: 2 } } as object);
		for await (const app of list) pages.push(String(app.application_name));
		expect(pages).toEqual(['Menu', 'Sales', 'Support', 'Supervisors']);

		const found = await get('/call_control_applications?filter[application_name][contains]=sup');
		expect(found.meta).toEqual({
			page_number: 1,
			page_size: 20,
			total_pages: 1,
			total_results: 2,
		});
	});

	it('are searched for by three characters at least', async () => {
		await expect(
			get('/call_control_applications?filter[application_name][contains]=su'),
		).rejects.toMatchObject({ response: { status: 422 } });
	});

	it('are made, changed and deleted', async () => {
		const { callControlApplications } = harness.client;
		const made = await callControlApplications.create({
			application_name: 'New',
			webhook_event_url: 'https://example.com/1',
		});
		const id = String(made.data?.id);
		expect(made.data).toMatchObject({ webhook_api_version: '1', active: true });
		await callControlApplications.update(id, {
			application_name: 'New',
			webhook_event_url: 'https://example.com/2',
			webhook_api_version: '2',
		});
		const { data } = await callControlApplications.retrieve(id);
		expect(data).toMatchObject({
			webhook_event_url: 'https://example.com/2',
			webhook_api_version: '2',
		});
		await callControlApplications.delete(id);
		expect((await refusal(callControlApplications.retrieve(id))).codes).toEqual(['10005']);
	});

	it('need a name and an address when they are changed', async () => {
		const { callControlApplications } = harness.client;
		const change = async (body: object) =>
			await refusal(callControlApplications.update(harness.application, body as never));
		expect(await change({ active: false })).toMatchObject({
			status: 422,
			codes: ['10004', '10004'],
		});
		expect(await change({ application_name: 'Menu', webhook_event_url: 'n8n' })).toMatchObject({
			codes: ['10015'],
			pointers: ['/webhook_event_url'],
		});
	});
});

describe('SIPREC connectors', () => {
	it('are made, changed and deleted', async () => {
		const { siprecConnectors } = harness.client;
		await siprecConnectors.create({ host: 'example.com', name: 'archive', port: 5060 });
		expect((await siprecConnectors.retrieve('archive')).data).toMatchObject({ port: 5060 });
		await siprecConnectors.update('archive', { host: 'example.com', name: 'other', port: 5061 });
		expect((await siprecConnectors.retrieve('other')).data.port).toBe(5061);
		await siprecConnectors.delete('other');
		expect((await refusal(siprecConnectors.retrieve('other'))).status).toBe(404);
	});
});

describe('a call', () => {
	it('has a state, even after its end', async () => {
		const id = await harness.answeredCall();
		expect((await harness.client.calls.retrieveStatus(id)).data).toMatchObject({
			call_control_id: id,
			is_alive: true,
			record_type: 'call',
		});
		harness.simulator.hangup(id);
		expect((await harness.client.calls.retrieveStatus(id)).data).toMatchObject({
			is_alive: false,
			end_time: expect.any(String),
		});
	});
});

describe('resources that calls need besides the voice API', () => {
	it('has an outbound voice profile, to be listed, found and read', async () => {
		const { outboundVoiceProfiles } = harness.client;
		const { data } = await outboundVoiceProfiles.list({ filter: { name: { contains: 'def' } } });
		expect(data).toMatchObject([{ name: 'Default', connections_count: 1 }]);
		const id = String(data[0].id);
		expect((await outboundVoiceProfiles.retrieve(id)).data?.enabled).toBe(true);
		const application = await harness.client.callControlApplications.retrieve(harness.application);
		expect(application.data?.outbound?.outbound_voice_profile_id).toBe(id);
		expect(await refusal(outboundVoiceProfiles.retrieve('1'))).toMatchObject({ status: 404 });
	});

	it('lets another application take the calls to a number', async () => {
		const { id: other } = harness.simulator.createApplication({ name: 'Sales' }).data;
		const { phoneNumbers } = harness.client;
		const { data: numbers } = await phoneNumbers.list();
		const { id, phone_number } = numbers[0];
		expect((await phoneNumbers.retrieve(id)).data?.connection_id).toBe(harness.application);
		const { data } = await phoneNumbers.update(id, { connection_id: other });
		expect(data).toMatchObject({ phone_number, connection_id: other, connection_name: 'Sales' });
		expect((await phoneNumbers.retrieve(id)).data?.connection_id).toBe(other);
		expect(await refusal(phoneNumbers.update(id, { connection_id: 5 } as never))).toMatchObject({
			status: 422,
		});
		expect(await refusal(phoneNumbers.update(id, { connection_id: '1' }))).toMatchObject({
			status: 404,
		});
	});

	it('keeps the conversations of assistants, and their insights', async () => {
		const call = await harness.answeredCall();
		await harness.client.calls.actions.startAIAssistant(call, { assistant: { id: 'a-1' } });
		const { conversations } = harness.client.ai;
		const found = await conversations.list({ 'metadata->call_control_id': `eq.${call}` });
		expect(found.data).toMatchObject([{ metadata: { assistant_id: 'a-1' } }]);
		expect((await conversations.list({ 'metadata->assistant_id': 'eq.a-2' })).data).toEqual([]);
		const [{ id }] = found.data;
		expect((await conversations.retrieve(id)).data?.id).toBe(id);
		expect((await conversations.retrieveConversationsInsights(id)).data).toEqual([]);

		await harness.client.calls.actions.stopAIAssistant(call, {});
		await harness.pass(60_000);
		expect((await conversations.retrieveConversationsInsights(id)).data).toMatchObject([
			{ status: 'completed', conversation_insights: [{ result: expect.any(String) }] },
		]);
		expect(await refusal(conversations.retrieve('none'))).toMatchObject({ status: 404 });
	});
});
