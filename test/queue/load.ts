/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import type { KeyPair } from '../simulator/keys';

/** Telnyx takes a webhook for lost after 2 s; a machine that is busy needs longer. */
const PATIENCE_MS = 10_000;

/**
 * A webhook like Telnyx's, signed.
 * @param mark finds its execution again in n8n's database
 */
export function webhook(keys: KeyPair, mark: string) {
	const body = JSON.stringify({
		data: {
			record_type: 'event',
			event_type: 'call.hangup',
			id: randomUUID(),
			occurred_at: new Date().toISOString(),
			payload: { call_control_id: `v3:${randomUUID()}`, client_state: null, mark },
		},
		meta: { attempt: 1, delivered_to: 'https://n8n.example.com/webhook' },
	});
	return { body, headers: keys.headers(body, Math.floor(Date.now() / 1000)) };
}

/**
 * Sends webhooks to several workflows in turn, so that whatever happens meets all of them alike.
 */
export function startLoad({
	keys,
	urlOf,
	ids,
	everyMs,
}: {
	keys: KeyPair;
	urlOf: (id: string) => string;
	/** Of the workflows. */
	ids: string[];
	/** Each workflow gets one. */
	everyMs: number;
}) {
	/** What was answered with success, by workflow. */
	const accepted: Record<string, string[]> = Object.fromEntries(ids.map((id) => [id, []]));
	/** How often what came instead. */
	const refused: Record<string, number> = {};
	let isOver = false;

	async function send(id: string, index: number) {
		const mark = `mark:${id}:${index}`;
		const { body, headers } = webhook(keys, mark);
		const signal = AbortSignal.timeout(PATIENCE_MS);
		const outcome = await fetch(urlOf(id), { method: 'POST', headers, body, signal }).then(
			async (answer) => {
				await answer.text();
				return answer.ok ? undefined : String(answer.status);
			},
			(error) => String(error.cause?.code ?? error.name),
		);
		if (outcome === undefined) accepted[id].push(mark);
		else refused[outcome] = (refused[outcome] ?? 0) + 1;
	}

	const sending = (async () => {
		const sent: Promise<void>[] = [];
		for (let index = 0; !isOver; index += 1) {
			for (const id of index % 2 ? ids : ids.toReversed()) sent.push(send(id, index));
			await sleep(everyMs);
		}
		await Promise.all(sent);
	})();
	return {
		accepted,
		refused,
		async stop() {
			isOver = true;
			await sending;
		},
	};
}

export function printRows(rows: object[]) {
	process.stdout.write(`${rows.map((row) => JSON.stringify(row)).join('\n')}\n`);
}
