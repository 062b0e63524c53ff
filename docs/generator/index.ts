/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console -- test code, never shipped */
/**
 * Writes docs/reference.md and docs/reference/ from the catalogues: `npm run docs`.
 * With --check it only compares, for CI: `npm run docs:check`.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { catalogue } from '../../nodes/catalogue';
import { overview, pathOf } from './overview';
import { resourcePage } from './resource';

const DOCS = join(__dirname, '..');
const FOLDER = 'reference';

/** The texts by their paths below docs. */
const pages = new Map([
	['reference.md', overview()],
	...catalogue.map((resource) => [pathOf(resource), resourcePage(resource)] as const),
]);

function write() {
	rmSync(join(DOCS, FOLDER), { recursive: true, force: true });
	mkdirSync(join(DOCS, FOLDER));
	for (const [path, text] of pages) writeFileSync(join(DOCS, path), text);
}

function check() {
	const extra = readdirSync(join(DOCS, FOLDER))
		.map((name) => `${FOLDER}/${name}`)
		.filter((path) => !pages.has(path));
	const stale = [...pages].filter(([path, text]) => {
		const file = join(DOCS, path);
		return !existsSync(file) || readFileSync(file, 'utf8') !== text;
	});
	if (extra.length + stale.length === 0) return;
	const paths = [...extra, ...stale.map(([path]) => path)].join(', ');
	console.error(`Out of date: ${paths}. Run \`npm run docs\`.`);
	process.exitCode = 1;
}

if (process.argv.includes('--check')) check();
else write();
