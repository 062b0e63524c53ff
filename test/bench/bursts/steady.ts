/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console -- test code, never shipped */
import { setTimeout as sleep } from 'node:timers/promises';

import { TELNYX } from '../../support/credential';
import { post, waitForPost } from '../../support/n8nNodes';
import { cpuMs } from '../../support/n8nProcesses';
import { straightLine } from '../../support/straightLine';
import type { Call, Carrier } from './carrier';

/** How many calls a second go on and on, beside the same flow of n8n's own nodes. */
export const STEADY = 'steady';
export const PLAIN = 'plain';

const MINUTES = Number(process.env.MINUTES ?? 5);
/** As many as one n8n is busy with. */
const AT_ONCE = 8;
const SLICE_MS = 30_000;

/** With the API key, as Telnyx wants it. */
function command(url: string, action: string) {
	const { parameters, ...node } = post(
		`=${url}/{{ encodeURIComponent($('Start').item.json.body.call) }}/${action}`,
		'={{ { url: $execution.resumeUrl } }}',
	);
	const authentication = {
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'telnyxAdvancedApi',
	};
	return { ...node, parameters: { ...parameters, ...authentication }, credentials: TELNYX };
}

/** The end of a call comes to the same address as its beginning. */
const NEW_CALLS_ONLY = {
	type: 'n8n-nodes-base.filter',
	typeVersion: 2.2,
	parameters: {
		conditions: {
			options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
			conditions: [
				{
					id: 'new',
					leftValue: '={{ $json.body.type }}',
					rightValue: 'call.initiated',
					operator: { type: 'string', operation: 'equals' },
				},
			],
			combinator: 'and',
		},
		options: {},
	},
};

/** The flow of the bursts, made of n8n's HTTP Request and Wait nodes. */
export const plainFlow = (url: string) =>
	straightLine(PLAIN, {
		'New calls only': NEW_CALLS_ONLY,
		Answer: command(url, 'answer'),
		Answered: waitForPost('answered'),
		Say: command(url, 'speak'),
		Said: waitForPost('said'),
		Ask: command(url, 'gather_using_speak'),
		Key: waitForPost('key'),
		'Say goodbye': command(url, 'speak'),
		Gone: waitForPost('gone'),
		'Hang up': command(url, 'hangup'),
	});

interface Kind {
	readonly ring: () => Call;
	/** How long each call took, in milliseconds, in the order in which they ended. */
	readonly took: number[];
	ms: number;
	/** Of n8n, for all of them. */
	processorMs: number;
}

/** Takes turns, so that both have the same machine. Prints a row. */
export async function steady({ url }: { readonly url: string }, carrier: Carrier): Promise<void> {
	carrier.behaviour = { eventAfterMs: 500, sender: 'patient' };
	const ours: Kind = { ring: () => carrier.ring(), took: [], ms: 0, processorMs: 0 };
	const plain: Kind = {
		ring: () => carrier.ringPlainly(`${url}/webhook/${PLAIN}`),
		took: [],
		ms: 0,
		processorMs: 0,
	};
	for (const kind of [ours, plain]) await slice(carrier, kind, SLICE_MS / 3);
	for (const kind of [ours, plain]) Object.assign(kind, { took: [], ms: 0, processorMs: 0 });
	while (ours.ms < MINUTES * 60_000) {
		for (const kind of [ours, plain]) await slice(carrier, kind, SLICE_MS);
	}
	const aSecond = ({ took, ms }: Kind) => took.length / (ms / 1000);
	const latency = ({ took }: Kind) =>
		[took.slice(0, took.length / 5), took.slice(-took.length / 5)]
			.map((part) => `${(median(part) / 1000).toFixed(1)} s`)
			.join(', then ');
	console.log(
		`\n| ${AT_ONCE} calls at any time, for ${MINUTES} minutes each | calls a second | a call takes, at first and at last | processor time of a call |`,
	);
	console.log('| --- | --- | --- | --- |');
	const ofOne = ({ took, processorMs }: Kind) => processorMs / took.length;
	const row = (name: string, kind: Kind) =>
		console.log(
			`| ${name} | ${aSecond(kind).toFixed(2)} | ${latency(kind)} | ${ofOne(kind).toFixed(0)} ms |`,
		);
	row('ours', ours);
	row('HTTP Request and Wait nodes', plain);
	const ratios = [aSecond(ours) / aSecond(plain), ofOne(ours) / ofOne(plain)];
	console.log(`| ratio | ${ratios[0].toFixed(2)} | | ${ratios[1].toFixed(2)} |\n`);
}

async function slice(carrier: Carrier, kind: Kind, ms: number): Promise<void> {
	const startedAt = Date.now();
	const before = cpuMs();
	await Promise.all(
		Array.from({ length: AT_ONCE }, async () => {
			while (Date.now() - startedAt < ms) {
				const call = kind.ring();
				while (!call.endedAt) await sleep(20);
				kind.took.push(call.endedAt - call.startedAt);
			}
		}),
	);
	kind.ms += Date.now() - startedAt;
	// What the last calls still send, such as their hangups, is no part of the rate, but of the work.
	await carrier.settled();
	kind.processorMs += cpuMs() - before;
}

export const median = (all: number[]) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)];
