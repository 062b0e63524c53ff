/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console -- test code, never shipped */
/** Measures what docs/performance.md says, and prints its table: `npm run bench`. */
// n8n's default.
process.env.N8N_LOG_LEVEL = 'info';
process.env.N8N_ENCRYPTION_KEY = 'only-for-measuring';

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'telnyx-bench-'));
// n8n-core writes a settings file on import.
process.env.N8N_USER_FOLDER = folder;

import { measureCpu } from './cpu';
import { measureLoading } from './load';
import { measureInN8n, type Measured } from './realN8n';

const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
const times = (ratio: number) => ratio.toFixed(2);
/** Of 1,000 commands with 100 allowed in a second. */
const FLOOR_MS = 10_000;
/** Measured on another day: its package does not install everywhere. */
const GENERATED_MS = 48_600;

const memory = ({
	thousand: { peakMb: before = NaN },
	tenThousand: { peakMb: after = NaN },
}: {
	thousand: Measured;
	tenThousand: Measured;
}) => [`${after} MB`, `1,000 commands: ${before} MB`, times(after / before)];

async function main() {
	const loading = measureLoading(join(__dirname, '../..'));
	const cpu = await measureCpu(folder);
	console.error('processor', JSON.stringify(cpu));
	const { ours, http, growth, helperGrowth, oursLimited, httpLimited } = await measureInN8n(
		console.error,
	);
	const rows = [
		['Work', 'This node', 'Against', 'Ratio', 'Goal'],
		['---', '---', '---', '---', '---'],
		[
			'1,000 commands, answers after 50 ms',
			`${seconds(ours.ms)}, ${ours.mostAtOnce} at once`,
			`HTTP Request node: ${seconds(http.ms)}, ${http.mostAtOnce} at once`,
			times(ours.ms / http.ms),
			'at most 1.10',
		],
		[
			'the same',
			seconds(ours.ms),
			`generated Telnyx package: ${seconds(GENERATED_MS)} (an earlier run)`,
			`${(GENERATED_MS / ours.ms).toFixed(1)} times faster`,
			'at least 15',
		],
		[
			'1,000 commands, 100 a second allowed, 429 beyond',
			`${seconds(oursLimited.ms)}, ${oursLimited.carriedOut} carried out, ${oursLimited.twice} twice, ${oursLimited.requests} requests`,
			`floor of 10 s; HTTP Request node: ${httpLimited.carriedOut} carried out`,
			times(oursLimited.ms / FLOOR_MS),
			'at most 1.15, all once',
		],
		[
			'10,000 commands: time',
			seconds(growth.tenThousand.ms),
			`1,000 commands: ${seconds(growth.thousand.ms)}`,
			times(growth.tenThousand.ms / growth.thousand.ms),
			'at most 10.5',
		],
		["10,000 commands: n8n's peak memory", ...memory(growth), 'at most 1.30'],
		["the same with nothing but n8n's HTTP helper", ...memory(helperGrowth), 'to compare'],
		...Object.entries(cpu).map(([protocol, { node, helper }]) => [
			`processor time of a command over ${protocol.toUpperCase()}`,
			`${node.toFixed(3)} ms`,
			`n8n's HTTP helper alone: ${helper.toFixed(3)} ms`,
			times(node / helper),
			// Telnyx is reached by HTTPS only.
			protocol === 'https' ? 'at most 1.10' : 'to compare',
		]),
	];
	console.log(rows.map((row) => `| ${row.join(' | ')} |`).join('\n'));
	const [action, trigger] = loading.kb.map((kb) => `${kb.toFixed(0)} KB`);
	console.log(
		`\nLoading both nodes: ${loading.ms.toFixed(0)} ms. Descriptions: ${action} (action), ${trigger} (trigger).`,
	);
}

main()
	.catch((error) => {
		console.error(error);
		process.exitCode = 1;
	})
	.finally(() => rmSync(folder, { recursive: true, force: true }));
