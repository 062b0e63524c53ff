const { existsSync } = require('node:fs');
const { join } = require('node:path');

const { installN8n, LAST_1_VERSION } = require('../support/installN8n');
const { startRegistry } = require('../support/registry');

const ROOT = join(__dirname, '../..');

/**
 * Before all tests: n8n is installed, because no time limit applies here, and the package is put
 * into a registry, from which every test installs it by name.
 */
module.exports = async () => {
	const { n8n } = require(join(ROOT, 'package.json'));
	const missing = [...n8n.nodes, ...n8n.credentials].filter(
		(file) => !existsSync(join(ROOT, file)),
	);
	if (missing.length > 0) {
		throw new Error(`Run 'npm run build' first, there is no ${missing.join(', ')}`);
	}
	/** @type {import('../support/cache').OnProgress} */
	const onProgress = (message, share) => {
		if (share === undefined) console.log(message);
	};
	const installation = await installN8n({ onProgress });
	await installN8n({ version: LAST_1_VERSION, onProgress });
	const registry = await startRegistry({ installation, onProgress });
	process.env.TEST_REGISTRY = registry.url;
	globalThis.stopRegistry = registry.stop;
};
