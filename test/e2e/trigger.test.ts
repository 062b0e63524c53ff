import axios from 'axios';

import { startSimulator, type Simulator } from '../simulator';
import { eventually } from '../support/eventually';
import { publicationOf, startN8n } from '../support/realN8n';
import { event, toBody, type TelnyxEvent } from './events';
import { automatic, credentials, ids, TRIGGER, workflow } from './triggerWorkflows';

/** The trigger looks after itself in a real n8n, against the simulator of Telnyx. */
type Id = (typeof ids)[keyof typeof ids];

const REGISTERED: Id[] = [
	ids.support,
	ids.published,
	ids.tested,
	ids.timedOut,
	ids.deleted,
	ids.late,
	ids.gone,
	ids.wrongKey,
];

let telnyx: Simulator;
let n8n: Awaited<ReturnType<typeof startN8n>>;
/** The ID of the application of each workflow that registers itself. */
let applications: Record<string, string>;

beforeAll(async () => {
	telnyx = await startSimulator({
		applications: REGISTERED.map((name) => ({ name, webhookUrl: former(name) })),
	});
	applications = Object.fromEntries(
		[...telnyx.applications].map(([id, { data }]) => [data.application_name, id]),
	);
	for (const { data } of telnyx.applications.values()) data.webhook_api_version = '1';

	const registering = (id: Id, more?: object, how?: Parameters<typeof workflow>[2]) =>
		workflow(id, automatic(applications[id], more), how);
	const borrowing = { borrow_url: true, filters: { from: '+1312*' }, events: ['call.initiated'] };
	const byHand = { setup: 'manual', events: ['call.hangup', '*'] };
	n8n = await startN8n({
		credentials: credentials(telnyx.apiKey, telnyx.baseUrl),
		workflows: [
			registering(ids.support),
			workflow(ids.rival, automatic(applications[ids.support])),
			registering(ids.published, { borrow_url: true }),
			registering(ids.tested, borrowing),
			registering(ids.timedOut, { borrow_url: true }),
			registering(ids.deleted),
			registering(ids.late),
			workflow(ids.gone, automatic('1293384261075739999')),
			registering(ids.wrongKey, {}, { credential: 'wrong' }),
			workflow(ids.remembers, {
				...byHand,
				separate_outputs: false,
				options: { duplicates: 'dropForGood' },
			}),
			workflow(
				ids.outputs,
				{ ...byHand, options: { simple: true } },
				{ behind: ['Hangup', 'Rest'] },
			),
		],
	});
});

afterAll(async () => {
	await n8n?.stop();
	await telnyx?.close();
});

const former = (id: string) => `https://pbx.example.com/${id}?token=abc`;
const settings = (id: Id) => telnyx.applications.get(applications[id])!.data;
const address = (id: Id) => asLocal(settings(id).webhook_event_url).split('?')[0];
const asLocal = (url: string) => url.replace('//localhost:', '//127.0.0.1:');
const testUrl = (id: Id) => n8n.webhookUrl(id).replace('/webhook/', '/webhook-test/');

function expectUntouched(id: Id) {
	const { webhook_event_url, webhook_api_version, application_name } = settings(id);
	expect({ webhook_event_url, webhook_api_version, application_name }).toEqual({
		webhook_event_url: former(id),
		webhook_api_version: '1',
		application_name: id,
	});
}

async function startPublishing(id: Id) {
	const { versionId } = (await n8n.rest('GET', `/workflows/${id}`)).body.data;
	const { status } = await n8n.rest('POST', `/workflows/${id}/activate`, { versionId });
	expect(status).toBe(200);
}

/** What n8n says of it in the end. */
const published = async (id: Id) =>
	await eventually(`${id} to be published or not`, async () => {
		const { status, triggers } = await publicationOf(n8n.rest, id);
		return (status === 'published' || status === 'failed') && { status, triggers };
	});

async function publish(id: Id) {
	await startPublishing(id);
	expect(await published(id)).toMatchObject({ status: 'published' });
}

/** n8n answers before it has told the trigger. */
async function unpublish(id: Id) {
	const { webhook_event_url } = settings(id);
	const { status } = await n8n.rest('POST', `/workflows/${id}/deactivate`);
	expect(status).toBe(200);
	await eventually(
		`${id} to be unpublished`,
		() => settings(id).webhook_event_url !== webhook_event_url,
	);
}

