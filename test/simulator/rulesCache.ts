/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { deriveRules, type Rules } from './rules';

/**
 * The rules of the SDK that is installed. They are cached next to it, because TypeScript takes
 * longer to load than everything else together.
 */
export function loadRules(): Rules {
	const sdk = dirname(require.resolve('telnyx/version'));
	const { version } = JSON.parse(readFileSync(join(sdk, 'package.json'), 'utf8'));
	const reader = readFileSync(join(__dirname, 'rules.ts'));
	const key = createHash('sha256').update(version).update(reader).digest('hex').slice(0, 16);
	const folder = join(dirname(sdk), '.cache/telnyx-simulator');
	const file = join(folder, `rules-${version}-${key}.json`);
	try {
		return JSON.parse(readFileSync(file, 'utf8'));
	} catch {
		const rules = deriveRules();
		keep(folder, file, JSON.stringify(rules));
		return rules;
	}
}

/** Another process may be writing the same file, or the folder may be read-only: neither matters. */
function keep(folder: string, file: string, content: string) {
	const draft = `${file}.${process.pid}.${Date.now()}`;
	try {
		mkdirSync(folder, { recursive: true });
		writeFileSync(draft, content);
		renameSync(draft, file);
	} catch {
		rmSync(draft, { force: true });
	}
}
