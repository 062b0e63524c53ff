/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @typescript-eslint/no-require-imports, @n8n/community-nodes/no-dangerous-functions -- test code, never shipped */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const ROUNDS = 9;

/** n8n has n8n-workflow in memory already. */
const SCRIPT = `
require('n8n-workflow');
const startedAt = performance.now();
const types = process.argv.slice(1).map((path) => new (Object.values(require(path))[0])());
const ms = performance.now() - startedAt;
const kb = types.map(({ description }) => JSON.stringify(description).length / 1024);
console.log(JSON.stringify({ ms, kb }));`;

/**
 * How long Node.js takes to load both nodes, and how large their descriptions are, which n8n's editor
 * loads.
 * @param root of a built package
 */
export function measureLoading(root: string): { ms: number; kb: number[] } {
	const nodes = require(join(root, 'package.json')).n8n.nodes.map((path: string) =>
		join(root, path),
	);
	const measured = Array.from({ length: ROUNDS }, () =>
		JSON.parse(execFileSync(process.execPath, ['-e', SCRIPT, ...nodes], { encoding: 'utf8' })),
	);
	return measured.sort((a, b) => a.ms - b.ms)[Math.floor(ROUNDS / 2)];
}
