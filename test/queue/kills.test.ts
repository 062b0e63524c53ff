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

/** Two workflows of their own for each victim: ours, and the yardstick. */
const victims = ['worker', 'processor', 'main', 'redis', 'postgres'] as const;
type Victim = (typeof victims)[number];
const idsOf = (victim: Victim) => ({ ours: `${victim}ours`, trivial: `${victim}trivial` });

beforeAll(async () => {
	const both = victims.map(idsOf);
	n8n = await startCluster({
		credentials: [credential],
		workflows: both.flatMap((ids) => [
			workflow(ids.ours, ours({})),
			workflow(ids.trivial, trivial),
		]),
		published: both.flatMap(({ ours: one, trivial: other }) => [one, other]),
	});
}, 600_000);

afterAll(async () => await n8n?.stop(), 120_000);

/** How the executions of a workflow ended, by the mark of their event. */
async function endsOf(workflowId: string): Promise<Map<string, string[]>> {
	const rows = await n8n.postgres.sql(
		`select e.status, substring(d.data from 'mark:[a-z]+:[0-9]+') from execution_entity e join execution_data d on d."executionId" = e.id where e."workflowId" = '${workflowId}'`,
	);
	const ends = new Map<string, string[]>();
	for (const [status, mark] of rows) ends.set(mark, [...(ends.get(mark) ?? []), status]);
	return ends;
}

/** What became of the events that n8n has accepted. */
async function tally(workflowId: string, accepted: string[]) {
	const ends = await eventually(
		`the executions of ${workflowId} to end`,
		async () => {
			const found = await endsOf(workflowId);
			const statuses = [...found.values()].flat();
			return !statuses.some((status) => ['new', 'running'].includes(status)) && found;
		},
		120_000,
	);
	const statusesOf = accepted.map((mark) => ends.get(mark) ?? []);
	return {
		accepted: accepted.length,
		/** No execution at all. */
		lost: statusesOf.filter((statuses) => statuses.length === 0).length,
		/** An execution that n8n cut off, which the user can retry. */
		cutOff: statusesOf.filter((statuses) => statuses.length > 0 && !statuses.includes('success'))
			.length,
		twice: statusesOf.filter((statuses) => statuses.length > 1).length,
	};
}

async function kill(victim: Victim) {
	const member = {
		worker: n8n.workers[0],
		processor: n8n.processors[0],
		main: n8n.main,
		redis: n8n.redis,
		postgres: n8n.postgres,
	}[victim];
	await member.kill();
	await sleep(1_000);
	await member.start();
}

it.each(victims)('%s', async (victim) => {
	const ids = idsOf(victim);
	const load = startLoad({
		keys,
		urlOf: n8n.webhookUrl,
		ids: Object.values(ids),
		everyMs: EVERY_MS,
	});
	await sleep(LOAD_MS);

	await kill(victim);
	// n8n ends itself when Redis or PostgreSQL are gone for some seconds.
	await sleep(LOAD_MS);
	const restarted = await n8n.startWhatEnded();
	await sleep(LOAD_MS);
	await load.stop();

	const theirs = await tally(ids.trivial, load.accepted[ids.trivial]);
	const mine = await tally(ids.ours, load.accepted[ids.ours]);
	console.log(JSON.stringify({ victim, restarted, refused: load.refused(), mine, theirs }));
	// Afterwards all is well again.
	expect(await n8n.startWhatEnded()).toBe(0);
	expect(mine.accepted).toBeGreaterThan(10);
	expect(mine.twice).toBe(0);
	expect(mine.lost).toBeLessThanOrEqual(theirs.lost);
});