/** As the editor does when somebody wants to see a test event. */
async function listen(id: Id) {
	const { body } = await n8n.rest('POST', `/workflows/${id}/run`, {
		triggerToStartFrom: { name: TRIGGER },
	});
	expect(body.data).toEqual({ waitingForWebhook: true });
}

const post = async (id: Id, content: TelnyxEvent) => {
	const body = toBody(content);
	const seconds = Math.floor(Date.now() / 1000);
	return await axios.post(n8n.webhookUrl(id), body, {
		headers: telnyx.keys.headers(body, seconds),
		validateStatus: () => true,
	});
};

const call = (id: Id, from = '+13125550101') =>
	telnyx.placeCall({ from, applicationId: applications[id] });

const started = async (id: Id, count: number) =>
	(await n8n.executions(id, count)).flatMap(({ items }) => items(TRIGGER) ?? []);

describe('publishing', () => {
	it('points the application at n8n, and its calls start executions although no key was pasted', async () => {
		await publish(ids.support);
		expect(address(ids.support)).toBe(n8n.webhookUrl(ids.support));
		expect(settings(ids.support).webhook_api_version).toBe('2');

		call(ids.support);

		expect(await started(ids.support, 1)).toMatchObject([{ event_type: 'call.initiated' }]);
	});

	it('fails with a reason, and changes nothing, where it is not possible', async () => {
		// n8n tries for 15 s before it gives up: all at the same time.
		for (const id of [ids.rival, ids.gone, ids.wrongKey]) await startPublishing(id);

		expect(await published(ids.rival)).toMatchObject({
			status: 'failed',
			triggers: [
				{
					errorMessage: expect.stringMatching(
						/^The application 'support-line' sends its events to the workflow 'support-line' already\. Unpublish/,
					),
				},
			],
		});
		const says = (text: RegExp) => [{ errorMessage: expect.stringMatching(text) }];
		expect((await published(ids.gone)).triggers).toMatchObject(
			says(/no application 1293384261075739999/),
		);
		expect((await published(ids.wrongKey)).triggers).toMatchObject(
			says(/does not accept the API key/),
		);
		expect(address(ids.support)).toBe(n8n.webhookUrl(ids.support));
		expectUntouched(ids.wrongKey);
	});

	it('succeeds once the cause is removed', async () => {
		const [right, wrong] = credentials(telnyx.apiKey, telnyx.baseUrl);
		const { status } = await n8n.rest('PATCH', `/credentials/${wrong.id}`, {
			...wrong,
			data: right.data,
		});
		expect(status).toBe(200);
		await startPublishing(ids.wrongKey);
		await eventually(
			'the application to send its events here',
			() => address(ids.wrongKey) === n8n.webhookUrl(ids.wrongKey),
		);
		call(ids.wrongKey);
		expect(await started(ids.wrongKey, 1)).toMatchObject([{ event_type: 'call.initiated' }]);
	});

	it('succeeds in the end if Telnyx is down for a moment', async () => {
		telnyx.faults.failNext(3, 503);
		await publish(ids.late);
		expect(address(ids.late)).toBe(n8n.webhookUrl(ids.late));
	});

	it('and unpublishing, too', async () => {
		telnyx.faults.failNext(1, 503);
		await unpublish(ids.late);
		expectUntouched(ids.late);
	});

	it('and deleting the workflow leaves the application as it was', async () => {
		await publish(ids.deleted);
		expect(address(ids.deleted)).toBe(n8n.webhookUrl(ids.deleted));

		expect((await n8n.rest('POST', `/workflows/${ids.deleted}/archive`, {})).status).toBe(200);
		await eventually('the workflow to be gone', async () => {
			const { status } = await n8n.rest('DELETE', `/workflows/${ids.deleted}`);
			return status === 200;
		});

		expectUntouched(ids.deleted);
	});
});

