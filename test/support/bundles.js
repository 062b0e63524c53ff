const { createHash } = require('node:crypto');
const { existsSync, readFileSync } = require('node:fs');
const { mkdir, mkdtemp, rename, rm } = require('node:fs/promises');
const { join } = require('node:path');
const { build } = require('esbuild');

/** Packages of hundreds of files, which jest would look up, read and compile anew for each test file. */
const PACKAGES = ['fast-check', 'fastify', 'n8n-core', 'n8n-workflow', 'telnyx'];

/** Left as they are: partly compiled, and n8n-core loads them only when they are used. */
const NOT_BUNDLED = ['@sentry/*', 'ssh2'];

const ROOT = join(__dirname, '../..');
const CACHE = join(ROOT, 'node_modules/.cache/bundles');

/** Each set of installed packages has a folder of its own. */
const FOLDER = join(
	CACHE,
	createHash('sha256')
		.update(readFileSync(join(ROOT, 'package-lock.json')))
		.update(readFileSync(__filename))
		.digest('hex')
		.slice(0, 16),
);

/** Where jest finds these packages. */
const moduleNameMapper = { [`^(${PACKAGES.join('|')})$`]: join(FOLDER, '$1.js') };

/** Makes a single file of each package, unless an earlier run did. Each uses the files of the others. */
async function bundlePackages() {
	if (existsSync(FOLDER)) return;
	await rm(CACHE, { recursive: true, force: true });
	await mkdir(CACHE, { recursive: true });
	const folder = await mkdtemp(join(CACHE, 'unfinished-'));
	await Promise.all(PACKAGES.map(async (name) => await bundle(name, folder)));
	// Under its final name the folder is complete.
	await rename(folder, FOLDER);
}

/**
 * @param {string} name
 * @param {string} folder
 */
const bundle = async (name, folder) =>
	await build({
		// Loaded by `require`, because the exports of a module could not be spied on.
		stdin: { contents: `module.exports = require('${name}');`, resolveDir: ROOT },
		outfile: join(folder, `${name}.js`),
		bundle: true,
		platform: 'node',
		target: 'node20',
		keepNames: true,
		external: [...PACKAGES.filter((other) => other !== name), ...NOT_BUNDLED],
		alias: { callsites: join(__dirname, 'callsites.ts') },
		logLevel: 'error',
	});

module.exports = { bundlePackages, moduleNameMapper };
