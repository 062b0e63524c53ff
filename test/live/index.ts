/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, no-console -- test code, never shipped */
import { writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';

import { version } from '../../package.json';
import { describeCosts } from './costs';
import type { Observation } from './observation';
import { notObserved } from './observations/notObserved';
import { writeReport } from './report';
import { run, type Result, type Row } from './run';
import { chosenBy, readAccount, readOptions, USAGE, UsageError } from './settings';
import { startSimulatedAccount } from './simulated';

/** Aborted by Ctrl-C, or where somebody ends us in another way. */
const interrupt = new AbortController();

/**
 * `npm run live`: what the package and the simulator assume of Telnyx, beside what a real account shows.
 * Before it does anything that costs, it makes the same calls in the simulator, and says how many.
 */
async function main() {
	const options = readOptions(process.argv.slice(2));
	const chosen = chosenBy(options.only);
	if (options.isList) return console.log(chosen.map(({ name }) => name).join('\n'));

	const account = options.isSimulated ? undefined : readAccount(process.env);
	const rehearsal = await rehearse(chosen, options.isSimulated);
	if (!account) return finish(rehearsal.result, 'The simulator', options.report);
	if (interrupt.signal.aborted) return;

	assertTells(rehearsal.result);
	console.log(rehearsal.costs);
	if (!options.isAgreed && !(await agrees())) return;
	const result = await run({
		account,
		observations: chosen,
		signal: interrupt.signal,
		onRow: printRow,
		tell: console.log,
	});
	finish(result, 'Telnyx', options.report);
}

async function rehearse(chosen: Observation[], isAll: boolean) {
	const simulated = await startSimulatedAccount();
	try {
		const result = await run({
			account: simulated.account,
			observations: chosen,
			signal: interrupt.signal,
			watch: simulated.watch,
			...(isAll && { onRow: printRow }),
		});
		return { result, costs: describeCosts(simulated) };
	} finally {
		await simulated.close();
	}
}

const isSame = ({ verdict }: Row): boolean => verdict === 'same';

/** @throws if the rehearsal did not go as it should: then it does not tell what a run costs */
function assertTells({ problem, rows }: Result): void {
	if (problem || !rows.every(isSame)) {
		throw new Error(
			'The rehearsal in the simulator did not go as it should, so what a run costs is not known: npm run live -- --simulator says why.',
		);
	}
}

function finish(result: Result, against: string, file: string) {
	const report = writeReport({ against, date: new Date(), notObserved, result, version });
	writeFileSync(file, report);
	if (result.problem) console.error(`The run ended early: ${result.problem}`);
	console.log(`The report is in ${file}.`);
	const isFine = result.remaining.length === 0 && !result.isStopped && !result.problem;
	process.exitCode = isFine && result.rows.every(isSame) ? 0 : 1;
}

function printRow({ observation: { expected, name }, problem, seen, verdict }: Row) {
	console.log(`${verdict.padEnd(12)} ${name}`);
	if (verdict === 'different') {
		console.log(`  assumed: ${JSON.stringify(expected)}\n  seen:    ${JSON.stringify(seen)}`);
	}
	if (problem) console.log(`  ${problem}`);
}

async function agrees() {
	const terminal = createInterface({ input: process.stdin, output: process.stdout });
	terminal.on('SIGINT', () => interrupt.abort());
	try {
		const answer = await terminal.question('Go on? (yes/no) ', { signal: interrupt.signal });
		return /^y(es)?$/i.test(answer.trim());
	} catch {
		return false;
	} finally {
		terminal.close();
	}
}

// Nobody may read any more: a terminal that is closed must not keep us from removing what was made.
for (const output of [process.stdout, process.stderr]) output.on('error', () => {});

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
	process.on(signal, () => {
		if (!interrupt.signal.aborted) console.error('\nStopping. What was made is removed first.');
		interrupt.abort();
	});
}

main().catch((error: Error) => {
	console.error(error instanceof UsageError ? `${error.message}\n\n${USAGE}` : error.message);
	process.exitCode = 1;
});
