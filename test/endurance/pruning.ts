/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code, never shipped */
import { setTimeout as sleep } from 'node:timers/promises';

import { inPool } from '../../nodes/shared/pool';
import { eventually } from '../support/eventually';
import { count, DIALS, lastOf, start, startLine, type Line } from './line';
import type { Row } from './index';

const FINISHED = 30;
/** Longer than n8n takes until it prunes, which is set to a minute. */
const PRUNED_MS = 240_000;

const PRUNES = {
	EXECUTIONS_DATA_PRUNE: 'true',
	EXECUTIONS_DATA_PRUNE_MAX_COUNT: '5',
	EXECUTIONS_DATA_PRUNE_SOFT_DELETE_INTERVAL: '1',
	EXECUTIONS_DATA_PRUNE_HARD_DELETE_INTERVAL: '1',
	EXECUTIONS_DATA_HARD_DELETE_BUFFER: '0',
};

/** Executions that n8n prunes, or somebody deletes, while calls go on. */
export async function pruning(onProgress: (message: string) => void): Promise<Row[]> {
	const line = await startLine({ env: PRUNES, onProgress });
	try {
		const waiting = await start(line);
		const deleted = await start(line);
		await eventually('two to wait', async () => (await count(line.n8n, DIALS, 'waiting')) === 2);
		const last = await lastOf(line.n8n, DIALS);
		await inPool(Array.from({ length: FINISHED }), 3, async () => await through(line));
		const finished = await count(line.n8n, DIALS, 'success');
		const left = await eventually(
			'n8n to prune',
			async () => {
				const now = await count(line.n8n, DIALS, 'success');
				return now < FINISHED && now >= 0 ? { now } : undefined;
			},
			PRUNED_MS,
		);
		await line.n8n.rest('POST', '/executions/delete', { ids: [last?.id] });
		const isGone = (await count(line.n8n, DIALS, 'waiting')) === 1;
		const happened = `n8n removes ${finished - left.now} of ${finished} that have finished; the one that waits ${await goesOn(line, waiting)}`;
		onProgress(happened);
		const ofDeleted = `deleted: ${isGone}; ${await eventsOf(line, deleted)}`;
		onProgress(ofDeleted);
		return [
			['n8n prunes while executions wait', happened],
			['An execution is deleted while it waits', ofDeleted],
		];
	} finally {
		await line.close();
	}
}

/** A call that ends at once. */
async function through(line: Line) {
	const to = await start(line);
	await goesOn(line, to);
}

async function goesOn(line: Line, number: string) {
	const leg = await eventually('the call', () => line.legs.get(number));
	const { status } = await eventually('the pause', async () => {
		const reply = await line.straight(leg);
		return reply.status === 409 ? undefined : reply;
	});
	await eventually('the report', () => line.reports.some(({ to }) => to === number));
	return `goes on with its event (${status})`;
}

async function eventsOf(line: Line, number: string) {
	const leg = await eventually('the call', () => line.legs.get(number));
	const started = line.started();
	const straight = await line.straight(leg);
	const since = Date.now();
	const hangup = await line.viaTrigger(leg);
	const ms = Date.now() - since;
	const again = await line.viaTrigger(leg, 'call.bridged');
	await sleep(1_500);
	const errors = line.n8n.log.filter(({ level }) => level === 'error').length;
	return `the answer comes straight: ${straight.status} ${straight.text}; two events come to the trigger: ${hangup.status} ${hangup.text} after ${ms} ms, ${again.status} ${again.text}; they start ${line.started() - started} executions; ${errors} errors in the log`;
}
