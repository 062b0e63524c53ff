/* eslint-disable @n8n/community-nodes/no-restricted-globals, no-console -- test code, never shipped */
/**
 * Long tries with a real n8n, for the tables of docs/endurance.md: `npm run endurance -- waiting`. Without
 * a name, all of them.
 */
import { cancelling } from './cancelling';
import { manyItems } from './manyItems';
import { manyTimeLimits } from './manyTimeLimits';
import { manyWaiting } from './manyWaiting';
import { network } from './network';
import { pruning } from './pruning';
import { recording } from './recording';
import { twoN8n } from './twoN8n';

/** What was tried, and what happened. */
export type Row = [tried: string, happened: string];

type Try = (onProgress: (message: string) => void) => Promise<Row[]>;

const TRIES: Record<string, Try> = {
	waiting: manyWaiting,
	limits: manyTimeLimits,
	recording,
	cancelling,
	pruning,
	'two-n8n': twoN8n,
	items: manyItems,
	network,
};

async function main() {
	const [, , ...names] = process.argv;
	const unknown = names.filter((name) => !Object.hasOwn(TRIES, name));
	if (unknown.length > 0) {
		throw new Error(
			`No such try: ${unknown.join(', ')}. There are ${Object.keys(TRIES).join(', ')}`,
		);
	}
	const rows: Row[] = [];
	for (const name of names.length > 0 ? names : Object.keys(TRIES)) {
		console.error(`\n${name}`);
		rows.push(...(await TRIES[name](console.error)));
	}
	console.log('\n| Tried | What happened |\n| --- | --- |');
	for (const row of rows) console.log(`| ${row.join(' | ')} |`);
}

main().catch((error) => {
	console.error(error);
	process.exitCode = 1;
});
