/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { scripts } from '../../package.json';
import type { Simulator } from '../simulator';
import { eventually } from '../support/eventually';
import { start, type Guarded } from '../support/guarded';
import { freePortForLater } from '../support/ports';
import { NUMBERS, startAccount } from './simulated';
import { leftIn, UNTOUCHED } from './simulated/leftovers';

/** One that lasts long enough to be interrupted. */
const OBSERVATION = 'The end: the time limit';

let folder: string;
let account: Awaited<ReturnType<typeof startAccount>>;
let program: Guarded | undefined;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'telnyx-live-'));
	account = await startAccount();
});

afterEach(async () => {
	await program?.stop();
	program = undefined;
	await account.close();
	await rm(folder, { recursive: true, force: true });
});

/** Starts the check in a process group of its own, as a terminal does; the shell prints the group's ID. */
async function launch(command: string) {
	const { simulator } = account;
	const port = await freePortForLater();
	const options = `--yes --only '^${OBSERVATION}$' --report '${reportFile()}'`;
	program = start('sh', ['-c', `echo "group $$"; exec ${command} ${options}`], {
		cwd: join(__dirname, '../..'),
		env: {
			...process.env,
			TELNYX_API_KEY: simulator.apiKey,
			TELNYX_LIVE_API: simulator.baseUrl,
			TELNYX_LIVE_NUMBERS: NUMBERS.join(','),
			TELNYX_LIVE_PORT: String(port),
			TELNYX_LIVE_URL: `http://127.0.0.1:${port}`,
		},
	});
	const { ended, output } = program;
	let printed = '';
	output.on('data', (text) => (printed += text));
	await eventually('a call', () => areTalking(simulator));
	const group = Number(/^group (\d+)/.exec(printed)?.[1]);
	return {
		said: () => printed,
		ended,
		output,
		/** Sends it a signal, as a terminal does. */
		signal: (name: NodeJS.Signals) => process.kill(-group, name),
	};
}

const reportFile = () => join(folder, 'report.md');

/** Whether both ends of a call are answered. */
const areTalking = ({ calls }: Simulator) =>
	[...calls.values()].filter(({ state }) => state === 'answered').length === 2;

it('removes everything on Ctrl-C, and writes the report', async () => {
	const run = await launch('npm run live --');

	run.signal('SIGINT');

	expect(await run.ended).not.toBe(0);
	expect(run.said()).toContain('Stopping. What was made is removed first.');
	expect(leftIn(account.simulator)).toEqual(UNTOUCHED);
	expect(await readFile(reportFile(), 'utf8')).toContain('The run was stopped before its end.');
});

it('does the same when its terminal is closed', async () => {
	const run = await launch(scripts.live);

	run.output.destroy();
	run.signal('SIGHUP');

	expect(await run.ended).not.toBe(0);
	expect(leftIn(account.simulator)).toEqual(UNTOUCHED);
	expect(await readFile(reportFile(), 'utf8')).toContain('The run was stopped before its end.');
});

it.each(['demo', 'live'] as const)(
	'npm run %s is started without the wrapper of tsx, which kills it if it is busy when somebody presses Ctrl-C',
	(name) => expect(scripts[name]).toMatch(/^node --import tsx /),
);
