/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ours, workflow } from '../queue/workflows';
import { startSimulator } from '../simulator';
import { storedCredential } from '../support/credential';
import { eventually } from '../support/eventually';
import { installN8n } from '../support/installN8n';
import { brokenByN8n3, rulesOfN8n3 } from '../support/migration';
import { startN8n, type RealN8n } from '../support/realN8n';
import { telnyx } from '../support/straightLine';

/** What n8n's third version changes, as far as the second one can be set up like it. */
const PAGE = readFileSync(join(__dirname, '../../docs/n8n3.md'), 'utf8');

describe('docs/n8n3.md', () => {
	it('names every rule of the migration report of n8n, and no other', async () => {
		const folder = await mkdtemp(join(tmpdir(), 'telnyx-rules-'));
		try {
			const rules = await rulesOfN8n3(await installN8n(), folder);
			const rows = PAGE.split('\n').filter((line) => line.startsWith('| '));
			const named = rows.flatMap((row) =>
				[...row.split('|')[1].matchAll(/`([a-z0-9-]+)`/g)].map(([, rule]) => rule),
			);
			expect(named.sort()).toEqual(rules.sort());
			expect(rules.length).toBeGreaterThan(20);
		} finally {
			await rm(folder, { recursive: true, force: true });
		}
	});
});

const APPLICATION = '1293384261075730001';
const KEYS = 'keys';
const WAITS = { wait_for_outcome: true, wait_timeout_secs: 600, on_call_end: 'error' };
const key = (more: object = {}) =>
	telnyx('call', 'waitForEvent', { events: ['call.dtmf.received'], ...WAITS, ...more });

/** Telnyx and n8n itself are at localhost, which is an internal address. */
const LIKE_VERSION_3 = {
	N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
	N8N_SSRF_PROTECTION_ENABLED: 'true',
	N8N_SSRF_BLOCKED_IP_RANGES: 'default,100.64.0.0/10,64:ff9b::/96,2002::/16',
	N8N_SSRF_ALLOWED_HOSTNAMES: 'localhost',
	N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
	N8N_RUNNERS_TASK_TIMEOUT: '60',
	N8N_COMPRESSION_NODE_MAX_DECOMPRESSED_SIZE_BYTES: String(256 * 1024 * 1024),
	N8N_COMPRESSION_NODE_MAX_ZIP_ENTRIES: '1000',
};

describe('an n8n that is set up like version 3', () => {
	let simulator: Awaited<ReturnType<typeof startSimulator>>;
	let n8n: RealN8n;

	beforeAll(async () => {
		simulator = await startSimulator({
			applications: [{ id: APPLICATION, webhookUrl: 'https://pbx.example.com/' }],
		});
		const { apiKey, baseUrl } = simulator;
		n8n = await startN8n({
			credentials: [
				storedCredential({ apiKey, baseUrl: baseUrl.replace('127.0.0.1', 'localhost') }),
			],
			workflows: [
				workflow(
					KEYS,
					ours({
						setup: 'automatic',
						connection_id: { __rl: true, mode: 'id', value: APPLICATION },
						events: ['call.initiated:incoming'],
					}),
					{
						Answer: telnyx('call', 'answer', WAITS),
						Key: key(),
						'No Key': key({ wait_timeout_secs: 2, on_failure: 'continue' }),
					},
				),
			],
			published: [KEYS],
			env: LIKE_VERSION_3,
		});
	});

	afterAll(async () => {
		await n8n?.stop();
		await simulator?.close();
	});

	it('hands events on and ends waits in time, though it must not send requests to internal addresses', async () => {
		const leg = simulator.placeCall({ applicationId: APPLICATION });
		await eventually('the answer', () => leg.state === 'answered');
		simulator.press(leg.call_control_id, '5');
		const pressed = Date.now();

		const [execution] = await n8n.executions(KEYS, 1);
		expect(execution.error).toBeUndefined();
		expect(execution.items('Key')).toMatchObject([
			{ event_type: 'call.dtmf.received', outcome: 'success' },
		]);
		expect(execution.items('No Key')).toMatchObject([{ outcome: 'timeout' }]);
		// By itself n8n ends the wait after more than half a minute.
		expect(Date.now() - pressed).toBeLessThan(25_000);
		const said = n8n.log.map(({ message }) => message).join('\n');
		expect(said).not.toContain('N8N_SSRF_ALLOWED_HOSTNAMES');
	});

	it('has nothing to set for this package that was not set here', async () => {
		expect(await brokenByN8n3(n8n)).toEqual({
			inWorkflows: [],
			ofInstance: ['ssrf-default-blocked-ranges-v3', 'workflow-import-url-removed-v3'],
		});
	});
});
