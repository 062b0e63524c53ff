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

import { NODE_VERSION } from '../../../nodes/shared/nodeTypes';
import { PREVIOUS_NODE } from '../../../nodes/telnyx/account/previousNode';
import { storedCredential, TELNYX } from '../../support/credential';
import { eventually } from '../../support/eventually';
import { post, waitForPost } from '../../support/n8nNodes';
import { startN8n } from '../../support/realN8n';
import { run, straightLine, telnyx } from '../../support/straightLine';
import { cpuMs } from '../../support/n8nProcesses';
import { startCarrier, type Behaviour, type Carrier } from './carrier';
import { median, PLAIN, plainFlow, STEADY, steady } from './steady';

type N8n = Awaited<ReturnType<typeof startN8n>>;

interface Case extends Behaviour {
	readonly name: string;
	readonly calls: number;
	/** Between one call and the next. */
	readonly everyMs: number;
}

const CALLS = Number(process.env.CALLS ?? 20);
/** Of each burst and its yardstick. The middle one counts. */
const ROUNDS = Number(process.env.BURSTS ?? 3);
const LONGEST_MS = 120_000;
const WARM_UP_CALLS = 10;

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

const VOICE = { voice: { __rl: true, mode: 'id', value: 'AWS.Polly.Joanna' } };
/** As a node is when it is added. */
const OF_PREVIOUS_NODE = {
	call_control_id: { __rl: true, mode: 'list', value: PREVIOUS_NODE },
};
const WAITS = { ...OF_PREVIOUS_NODE, wait_for_outcome: true, wait_timeout_secs: 100 };
const FLOW = 'flow';
const WAIT_NODE = 'wait-node';

const NODES: Array<[string, object]> = [
	[
		'Weight',
		{
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: {
				assignments: {
					assignments: [
						{
							id: 'weight',
							name: 'weight',
							type: 'string',
							value: "={{ 'x'.repeat($json.payload.weight) }}",
						},
					],
				},
				includeOtherFields: true,
				options: {},
			},
		},
	],
	['Answer', telnyx('call', 'answer', WAITS)],
	['Say', telnyx('audio', 'speak', { payload: 'Hello', ...VOICE, ...WAITS })],
	['Ask', telnyx('input', 'gatherUsingSpeak', { payload: 'Press a key', ...VOICE, ...WAITS })],
	['Say goodbye', telnyx('audio', 'speak', { payload: 'Goodbye', ...VOICE, ...WAITS })],
	['Hang up', telnyx('call', 'hangup', OF_PREVIOUS_NODE)],
];
const COMMANDS_A_CALL = 5;
/** The start of the execution, the outcomes of its four waits, and the hangup. */
const WEBHOOKS_A_CALL = 6;

function flow(application: string) {
	const trigger = {
		type: 'n8n-nodes-telnyx-advanced.telnyxAdvancedTrigger',
		typeVersion: NODE_VERSION,
		name: 'Trigger',
		webhookId: FLOW,
		credentials: TELNYX,
		parameters: {
			setup: 'automatic',
			connection_id: { __rl: true, mode: 'id', value: application },
			events: ['call.initiated'],
		},
	};
	const all = [trigger, ...NODES.map(([name, node]) => ({ name, ...node }))].map((node, index) => ({
		id: `${index}`,
		position: [index * 200, 0],
		...node,
	}));
	return {
		id: FLOW,
		name: FLOW,
		nodes: all,
		connections: Object.fromEntries(
			all
				.slice(0, -1)
				.map(({ name }, index) => [
					name,
					{ main: [[{ node: all[index + 1].name, type: 'main', index: 0 }]] },
				]),
		),
		settings: { executionOrder: 'v1' },
	};
}

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

interface Took {
	readonly ms: number;
	/** Of n8n, which other programs hardly change. */
	readonly processorMs: number;
}

function stopwatch(): () => Took {
	const [startedAt, before] = [Date.now(), cpuMs()];
	return () => ({ ms: Date.now() - startedAt, processorMs: cpuMs() - before });
}

/** The first executions of a node take longer than all that follow. */
async function warmUp(carrier: Carrier): Promise<void> {
	carrier.behaviour = atOnce(0);
	for (let index = 0; index < WARM_UP_CALLS; index += 1) carrier.ring();
	await through(carrier);
}

/** Waits until all calls have ended, or take too long. */
async function through(carrier: Carrier): Promise<void> {
	const until = Date.now() + LONGEST_MS;
	const areAll = () => [...carrier.calls.values()].every(({ endedAt }) => endedAt);
	while (!areAll() && Date.now() < until) await sleep(100);
	await carrier.settled();
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

/** What became of a burst. */
interface Burst {
	readonly calls: number;
	readonly ended: number;
	readonly twice: number;
	readonly lastMs: number;
	readonly processorMs: number;
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

async function burst(carrier: Carrier, one: Case): Promise<Burst> {
	carrier.behaviour = one;
	carrier.calls.clear();
	carrier.attempts.length = 0;
	const startedAt = Date.now();
	const took = stopwatch();
	for (let index = 0; index < one.calls; index += 1) {
		carrier.ring();
		if (one.everyMs > 0) await sleep(one.everyMs);
	}
	await through(carrier);
	const { processorMs } = took();
	const all = [...carrier.calls.values()];
	const ended = all.filter(({ endedAt }) => endedAt);
	if (process.env.DETAILS) console.error(carrier.summary());
	await sleep(5_000);
	return {
		calls: one.calls,
		ended: ended.length,
		twice: all.filter(({ commands }) => commands.length > COMMANDS_A_CALL).length,
		lastMs: Math.max(0, ...ended.map(({ endedAt }) => endedAt! - startedAt)),
		processorMs,
	};
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

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

void main();
