/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console -- test code, never shipped */
/**
 * Calls and time limits in n8n's queue mode, with two webhook processors and two workers: part of
 * `npm run bench:queue`. Prints the rows of docs/scaling.md. `CASES='1 a second|limits'` runs only those that match.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import { startCluster } from '../../queue/cluster';
import { storedCredential } from '../../support/credential';
import { eventually } from '../../support/eventually';
import { post } from '../../support/n8nNodes';
import { run, straightLine, telnyx } from '../../support/straightLine';
import { burst, seconds, warmUp } from './burst';
import { startCarrier } from './carrier';
import { flow, FLOW } from './flow';
import { PLAIN, plainFlow, STEADY, steady } from './steady';

const CALLS = 200;
/** What two processors shared by all of n8n take, and several times that. */
const A_SECOND = [1, 4];
const LONGEST_MS = 420_000;

const LIMITS = 'limits';
const LIMIT = 'limit';
const LIMITS_SECS = [3, 10, 60];
const OF_EACH_LIMIT = 5;
const BETWEEN_MS = 2_000;

/** Waits for a key that nobody presses. */
const limitFlow = (reportTo: string) =>
	straightLine(LIMIT, {
		Before: post(`${reportTo}/before`, '={{ $json.body }}'),
		Wait: telnyx('call', 'waitForEvent', {
			call_control_id: { __rl: true, mode: 'id', value: "={{ $('Start').item.json.body.call }}" },
			events: ['call.dtmf.received'],
			wait_timeout_secs: "={{ $('Start').item.json.body.seconds }}",
			on_failure: 'continue',
		}),
		After: post(`${reportTo}/after`, "={{ $('Start').item.json.body }}"),
	});

/** Takes the reports of executions: when each came, by what it says and the call, in milliseconds. */
async function startReports() {
	const at = new Map<string, number>();
	const server = createServer((request, response) => {
		let text = '';
		request.on('data', (chunk) => (text += chunk));
		request.on('end', () => {
			at.set(`${request.url} ${JSON.parse(text).call}`, performance.now());
			response.end('{}');
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return { at, url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

const selected = (name: string) => new RegExp(process.env.CASES ?? '').test(name);

async function main(): Promise<void> {
	const carrier = await startCarrier();
	const reports = await startReports();
	const n8n = await startCluster({
		credentials: [storedCredential(carrier)],
		workflows: [flow(carrier.application.id), plainFlow(carrier.plainUrl), limitFlow(reports.url)],
		published: [FLOW, PLAIN, LIMIT],
		onProgress: console.error,
	});
	try {
		await warmUp(carrier);
		if (selected(STEADY)) await steady(n8n, carrier);
		for (const aSecond of A_SECOND) if (selected(`${aSecond} a second`)) await rush(aSecond);
		if (selected(LIMITS)) await limits();
	} finally {
		await n8n.stop();
		reports.close();
		await carrier.close();
	}

	/** Calls that come one after the other, so many a second. */
	async function rush(aSecond: number): Promise<void> {
		const name = `${CALLS} calls, ${aSecond} a second`;
		const { began, ended, lastMs, twice, crossed } = await burst(
			carrier,
			{
				name,
				calls: CALLS,
				everyMs: 1_000 / aSecond,
				eventAfterMs: 150,
				sender: 'patient',
			},
			LONGEST_MS,
		);
		console.log('\n| calls | began | went through | until the last | used twice | crossed |');
		console.log('| --- | --- | --- | --- | --- | --- |');
		const cells = [
			name,
			`${began} of ${CALLS}`,
			`${ended} of ${began}`,
			seconds(lastMs),
			twice,
			crossed,
		];
		console.log(`| ${cells.join(' | ')} |`);
	}

	async function limits(): Promise<void> {
		console.log('\n| limit | late by at most |\n| --- | --- |');
		for (const limit of LIMITS_SECS) {
			const late = await Promise.all(
				Array.from({ length: OF_EACH_LIMIT }, (_, index) => wait(limit, index)),
			);
			console.log(`| ${limit} s | ${Math.max(...late).toFixed(0)} ms |`);
		}
	}

	/** How much later than its limit a wait ended, with what n8n needs to go on, in milliseconds. */
	async function wait(limit: number, index: number): Promise<number> {
		await sleep(index * BETWEEN_MS);
		const call = `v3:limit-${limit}-${index}`;
		await run({ url: n8n.url }, LIMIT, { call, seconds: limit });
		const after = await eventually(
			`the end of ${call}`,
			() => reports.at.get(`/after ${call}`),
			limit * 1_000 + 60_000,
		);
		return after - reports.at.get(`/before ${call}`)! - limit * 1_000;
	}
}

void main();
