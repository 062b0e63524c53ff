const { existsSync } = require('node:fs');
const { join } = require('node:path');

const { installN8n } = require('../support/realN8n');

const ROOT = join(__dirname, '../..');

/** Before the tests, because no time limit applies here: the first installation takes minutes. */
module.exports = async () => {
	const { n8n } = require(join(ROOT, 'package.json'));
	const missing = [...n8n.nodes, ...n8n.credentials].filter(
		(file) => !existsSync(join(ROOT, file)),
	);
	if (missing.length > 0) {
		throw new Error(`Run 'npm run build' first, there is no ${missing.join(', ')}`);
	}
	await installN8n({ onProgress: console.log });
};
