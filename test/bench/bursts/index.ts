/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console -- test code, never shipped */
/**
 * What becomes of calls that come in bursts, in a real n8n: `npm run bench:waiting`. Prints the table of
 * docs/waiting.md. Beside it, in the same run, as many webhooks to n8n's own Wait nodes.
 *
 * `CASES` chooses by a regular expression for their names, `CALLS` changes how many calls come at once,
 * `BURSTS` how often each burst comes, `MINUTES` for how long calls go on at a steady rate.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { storedCredential } from '../../support/credential';
import { eventually } from '../../support/eventually';
import { post, waitForPost } from '../../support/n8nNodes';
import { startN8n } from '../../support/realN8n';
import { run, straightLine } from '../../support/straightLine';
import { burst, seconds, stopwatch, warmUp, type Burst, type Case, type Took } from './burst';
import { startCarrier, type Carrier } from './carrier';
import { flow, FLOW, WEBHOOKS_A_CALL } from './flow';
import { median, PLAIN, plainFlow, STEADY, steady } from './steady';

type N8n = Awaited<ReturnType<typeof startN8n>>;

const CALLS = Number(process.env.CALLS ?? 20);
/** Of each burst and its yardstick. The middle one counts. */
const ROUNDS = Number(process.env.BURSTS ?? 3);
const WAIT_NODE = 'wait-node';

const atOnce = (eventAfterMs: number, more: Partial<Case> = {}): Case => ({
	name: `${CALLS} at once, events ${eventAfterMs} ms after the answer`,
	calls: CALLS,
	everyMs: 0,
	eventAfterMs,
	sender: 'patient',
	...more,
});

const CASES: Case[] = [
	...[0, 20, 150, 400, -20].map((ms) => atOnce(ms)),
	atOnce(150, { name: `${CALLS} at once, the sender never repeats`, sender: 'once' }),
	atOnce(150, { name: `${CALLS} at once, the sender gives up after 2 s`, sender: 'impatient' }),
	atOnce(150, { name: `${CALLS} at once, 1 MB in each item, 6 MB in each execution`, weight: 1e6 }),
	{ ...atOnce(150), name: '200 calls, 2 a second', calls: 200, everyMs: 500 },
	{
		...atOnce(150, { sender: 'impatient' }),
		name: 'overload: 60 calls, 10 a second, the sender gives up after 2 s',
		calls: 60,
		everyMs: 100,
	},
];

const waitNode = (reportTo: string) =>
	straightLine(WAIT_NODE, {
		Report: post(reportTo, '={{ { url: $execution.resumeUrl } }}'),
		Wait: waitForPost('wait-node-resume'),
	});

async function main(): Promise<void> {
	const carrier = await startCarrier();
	const n8n = await startN8n({
		credentials: [storedCredential(carrier)],
		workflows: [
			flow(carrier.application.id),
			waitNode(carrier.reportUrl),
			plainFlow(carrier.plainUrl),
		],
		published: [FLOW, WAIT_NODE, PLAIN],
		onProgress: console.error,
	});
	try {
		console.log(
			"| calls | went through | until the last | as many webhooks to n8n's Wait nodes | ratio | of processor time | used twice |",
		);
		console.log('| --- | --- | --- | --- | --- | --- | --- |');
		await warmUp(carrier);
		const wanted = new RegExp(process.env.CASES ?? '');
		if (wanted.test(STEADY)) await steady(n8n, carrier);
		for (const one of CASES.filter(({ name }) => wanted.test(name))) {
			if (one.everyMs > 0) print(one, [await burst(carrier, one)]);
			else print(one, await inRounds(n8n, carrier, one));
		}
	} finally {
		await n8n.stop();
		await carrier.close();
	}
}

/** How long as many webhooks as a burst of calls needs take to n8n's Wait nodes, so many at once. */
async function waitNodes(n8n: N8n, carrier: Carrier): Promise<Took> {
	const count = CALLS * WEBHOOKS_A_CALL;
	carrier.reports.length = 0;
	for (let index = 0; index < count; index += 1) await run(n8n, WAIT_NODE, { id: randomUUID() });
	const urls = await eventually('executions to wait', () =>
		carrier.reports.length >= count ? carrier.reports : undefined,
	);
	await sleep(2_000);
	const took = stopwatch();
	await Promise.all(
		Array.from({ length: CALLS }, async (_, chain) => {
			for (let step = 0; step < WEBHOOKS_A_CALL; step += 1) {
				const url = urls[chain * WEBHOOKS_A_CALL + step];
				const response = await fetch(url, { method: 'POST' });
				if (!response.ok) throw new Error(`Wait node: ${response.status}`);
			}
		}),
	);
	return took();
}

/** A burst, and its yardstick if it has one. */
type Round = Burst & { readonly baseline?: Took };

/** Whoever is first in one round is second in the next. */
async function inRounds(n8n: N8n, carrier: Carrier, one: Case): Promise<Round[]> {
	const rounds: Round[] = [];
	for (let round = 0; round < ROUNDS; round += 1) {
		const early = round % 2 === 0 ? await waitNodes(n8n, carrier) : undefined;
		const ours = await burst(carrier, one);
		rounds.push({ ...ours, baseline: early ?? (await waitNodes(n8n, carrier)) });
	}
	return rounds;
}

/** A row: what went through and what was used twice in all rounds, otherwise the middle of them. */
function print({ name }: Case, rounds: readonly Round[]): void {
	const sum = (what: 'calls' | 'ended' | 'twice') =>
		rounds.reduce((total, { [what]: count }) => total + count, 0);
	const middle = (of: (round: Round) => number) => median(rounds.map(of));
	const compared = rounds[0].baseline
		? [
				seconds(middle(({ baseline }) => baseline!.ms)),
				middle(({ lastMs, baseline }) => lastMs / baseline!.ms).toFixed(2),
				middle(({ processorMs, baseline }) => processorMs / baseline!.processorMs).toFixed(2),
			]
		: ['', '', ''];
	const cells = [
		name,
		`${sum('ended')} of ${sum('calls')}`,
		seconds(middle(({ lastMs }) => lastMs)),
		...compared,
		sum('twice'),
	];
	console.log(`| ${cells.join(' | ')} |`);
}

void main();
