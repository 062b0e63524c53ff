/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { inPool } from '../../nodes/shared/pool';
import { eventually } from '../support/eventually';
import { waitForPost } from '../support/n8nNodes';
import { cpuMs, usedMb } from '../support/n8nProcesses';
import { count, DIALS, reporting, start, startLine, type Line, type Reply } from './line';
import type { Row } from './index';

const MANY = Number(process.env.MANY ?? 2_000);
const AT_ONCE = 5;
const IDLE_MS = Number(process.env.IDLE_SECS ?? 62) * 1_000;
const SAMPLES = 30;
const PATIENCE_MS = 900_000;
const THEIRS = 'wait-node';

const waitNode = waitForPost('wait-node-resume', { minutes: 60 });

/** Many executions that wait in one n8n: what they cost while they do, over a restart, and at the end. */
export async function manyWaiting(onProgress: (message: string) => void): Promise<Row[]> {
	const ours = await measure(DIALS, onProgress);
	const theirs = await measure(THEIRS, onProgress);
	const { idle, memory, response, ready } = ours;
	const many = MANY.toLocaleString('en');
	return [
		[
			`${many} executions that wait in one n8n`,
			[
				`memory ${memory.join(' MB, then ')} MB (n8n's Wait nodes: ${theirs.memory.join(' MB, then ')} MB)`,
				`processor while nothing happens: ${idle.join(' ms a second, then ')} ms a second (Wait nodes: ${theirs.idle.join(', then ')})`,
				`an event is taken after ${response.join(' ms, then ')} ms`,
				`n8n is ready ${ready.toFixed(1)} s after a restart (Wait nodes: ${theirs.ready.toFixed(1)} s)`,
				ours.went,
			].join('; '),
		],
	];
}

async function measure(workflow: string, onProgress: (message: string) => void) {
	const line = await startLine({
		more: (baseUrl) => [reporting(THEIRS, waitNode, baseUrl)],
		onProgress,
	});
	try {
		const isOurs = workflow === DIALS;
		await waiting(line, workflow, SAMPLES);
		const memory = [usedMb()];
		const idle = [await idleCpu()];
		const response = isOurs ? [await responseMs(line)] : [];
		onProgress(`${workflow}: ${JSON.stringify({ memory, idle, response })}`);

		const since = Date.now();
		await waiting(line, workflow, MANY);
		onProgress(`${MANY} wait after ${(Date.now() - since) / 1_000} s`);
		memory.push(usedMb());
		idle.push(await idleCpu());
		memory.push(usedMb());
		if (isOurs) response.push(await responseMs(line));
		onProgress(`${workflow}: ${JSON.stringify({ memory, idle, response })}`);

		const stoppedAt = Date.now();
		await line.n8n.restart();
		const ready = (Date.now() - stoppedAt) / 1_000;
		idle.push(await idleCpu());
		memory.push(usedMb());
		const went = isOurs ? await resumeAll(line) : '';
		if (isOurs) memory.push(usedMb());
		onProgress(`${workflow}: ${JSON.stringify({ memory, idle, response, ready, went })}`);
		return { memory, idle, response, ready, went };
	} finally {
		await line.close();
	}
}

/** Starts so many executions, and waits until all of them wait. */
async function waiting(line: Line, workflow: string, many: number) {
	const before = await count(line.n8n, workflow, 'waiting');
	await inPool(Array.from({ length: many }), AT_ONCE, async () => await start(line, workflow));
	const wanted = before + many;
	await eventually(
		`${wanted} executions to wait`,
		async () => (await count(line.n8n, workflow, 'waiting')) >= wanted,
		PATIENCE_MS,
	);
}

/** How much of a second n8n works while nothing happens, in milliseconds. */
async function idleCpu() {
	const before = cpuMs();
	await sleep(IDLE_MS);
	return Math.round((cpuMs() - before) / (IDLE_MS / 1_000));
}

/** The median time until n8n has taken an event that comes by the trigger. Ends some of the waits. */
async function responseMs(line: Line) {
	const times: number[] = [];
	for (const leg of [...line.legs.values()].filter(notReported(line)).slice(0, SAMPLES)) {
		const sentAt = performance.now();
		const { status, text } = await delivered(async (id) => await line.viaTrigger(leg, HANGUP, id));
		if (status !== 200 || !text.includes('Handed over')) throw new Error(`${status} ${text}`);
		times.push(performance.now() - sentAt);
		await eventually('its report', () => line.reports.some(({ to }) => to === leg.to));
	}
	return Math.round(times.sort((a, b) => a - b)[Math.floor(times.length / 2)]);
}

const HANGUP = 'call.hangup';
const TRIES = 20;

/** Sends an event again while n8n is too busy, as Telnyx does. */
async function delivered(send: (id: string) => Promise<Reply>): Promise<Reply> {
	const id = randomUUID();
	for (let left = TRIES; ; left -= 1) {
		const reply = await send(id);
		if (reply.status !== 503 || left === 0) return reply;
		await sleep(500);
	}
}

const notReported =
	({ reports }: Line) =>
	({ to }: { to: string }) =>
		!reports.some((report) => report.to === to);

/** Lets all go on, every other one by an event that comes straight to it. */
async function resumeAll(line: Line): Promise<string> {
	const legs = [...line.legs.values()].filter(notReported(line));
	const since = Date.now();
	const refused: string[] = [];
	await inPool(legs, AT_ONCE, async (leg, index) => {
		const { status, text } = await delivered(async (id) =>
			index % 2 === 0 ? await line.straight(leg) : await line.viaTrigger(leg, HANGUP, id),
		);
		if (status !== 200) refused.push(`${status} ${text}`);
	});
	await eventually(
		'all to go on',
		() => line.reports.length >= line.legs.size || refused.length > 0,
		PATIENCE_MS,
	);
	const seconds = Math.round((Date.now() - since) / 1_000);
	const own = line.reports.filter(({ to, about }) => line.legs.get(to)?.id === about);
	const twice = line.reports.length - new Set(line.reports.map(({ to }) => to)).size;
	return `after it, ${legs.length} events are sent in ${seconds} s, ${refused.length} refused; all in all ${own.length} of ${line.legs.size} went on, each with its own event, ${twice} of them twice, ${line.started()} started anything else`;
}
