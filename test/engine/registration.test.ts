import { systemClock } from '../../nodes/shared/pause';
import {
	borrowing,
	FORMER,
	PRODUCTION,
	TEST,
	untouched,
	useApplications,
} from '../support/applications';
import type { TriggerWorkflow } from '../support/trigger';

const account = useApplications();
const { address, atTelnyx, changes, settings, trigger } = account;

describe('publishing', () => {
	it('points the application here, and unpublishing restores everything', async () => {
		const { start, remove } = trigger();

		await start();
		expect(address()).toBe(PRODUCTION);
		expect(settings()).toMatchObject({
			...untouched,
			webhook_event_url: expect.stringContaining(PRODUCTION),
			webhook_api_version: '2',
		});

		await remove();
		expect(settings()).toMatchObject(untouched);
		expect(settings(account.other).webhook_event_url).toBe('https://pbx.example.com/sales');
	});

	it('takes an ID from an expression or typed by hand as well', async () => {
		const connection_id = { mode: 'id', value: ` ${account.id} `, __rl: true };
		await trigger({ parameters: { connection_id } }).start();
		expect(address()).toBe(PRODUCTION);
	});

	it('a second time changes nothing, nor does another start of n8n', async () => {
		const memory = {};
		await trigger({ memory }).start();
		await trigger({ memory }).start();
		await trigger({ memory: {} }).start();
		expect(changes()).toHaveLength(1);
	});

	it('again after the settings were changed in the portal restores the original settings', async () => {
		const memory = {};
		await trigger({ memory }).start();
		settings().webhook_api_version = '1';
		await trigger({ memory }).start();
		expect(settings().webhook_api_version).toBe('2');
		await trigger({ memory }).remove();
		expect(settings()).toMatchObject(untouched);
	});

	it('leaves alone what somebody has changed in the meantime', async () => {
		const { start, remove, said } = trigger();
		await start();
		Object.assign(settings(), {
			webhook_event_url: 'https://new.example.com',
			dtmf_type: 'SIP INFO',
		});
		await remove();
		expect(settings()).toMatchObject({
			webhook_event_url: 'https://new.example.com',
			webhook_api_version: '2',
			dtmf_type: 'SIP INFO',
		});
		expect(said).toEqual([expect.stringMatching(/leaves the application \d+ as it is/)]);
	});

	it('keeps changes to other settings', async () => {
		const { start, remove } = trigger();
		await start();
		Object.assign(settings(), { application_name: 'Renamed', webhook_event_failover_url: null });
		await remove();
		expect(settings()).toMatchObject({
			...untouched,
			application_name: 'Renamed',
			webhook_event_failover_url: null,
		});
	});

	it("works without n8n's static data, as after n8n was killed in between", async () => {
		await trigger({ memory: {} }).start();
		await trigger({ memory: {} }).remove();
		expect(settings()).toMatchObject(untouched);
	});

	it("replaces static data that was lost at n8n's next start, so that nothing else changes", async () => {
		await trigger({ memory: {} }).start();
		const memory = {};
		await trigger({ memory, activation: 'init' }).start();
		account.telnyx.faults.failNext(1, 503);
		expect(await trigger({ memory, activation: 'init' }).exists()).toBe(true);
		account.telnyx.faults.failNext(1, 503);
		await expect(trigger({ memory }).remove()).rejects.toThrow('could not put the previous');
		await trigger({ memory, origin: 'https://new.example.com' }).start();
		expect(changes()).toHaveLength(2);
	});

	it('works after the node was renamed', async () => {
		const memory = {};
		await trigger({ memory, nodeName: 'Before' }).start();
		await trigger({ memory, nodeName: 'After' }).remove();
		expect(settings()).toMatchObject(untouched);
	});

	it('works after n8n moved to another address', async () => {
		const memory = {};
		await trigger({ memory, origin: 'https://old.example.com' }).start();
		await trigger({ memory, origin: 'https://new.example.com' }).start();
		expect(address()).toBe(PRODUCTION.replace('http://127.0.0.1', 'https://new.example.com'));
		await trigger({ memory, origin: 'https://new.example.com' }).remove();
		expect(settings()).toMatchObject(untouched);
	});

	it.each(['https://N8N.example.com', 'https://n8n.example.com:443', 'https://n8n.bücher.example'])(
		'and testing work for an n8n at %s, which is not how the address is normally written',
		async (origin) => {
			const memory = {};
			await trigger({ memory, origin }).start();
			await trigger({ memory, origin }).start();
			expect(changes()).toHaveLength(1);
			const test = trigger({ ...borrowing, memory, origin });
			await test.start();
			await test.remove();
			await trigger({ memory, origin }).remove();
			expect(settings()).toMatchObject(untouched);
		},
	);

	it('unpublishing after n8n moved restores the application as well', async () => {
		const memory = {};
		await trigger({ memory, origin: 'https://old.example.com' }).start();
		await trigger({ memory, origin: 'https://new.example.com' }).remove();
		expect(settings()).toMatchObject(untouched);
	});

	it('a second workflow is told which workflow uses the application, and changes nothing', async () => {
		await trigger().start();
		const second = trigger({ workflowId: 'workflow-2' });
		await expect(second.start()).rejects.toThrow(
			"'Support' sends its events to the workflow 'Name of workflow-1' already. Unpublish that workflow first",
		);
		// n8n cleans up after a failure.
		await second.remove();
		expect(address()).toBe(PRODUCTION);
		await trigger().remove();
		expect(settings()).toMatchObject(untouched);
	});

	it('the same workflow on another n8n is told where it is published, and changes nothing', async () => {
		await trigger({ origin: 'https://production.example.com' }).start();
		const staging = trigger({ origin: 'https://staging.example.com' });
		await expect(staging.start()).rejects.toThrow(
			"'Support' sends its events to the workflow 'Name of workflow-1' of the n8n at production.example.com already. Unpublish that workflow first",
		);
		await staging.remove();
		expect(address()).toBe(
			PRODUCTION.replace('http://127.0.0.1', 'https://production.example.com'),
		);
	});

	describe('a copy of the workflow, which has the same webhook URL,', () => {
		const copy = (more: Partial<TriggerWorkflow> = {}) =>
			trigger({ workflowId: 'copy', webhookId: 'webhook-of-workflow-1', ...more });

		it('is told so', async () => {
			await trigger().start();
			await expect(copy().start()).rejects.toThrow(
				/^The application 'Support' sends its events to the workflow 'Name of workflow-1', which has the same webhook URL as this workflow\. .* Delete this Telnyx Advanced Trigger and add a new one, which gets a URL of its own/,
			);
		});

		it('takes no events from the original when it cannot be published, is unpublished or is deleted', async () => {
			await trigger().start();
			// Before n8n refuses a path that is taken, or after: it cleans up either way.
			await copy().remove();
			const copied = copy();
			await expect(copied.start()).rejects.toThrow();
			await copied.remove();
			expect(address()).toBe(PRODUCTION);
			expect(await trigger().exists()).toBe(true);
			await trigger().remove();
			expect(settings()).toMatchObject(untouched);
		});

		it('takes none with a copy of its static data either', async () => {
			const memory = {};
			await trigger({ memory }).start();
			await copy({ memory: JSON.parse(JSON.stringify(memory)) }).remove();
			expect(address()).toBe(PRODUCTION);
		});

		it('can be published once the original is unpublished', async () => {
			await trigger().start();
			await trigger().remove();
			await copy().start();
			expect(address()).toBe(PRODUCTION);
			await trigger().remove();
			expect(address()).toBe(PRODUCTION);
			await copy().remove();
			expect(settings()).toMatchObject(untouched);
		});

		it('and its test leave the original as it was', async () => {
			await trigger().start();
			const published = settings().webhook_event_url;
			const test = copy(borrowing);
			await test.start();
			expect(address()).toBe(TEST);
			await test.remove();
			expect(settings().webhook_event_url).toBe(published);

			await test.start();
			await trigger().remove();
			expect(address()).toBe(TEST);
			await test.remove();
			expect(settings()).toMatchObject(untouched);
		});
	});

	describe('a second trigger of the same workflow with the same application', () => {
		it.each([
			['', { nodeId: 'node-2', webhookId: 'another' }],
			[' and the same webhook URL', { nodeId: 'node-2' }],
		])('%s is told that the application is in use', async (_which, second) => {
			const memory = {};
			await trigger({ memory }).start();
			await expect(trigger({ memory, ...second }).start()).rejects.toThrow(
				/^Another Telnyx Advanced Trigger of this workflow has the application 'Support' already, and an application has one webhook URL\. Choose all events in one trigger/,
			);
			// n8n cleans up after all of them.
			await trigger({ memory }).remove();
			await trigger({ memory, ...second }).remove();
			expect(settings()).toMatchObject(untouched);
		});
	});

	it('is refused if another one takes the application at the same time', async () => {
		jest.spyOn(systemClock, 'pause').mockImplementation(async () => {
			settings().webhook_event_url =
				'https://other.example.com/webhook/1?previous_url=&previous_version=2&set_by=w.n';
		});
		const { start, remove } = trigger();
		await expect(start()).rejects.toThrow(
			"The webhook URL of the application 'Support' was changed at the same time, to https://other.example.com/webhook/1.",
		);
		await remove();
		expect(address()).toBe('https://other.example.com/webhook/1');
	});

	it('is refused if a copy takes the application at the same time', async () => {
		jest.spyOn(systemClock, 'pause').mockImplementation(async () => {
			settings().webhook_event_url = settings().webhook_event_url.replace('workflow-1.', 'copy.');
		});
		await expect(trigger().start()).rejects.toThrow('was changed at the same time');
	});

	it("does not mistake a user's own previous_url for one of a trigger", async () => {
		const own = 'https://pbx.example.com/?previous_url=https%3A%2F%2Fa.example.com';
		settings().webhook_event_url = own;
		const { start, remove } = trigger();
		await start();
		expect(address()).toBe(PRODUCTION);
		await remove();
		expect(settings().webhook_event_url).toBe(own);
	});

	it('leaves out an API version that was not set, so that unpublishing works', async () => {
		delete settings().webhook_api_version;
		const { start, remove } = trigger();
		await start();
		await remove();
		expect(changes().at(-1)?.body).not.toHaveProperty('webhook_api_version');
		expect(settings().webhook_event_url).toBe(FORMER);
	});

	it('is refused without showing the passwords and tokens of the current URL', async () => {
		jest.spyOn(systemClock, 'pause').mockImplementation(async () => {
			settings().webhook_event_url = 'https://user:pw@other.example.com/hook?token=secret';
		});
		const refused = await trigger()
			.start()
			.catch((error: Error) => error.message);
		expect(refused).toContain('other.example.com/hook');
		expect(refused).not.toMatch(/pw|secret/);
	});

	it.each([['pbx.example.com'], ['https://pbx.example.com/a b']])(
		'is refused if the former URL could not be restored: %s',
		async (url) => {
			settings().webhook_event_url = url;
			await expect(trigger().start()).rejects.toThrow(`is '${url}', which is not a web address`);
			expect(changes()).toEqual([]);
		},
	);

	it('says in the log if Telnyx does not take the former API version back', async () => {
		settings().webhook_api_version = 'texml';
		const { start, remove, said } = trigger();
		await start();
		await remove();
		expect(said.join()).toContain("Telnyx refused the previous webhook API version 'texml'");
	});

	it.each([
		['an API version that Telnyx had, but takes no more', FORMER, 'texml', FORMER],
		['a scheme in capitals', 'HTTPS://pbx.example.com/a', '1', 'https://pbx.example.com/a'],
	])('can be undone with %s', async (_what, url, version, after) => {
		Object.assign(settings(), { webhook_event_url: url, webhook_api_version: version });
		const { start, remove } = trigger();
		await start();
		await remove();
		expect(settings().webhook_event_url).toBe(after);
	});

	it('can be undone where Telnyx no longer accepts the former URL, and the log says which it was', async () => {
		const { start, remove, said } = trigger();
		await start();
		// As another version of Telnyx's rules might see the former one.
		settings().webhook_event_url = settings().webhook_event_url.replace(
			encodeURIComponent(FORMER),
			encodeURIComponent('ftp://pbx.example.com/telnyx?token=abc'),
		);
		await remove();
		expect(settings().webhook_event_url).toBe('https://no-webhook-url.invalid/');
		expect(settings().webhook_api_version).toBe('1');
		expect(said.join()).toContain('Telnyx refused the previous webhook URL ftp://pbx.example.com');
		expect(said.join()).not.toContain('abc');
	});

	it('of an application without a URL leaves no dead URL behind', async () => {
		settings().webhook_event_url = '';
		const { start, remove } = trigger();
		await start();
		await remove();
		expect(settings().webhook_event_url).toBe('https://no-webhook-url.invalid/');
	});

	it('asks for a credential where there is none', async () => {
		await expect(trigger({ credential: undefined }).start()).rejects.toThrow(
			'The credential cannot be read. Choose a Telnyx credential',
		);
	});

	it('says everything that is wrong at once', async () => {
		const parameters = {
			connection_id: { mode: 'list', value: '', __rl: true },
			events: [],
			filters: { from: '312', to: '1 312 555, (312) 555-0101' },
		};
		const refused = trigger({
			parameters,
			credential: { ...atTelnyx(), publicKey: 'none' },
		}).start();
		const { message } = await refused.then(
			() => new Error(),
			(error: Error) => error,
		);
		for (const part of [
			"'Events' is empty",
			"'To' has '1 312 555'",
			"'To' has '(312) 555-0101'",
			"'Public Key'",
			"'Application' is empty",
			'Telnyx cannot reach this n8n',
		]) {
			expect(message).toContain(part);
		}
	});

	it('asks nothing of Telnyx with manual setup', async () => {
		const { start, remove } = trigger({ parameters: { setup: 'manual' } });
		await start();
		await remove();
		expect(account.telnyx.requests).toEqual([]);
	});

	it('asks for an application if none is chosen', async () => {
		const connection_id = { mode: 'list', value: '', __rl: true };
		await expect(trigger({ parameters: { connection_id } }).start()).rejects.toThrow(
			"'Application' is empty",
		);
	});

	it.each([
		['manual setup', { parameters: { setup: 'manual' } }],
		['a manual test', { isTest: true, parameters: { setup: 'manual' } }],
	])('warns in the log with %s where Telnyx cannot reach n8n', async (_what, more) => {
		const { start, said } = trigger({
			credential: atTelnyx(),
			origin: 'http://host.docker.internal:5678',
			...more,
		});
		await start();
		expect(said).toEqual([
			expect.stringMatching(
				/: Telnyx cannot reach this n8n at http:\/\/host\.docker\.internal:5678: .* If something on the internet passes requests on to it, all is well\.$/,
			),
		]);
		const reachable = trigger({
			credential: atTelnyx(),
			origin: 'https://n8n.example.com',
			...more,
		});
		await reachable.start();
		expect(reachable.said).toEqual([]);
	});

	it('says that Telnyx cannot reach an n8n at localhost, and changes nothing', async () => {
		const credential = atTelnyx();
		const { create } = trigger({ credential, origin: 'http://localhost:5678' });
		await expect(create()).rejects.toThrow(
			/cannot reach this n8n at http:\/\/localhost:5678.*WEBHOOK_URL/,
		);
		expect(account.telnyx.requests).toEqual([]);
	});
});
