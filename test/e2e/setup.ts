/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console -- test code, never shipped */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { stepsTo } from '../support/cache';
import { n8n } from '../../package.json';
import { installN8n, LAST_1_VERSION } from '../support/installN8n';
import { startRegistry } from '../support/registry';

/** Jest hands nothing else from its setup to its teardown. */
export const shared = globalThis as { stopRegistry?: () => Promise<void> };

const ROOT = join(__dirname, '../..');

/**
 * Before all tests: n8n is installed, because no time limit applies here, and the package is put
 * into a registry, from which every test installs it by name.
 */
export default async () => {
	const missing = [...n8n.nodes, ...n8n.credentials].filter(
		(file) => !existsSync(join(ROOT, file)),
	);
	if (missing.length > 0) {
		throw new Error(`Run 'npm run build' first, there is no ${missing.join(', ')}`);
	}
	const onProgress = stepsTo(console.log);
	const installation = await installN8n({ onProgress });
	await installN8n({ version: LAST_1_VERSION, onProgress });
	const registry = await startRegistry({ installation, onProgress });
	process.env.TEST_REGISTRY = registry.url;
	shared.stopRegistry = registry.stop;
};
