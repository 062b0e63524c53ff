const { createHash } = require('node:crypto');
const { transformSync, version } = require('esbuild');

/**
 * How esbuild is told to write what jest runs.
 * @type {import('esbuild').TransformOptions}
 */
const OPTIONS = {
	loader: 'ts',
	format: 'cjs',
	target: 'node20',
	sourcemap: 'external',
	// Jest has none without a switch of Node.js.
	supported: { 'dynamic-import': false },
};

/**
 * Takes the types out, which `npm run types` has checked. Much faster than a compiler that reads them,
 * which counts where nothing is cached yet.
 * @type {import('@jest/transform').SyncTransformer}
 */
module.exports = {
	getCacheKey: (source, path) =>
		createHash('sha256')
			.update(JSON.stringify([version, OPTIONS, path, source]))
			.digest('hex'),
	process(source, path) {
		const { code, map } = transformSync(source, { ...OPTIONS, sourcefile: path });
		return { code, map };
	},
};
