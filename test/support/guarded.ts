/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console, @n8n/community-nodes/no-dangerous-functions -- test code, never shipped */
import { spawn, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import type { Readable } from 'node:stream';

/**
 * A program that cannot outlive us. Between it and us stands this very file as a process of its own:
 * it notices when its standard input ends, which happens however we end, and then ends the program
 * with all its children.
 */
export interface Guarded {
	/** Its output, standard error included. */
	output: Readable;
	/** Its exit code. */
	ended: Promise<number>;
	/** Ends it, and resolves when it is gone. */
	stop: () => Promise<void>;
	/** The same without a chance to tidy up, and without removing a folder. */
	kill: () => Promise<void>;
	/** Ends it as `stop` does, but without removing a folder. */
	pause: () => Promise<void>;
}

/** A program and its arguments. */
export type Command = [program: string, args: string[]];

interface Surroundings {
	cwd?: string;
	env?: NodeJS.ProcessEnv;
	/** A folder to be removed once the program has ended. */
	removeAfter?: string;
	/** What to run once it has ended, however it did, because a part of it may still go on. */
	cleanUp?: Command;
}

/** Node.js does not read TypeScript by itself. */
const TSX = require.resolve('tsx/cjs');

/** The running programs. */
const running: Set<Guarded> = new Set();

/** Starts a program. */
export function start(
	command: string,
	args: string[],
	{ cwd, env, removeAfter, cleanUp }: Surroundings = {},
): Guarded {
	const job: Job = { command, args, removeAfter, cleanUp };
	// In a group of its own, so that it survives whoever ends ours, and can do its duty.
	const options = { cwd, env, detached: true, stdio: 'pipe' as const };
	const guard = spawn(
		process.execPath,
		['--require', TSX, __filename, JSON.stringify(job)],
		options,
	);
	guard.stdin.on('error', () => {});
	const ended: Promise<number> = new Promise((resolve, reject) => {
		guard.on('error', reject);
		guard.on('close', (code) => resolve(code ?? 1));
	});
	const end = async (order?: string) => {
		guard.stdin.end(order);
		await ended;
	};
	const guarded: Guarded = {
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
export async function stopAll() {
	await Promise.allSettled([...running].map(async ({ stop }) => await stop()));
}

/**
 * Runs a program to its end.
 * @returns what it printed
 * @throws if it fails, with the last lines of what it printed
 */
export async function run(
	command: string,
	args: string[],
	options?: Surroundings,
): Promise<string> {
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

/** What the guard is told. */
interface Job extends Pick<Surroundings, 'removeAfter' | 'cleanUp'> {
	command: string;
	args: string[];
}

function guard({ command, args, removeAfter, cleanUp }: Job) {
	let order = '';
	const program = spawn(command, args, { detached: true, stdio: ['ignore', 1, 1] });
	/** @param signal to the program and all that it started */
	const send = (signal: NodeJS.Signals) => {
		try {
			process.kill(-Number(program.pid), signal);
		} catch {
			// They are gone already.
		}
	};
	const leave = (code: number) => {
		send('SIGKILL');
		if (cleanUp) spawnSync(...cleanUp, { stdio: 'ignore', timeout: PATIENCE_MS });
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
