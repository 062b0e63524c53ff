// @ts-check
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');

const { deriveRules } = require('./rules');

/**
 * The rules of the SDK that is installed. They are kept beside it, because TypeScript takes longer to
 * load than everything else together.
 * @returns {import('./rules').Rules}
 */
function loadRules() {
	const sdk = dirname(require.resolve('telnyx'));
	const { version } = JSON.parse(readFileSync(join(sdk, 'package.json'), 'utf8'));
	const reader = readFileSync(join(__dirname, 'rules.js'));
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

/**
 * Others may do the same at the same time, or the folder may be read-only: neither matters.
 * @param {string} folder
 * @param {string} file
 * @param {string} content
 */
function keep(folder, file, content) {
	const draft = `${file}.${process.pid}.${Date.now()}`;
	try {
		mkdirSync(folder, { recursive: true });
		writeFileSync(draft, content);
		renameSync(draft, file);
	} catch {
		rmSync(draft, { force: true });
	}
}

module.exports = { loadRules };
