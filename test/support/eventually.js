// @ts-check
const { setTimeout: sleep } = require('node:timers/promises');

const WAIT_MS = 30_000;
const POLL_MS = 100;

/**
 * Asks again and again until the answer is something.
 * @template T
 * @param {string} what for the message when time is up
 * @param {() => T | Promise<T>} ask
 * @param {number} [patienceMs]
 * @returns {Promise<Exclude<T, undefined | null | false>>}
 */
async function eventually(what, ask, patienceMs = WAIT_MS) {
	const end = Date.now() + patienceMs;
	for (;;) {
		const answer = await ask();
		if (answer) return /** @type {any} */ (answer);
		if (Date.now() > end) throw new Error(`Waited ${patienceMs / 1000} s in vain for ${what}`);
		await sleep(POLL_MS);
	}
}

module.exports = { eventually };
