// @ts-check
const { mkdir, readFile, rm, writeFile } = require('node:fs/promises');
const { join } = require('node:path');

const { cacheFolder } = require('../support/cache');
const { newPassword } = require('../support/realN8n');

/** @typedef {import('../support/n8nSession').Owner} Owner */

/**
 * What stays between two runs.
 * @typedef {object} Memory
 * @property {Owner} [owner] unless n8n is new
 * @property {{ apiKey: string, privateKey: string, baseUrl: string }} [account] at the simulator, that n8n's credential is for
 * @property {string[]} examples that n8n has, or had until somebody deleted them
 */

/**
 * @typedef {object} Home
 * @property {string} userFolder where n8n keeps everything
 * @property {Memory} memory
 * @property {Owner} newOwner for an n8n that has none
 * @property {() => Promise<void>} remember saves the memory
 * @property {() => Promise<void>} leave lets another run in
 */

/**
 * Opens the folder of the demo, in which one run at a time can be.
 * @param {{ isReset: boolean }} options
 * @returns {Promise<Home>}
 */
async function enterHome({ isReset }) {
	const folder = join(cacheFolder(), 'demo');
	const lock = join(folder, 'runs');
	const file = join(folder, 'memory.json');
	const other = Number(await readFile(lock, 'utf8').catch(() => 0));
	if (isRunning(other)) {
		throw new Error(
			`The demo is running already, as process ${other}. End that one first, with Ctrl-C where it runs.`,
		);
	}
	if (isReset) await rm(folder, { recursive: true, force: true });
	const userFolder = join(folder, 'n8n');
	await mkdir(userFolder, { recursive: true });
	await writeFile(lock, String(process.pid));
	const known = await readFile(file, 'utf8').catch(() => '{ "examples": [] }');
	/** @type {Memory} */
	const memory = JSON.parse(known);
	return {
		userFolder,
		memory,
		newOwner: { email: 'demo@example.com', password: newPassword() },
		remember: async () => await writeFile(file, JSON.stringify(memory), { mode: 0o600 }),
		leave: async () => await rm(lock, { force: true }),
	};
}

/** @param {number} id of a process, or 0 for none */
function isRunning(id) {
	if (!id) return false;
	try {
		return process.kill(id, 0);
	} catch {
		return false;
	}
}

module.exports = { enterHome };
