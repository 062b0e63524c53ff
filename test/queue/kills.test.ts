import { setTimeout as sleep } from 'node:timers/promises';

import { makeKeyPair } from '../simulator/keys';
import { eventually } from '../support/eventually';
import { startCluster } from './cluster';
import { startLoad } from './load';
import { ours, trivial, workflow } from './workflows';

/** Whatever is killed under load: nothing that was accepted is lost by this package. */
const keys = makeKeyPair();
const EVERY_MS = 300;
const LOAD_MS = 4_000;

let n8n: Awaited<ReturnType<typeof startCluster>>;

const credential = {
	id: 'telnyx',
	name: 'telnyx',
	type: 'telnyxAdvancedApi',
	data: { apiKey: 'KEY', publicKey: keys.publicKey, baseUrl: 'https://api.telnyx.com/v2' },
};

beforeAll(async () => {
	n8n = await startCluster({ credentials: [credential] });
}, 600_000);

afterAll(async () => await n8n?.stop(), 120_000);

/** Two workflows of their own for each kill: ours, and the yardstick. */
async function publishTwo(name: string) {
	const two = { ours: `${name}-ours`, trivial: `${name}-trivial` };
	const workflows = [workflow(two.ours, ours({})), workflow(two.trivial, trivial)];
	for (const { id, ...content } of workflows) {
		const made = await n8n.rest('POST', '/workflows', content);
		expect(made.status).toBe(200);
	}
	return two;
}
