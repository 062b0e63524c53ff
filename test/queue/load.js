// @ts-check
const { randomUUID } = require('node:crypto');
const { setTimeout: sleep } = require('node:timers/promises');

/** Telnyx takes a webhook for lost after 2 s; a machine that is busy needs longer. */
const PATIENCE_MS = 10_000;

/**
 * A webhook like Telnyx's, signed.
 * @param {import('../simulator/keys').KeyPair} keys
 * @param {string} mark finds its execution again in n8n's database
 */
function webhook(keys, mark) {
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
 * @param {object} options
 * @param {import('../simulator/keys').KeyPair} options.keys
 * @param {(id: string) => string} options.urlOf
 * @param {string[]} options.ids of the workflows
 * @param {number} options.everyMs each workflow gets one
 */
function startLoad({ keys, urlOf, ids, everyMs }) {
	/** What was answered with success, by workflow. @type {Record<string, string[]>} */
	const accepted = Object.fromEntries(ids.map((id) => [id, []]));
	/** How often what came instead. @type {Record<string, number>} */
	const refused = {};
	let isOver = false;

	/** @param {string} id @param {number} index */
	async function send(id, index) {
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
		/** @type {Promise<void>[]} */
		const sent = [];
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

/** @param {object[]} rows */
function printRows(rows) {
	process.stdout.write(`${rows.map((row) => JSON.stringify(row)).join('\n')}\n`);
}

module.exports = { printRows, startLoad, webhook };
