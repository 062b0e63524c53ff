import { sleep } from 'n8n-workflow';

import { makeKeyPair } from '../simulator/keys';
import { eventually } from '../support/eventually';
import { startCluster } from './cluster';
import { printRows, startLoad } from './load';
import { ours, trivial, workflow } from './workflows';

/** Whichever process is killed under load, this package loses no accepted event. */
const keys = makeKeyPair();
const EVERY_MS = 300;
const LOAD_MS = 4_000;
/** A kill meets whichever executions run at that moment: some four of each in all. */
const CHANCE = 8;

/** For docs/scaling.md. */
const findings: object[] = [];

let n8n: Awaited<ReturnType<typeof startCluster>>;

const credential = {
	id: 'telnyx',
	name: 'telnyx',
	type: 'telnyxAdvancedApi',
	data: { apiKey: 'KEY', publicKey: keys.publicKey, baseUrl: 'https://api.telnyx.com/v2' },
};

/** Two workflows of their own for each victim: ours, and the theirs. */
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

afterAll(async () => {
	await n8n?.stop();
	printRows(findings);
}, 120_000);

interface Row {
	status: string;
	/** Of the event; empty if n8n has replaced the data of the execution by an error. */
	mark: string;
}

async function executionsOf(workflowId: string): Promise<Row[]> {
	const rows = await n8n.postgres.sql(
		`select e.status, coalesce(substring(d.data from 'mark:[a-z]+:[0-9]+'), '') from execution_entity e join execution_data d on d."executionId" = e.id where e."workflowId" = '${workflowId}'`,
	);
	return rows.map(([status, mark]) => ({ status, mark }));
}

/** What became of the events that n8n has accepted. */
async function tally(workflowId: string, accepted: string[]) {
	const rows = await eventually(
		`the executions of ${workflowId} to end`,
		async () => {
			const found = await executionsOf(workflowId);
			return !found.some(({ status }) => ['new', 'running'].includes(status)) && found;
		},
		120_000,
	);
	const marks = rows.map(({ mark }) => mark).filter((mark) => mark !== '');
	const missing = accepted.filter((mark) => !marks.includes(mark)).length;
	return {
		accepted: accepted.length,
		lost: Math.max(0, missing - (rows.length - marks.length)),
		/** n8n ended the execution; if it kept the event, the user can retry it. */
		crashed: rows.filter(({ status, mark }) => status !== 'success' && mark !== '').length,
		crashedWithoutData: rows.length - marks.length,
		twice: marks.length - new Set(marks).size,
	};
}

async function kill(victim: Victim) {
	const member = {
		worker: n8n.workers[0],
		processor: n8n.processors[0],
		main: n8n.main(),
		redis: n8n.redis,
		postgres: n8n.postgres,
	}[victim];
	await member.kill();
	await sleep(1_000);
	await member.start();
}

const cutOff = { ours: 0, trivial: 0 };

it.each(victims)(
	'%s: every event that n8n accepted has its execution, as with the yardstick',
	async (victim) => {
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
		await n8n.recover();

		const theirs = await tally(ids.trivial, load.accepted[ids.trivial]);
		const mine = await tally(ids.ours, load.accepted[ids.ours]);
		findings.push({ victim, restarted, refused: load.refused, ours: mine, trivial: theirs });
		cutOff.ours += mine.crashed + mine.crashedWithoutData;
		cutOff.trivial += theirs.crashed + theirs.crashedWithoutData;
		// Afterwards all is well again.
		expect(await n8n.startWhatEnded()).toBe(0);
		expect(mine.accepted).toBeGreaterThan(10);
		expect(mine.twice).toBe(0);
		expect(mine.lost).toBeLessThanOrEqual(theirs.lost);
	},
);

it('n8n cuts off no more executions than with the yardstick, apart from chance', () => {
	expect(cutOff.ours).toBeLessThanOrEqual(cutOff.trivial + CHANCE);
});
