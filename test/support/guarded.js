// @ts-check
const { spawn } = require('node:child_process');
const { rmSync } = require('node:fs');

/**
 * A program that cannot outlive us. Between it and us stands this very file as a process of its own:
 * it notices when its standard input ends, which happens however we end, and then ends the program
 * with all its children.
 * @typedef {object} Guarded
 * @property {import('node:stream').Readable} output what it prints, standard error included
 * @property {Promise<number>} ended its exit code
 * @property {() => Promise<void>} stop ends it, and resolves when it is gone
 * @property {() => Promise<void>} kill the same without a chance to tidy up, and without removing a folder
 * @property {() => Promise<void>} pause ends it as `stop` does, but without removing a folder
 */

/** Those that run. @type {Set<Guarded>} */
const running = new Set();

/**
 * Starts a program.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, removeAfter?: string }} [options]
 * `removeAfter`: a folder to be removed once the program has ended
 * @returns {Guarded}
 */
function start(command, args, { cwd, env, removeAfter } = {}) {
	const job = JSON.stringify({ command, args, removeAfter });
	// In a group of its own, so that it survives whoever ends ours, and can do its duty.
	const options = { cwd, env, detached: true, stdio: /** @type {'pipe'} */ ('pipe') };
	const guard = spawn(process.execPath, [__filename, job], options);
	guard.stdin.on('error', () => {});
	/** @type {Promise<number>} */
	const ended = new Promise((resolve, reject) => {
		guard.on('error', reject);
		guard.on('close', (code) => resolve(code ?? 1));
	});
	/** @param {string} [order] */
	const end = async (order) => {
		guard.stdin.end(order);
		await ended;
	};
	/** @type {Guarded} */
	const guarded = {
		output: guard.stdout,
		ended,
		stop: async () => await end(),
		kill: async () => await end(KILL),
		pause: async () => await end(PAUSE),
	};
	running.add(guarded);
	void ended.catch(() => {}).then(() => running.delete(guarded));
	return guarded;
}

/** Ends all programs that were started from here. Whoever waits for one hears that it failed. */
async function stopAll() {
	await Promise.allSettled([...running].map(async ({ stop }) => await stop()));
}

/**
 * Runs a program to its end.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<string>} what it printed
 * @throws if it fails, with the last lines of what it printed
 */
async function run(command, args, options) {
	const { output, ended } = start(command, args, options);
	let printed = '';
	output.setEncoding('utf8').on('data', (text) => (printed += text));
	const code = await ended;
	if (code !== 0) {
		const tail = printed.trimEnd().split('\n').slice(-30).join('\n');
		throw new Error(`'${[command, ...args].join(' ')}' ended with code ${code}:\n${tail}`);
	}
	return printed;
}

const PATIENCE_MS = 15_000;

const KILL = 'kill';
const PAUSE = 'pause';

/** @param {{ command: string, args: string[], removeAfter?: string }} job */
function guard({ command, args, removeAfter }) {
	let order = '';
	const program = spawn(command, args, { detached: true, stdio: ['ignore', 1, 1] });
	/** @param {NodeJS.Signals} signal to the program and all that it started */
	const send = (signal) => {
		try {
			process.kill(-Number(program.pid), signal);
		} catch {
			// They are gone already.
		}
	};
	/** @param {number} code */
	const leave = (code) => {
		send('SIGKILL');
		if (removeAfter && order === '')
			rmSync(removeAfter, { recursive: true, force: true, maxRetries: 5 });
		process.exit(code);
	};
	const stop = () => {
		if (order === KILL) return send('SIGKILL');
		send('SIGTERM');
		setTimeout(send, PATIENCE_MS, 'SIGKILL').unref();
	};
	program.on('error', (error) => {
		console.log(error.message);
		leave(127);
	});
	program.on('exit', (code) => leave(code ?? 1));
	process.stdin.on('data', (text) => (order += text));
	process.stdin.on('end', stop).on('error', stop);
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
}

if (require.main === module) guard(JSON.parse(process.argv[2]));

module.exports = { run, start, stopAll };
