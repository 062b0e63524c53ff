import { startSimulator } from '../simulator';
import { assistantWorkflow } from '../support/assistant';
import { storedCredential } from '../support/credential';
import { byId, set } from '../support/n8nNodes';
import { freePorts } from '../support/ports';
import { startN8n, type RealN8n } from '../support/realN8n';
import { run, straightLine, telnyx as action } from '../support/straightLine';
import { startPostgres } from './services';

/**
 * n8n's Engine 2.0, which a workflow chooses. It keeps its executions in PostgreSQL, and runs in a single
 * process only.
 */
const chosen = <T extends { settings: object }>(workflow: T): T => ({
	...workflow,
	settings: { ...workflow.settings, engineType: 'v2' },
});

let postgres: Awaited<ReturnType<typeof startPostgres>>;
let telnyx: Awaited<ReturnType<typeof startSimulator>>;
let n8n: RealN8n;

beforeAll(async () => {
	postgres = await startPostgres();
	telnyx = await startSimulator();
	const [port, callbackPort] = await freePorts(2);
	n8n = await startN8n({
		credentials: [storedCredential(telnyx)],
		workflows: [
			chosen(straightLine('sends', { Hangup: action('call', 'hangup') })),
			chosen(
				straightLine('waits', {
					Speak: action('audio', 'speak', {
						payload: 'Hello',
						voice: byId('AWS.Polly.Joanna'),
						wait_for_outcome: true,
					}),
				}),
			),
			chosen(assistantWorkflow('tool', { respond: 'lastNode' }, { Answer: set({ done: true }) })),
		],
		published: ['sends', 'waits', 'tool'],
		env: {
			N8N_ENABLED_MODULES: 'engine-v2',
			N8N_ENGINE_DATABASE_URL: `postgres://${postgres.user}@127.0.0.1:${postgres.port}/postgres`,
			N8N_ENGINE_HOST: '127.0.0.1',
			N8N_ENGINE_PORT: String(port),
			N8N_ENGINE_CONTROL_PLANE_PORT: String(callbackPort),
		},
	});
}, 600_000);

afterAll(async () => {
	await n8n?.stop();
	await telnyx?.close();
	await postgres?.stop();
}, 120_000);

const OF_ENGINE_2 = /^[0-9a-f]{8}-[0-9a-f]{4}-7/;

it('runs commands that do not wait', async () => {
	const { call_control_id: call } = telnyx.placeCall();
	await run(n8n, 'sends', { call });

	const [{ id, status }] = await n8n.executions('sends', 1);
	expect(id).toMatch(OF_ENGINE_2);
	expect(status).toBe('success');
	expect(telnyx.calls.get(call)?.state).toBe('ended');
});

it('a node that waits says so before it sends anything', async () => {
	const before = telnyx.requests.length;
	await run(n8n, 'waits', { call: telnyx.placeCall().call_control_id });

	const [{ error, id, status }] = await n8n.executions('waits', 1);
	expect(id).toMatch(OF_ENGINE_2);
	expect(status).toBe('error');
	expect(error.message).toContain("This workflow runs in n8n's Engine 2.0");
	expect(telnyx.requests.slice(before)).toEqual([]);
});

it('refuses the requests of AI assistants, whom the workflow answers', async () => {
	const body = '{}';
	const headers = telnyx.keys.headers(body, Math.floor(Date.now() / 1000));
	const response = await fetch(n8n.webhookUrl('tool'), { method: 'POST', headers, body });

	expect(response.status).toBe(400);
	expect(await response.text()).toContain("does not support the 'lastNode' response mode");
});