describe('listening for a test event', () => {
	it('borrows the application, ignores events that the filters exclude, and gives it back', async () => {
		await listen(ids.tested);
		expect(address(ids.tested)).toBe(testUrl(ids.tested));

		call(ids.tested, '+4930123456');
		await telnyx.settled();
		expect(address(ids.tested)).toBe(testUrl(ids.tested));
		call(ids.tested);

		await eventually('the former URL', () => address(ids.tested) !== testUrl(ids.tested));
		expectUntouched(ids.tested);
		expect(await started(ids.tested, 1)).toMatchObject([{ payload: { from: '+13125550101' } }]);
	});

	it('gives the application back when the user stops it', async () => {
		await listen(ids.tested);
		expect(address(ids.tested)).toBe(testUrl(ids.tested));
		await n8n.rest('DELETE', `/test-webhook/${ids.tested}`);
		await eventually('the former URL', () => address(ids.tested) !== testUrl(ids.tested));
		expectUntouched(ids.tested);
	});

	it('gives the production URL back if the workflow is published', async () => {
		await publish(ids.published);
		await listen(ids.published);
		expect(address(ids.published)).toBe(testUrl(ids.published));
		call(ids.published);
		await eventually('the URL', () => address(ids.published) === n8n.webhookUrl(ids.published));
	});

	it('gives the application back when the time is up', async () => {
		await listen(ids.timedOut);
		expect(address(ids.timedOut)).toBe(testUrl(ids.timedOut));
		await eventually(
			'n8n to stop listening',
			() => address(ids.timedOut) !== testUrl(ids.timedOut),
			150_000,
		);
		expectUntouched(ids.timedOut);
	});
});

describe('duplicates', () => {
	const answered = event('call.answered', {});
	const behind = async (count: number) =>
		(await n8n.executions(ids.remembers, count)).filter(({ items }) => items('Behind')?.length);

	it('start one execution', async () => {
		await publish(ids.remembers);
		const statuses = await Promise.all(
			[1, 2, 3].map(async () => await post(ids.remembers, answered)),
		);
		expect(statuses.map(({ status }) => status)).toEqual([200, 200, 200]);
		expect(await started(ids.remembers, 1)).toMatchObject([{ id: answered.data.id }]);
	});

	it('are recognized after a restart, if the user wants that', async () => {
		await n8n.restart();
		expect((await post(ids.remembers, answered)).status).toBe(200);
		const executions = await n8n.executions(ids.remembers, 2);
		expect(executions.map(({ status }) => status)).toEqual(['success', 'success']);
		expect(await behind(2)).toHaveLength(1);
		await post(ids.remembers, event('call.answered', {}));
		expect(await behind(3)).toHaveLength(2);
	});
});

it('every event has its own output, if the user wants that', async () => {
	await publish(ids.outputs);
	await post(ids.outputs, event('call.hangup', {}));
	await post(ids.outputs, event('call.answered', { step: 1 }));
	const executions = await n8n.executions(ids.outputs, 2);
	const types = (node: string) =>
		executions.flatMap(({ items }) => items(node) ?? []).map(({ event_type }) => event_type);
	expect([types('Hangup'), types('Rest')]).toEqual([['call.hangup'], ['call.answered']]);
});

describe('an n8n that is interrupted', () => {
	it('restarted: the application stays as it is, and its calls start executions', async () => {
		const { length } = await n8n.executions(ids.support, 0);
		const { webhook_event_url } = settings(ids.support);
		await n8n.restart();
		expect(settings(ids.support).webhook_event_url).toBe(webhook_event_url);
		call(ids.support);
		expect(await started(ids.support, length + 1)).toHaveLength(length + 1);
	});

	it('killed: likewise, and unpublishing gives back', async () => {
		await n8n.restart({ kill: true });
		call(ids.support);
		await n8n.executions(ids.support, 1);
		await unpublish(ids.support);
		expectUntouched(ids.support);
	});

	it('killed while listening, although published: unpublishing gives back', async () => {
		await listen(ids.published);
		await n8n.restart({ kill: true });
		expect(address(ids.published)).toBe(testUrl(ids.published));

		await unpublish(ids.published);
		expectUntouched(ids.published);
	});

	it('killed while listening without being published: the next test gives back', async () => {
		await listen(ids.tested);
		await n8n.restart({ kill: true });
		expect(address(ids.tested)).toBe(testUrl(ids.tested));
		await listen(ids.tested);
		await n8n.rest('DELETE', `/test-webhook/${ids.tested}`);
		await eventually('the former URL', () => address(ids.tested) !== testUrl(ids.tested));
		expectUntouched(ids.tested);
	});

	it('moved to another address: unpublishing gives back', async () => {
		await publish(ids.support);
		await n8n.restart({ env: { WEBHOOK_URL: 'https://n8n.example.com/' } });
		await unpublish(ids.support);
		expectUntouched(ids.support);
	});
});
