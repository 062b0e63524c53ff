const { rm } = require('node:fs/promises');
const { Readable } = require('node:stream');
const { dest, parallel, src } = require('gulp');
const Vinyl = require('vinyl');

/** Icons are not TypeScript, so tsc leaves them behind. */
const icons = () => src('nodes/**/*.svg', { encoding: false, base: '.' }).pipe(dest('dist'));

function schemas() {
	// Here, because nothing else needs the catalogues.
	require('tsx/cjs');
	const { outputSchemas } = require('./build/outputSchemas');
	return Readable.from(
		[...outputSchemas()].map(([path, schema]) => {
			const text = `${JSON.stringify(schema, null, '\t')}\n`;
			return new Vinyl({ path, contents: Buffer.from(text) });
		}),
	).pipe(dest('dist/nodes'));
}

exports.clean = () => rm('dist', { recursive: true, force: true });
exports.build = parallel(icons, schemas);
