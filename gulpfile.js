const { rm } = require('node:fs/promises');
const { Readable } = require('node:stream');
const { dest, parallel, src } = require('gulp');
const Vinyl = require('vinyl');

require('tsx/cjs');
const { outputSchemas } = require('./build/outputSchemas');

/** Icons are not TypeScript, so tsc leaves them behind. */
const icons = () => src('nodes/**/*.svg', { encoding: false, base: '.' }).pipe(dest('dist'));

const schemas = () =>
	Readable.from(
		[...outputSchemas()].map(([path, schema]) => {
			const text = `${JSON.stringify(schema, null, '\t')}\n`;
			return new Vinyl({ path, contents: Buffer.from(text) });
		}),
	).pipe(dest('dist/nodes'));

exports.clean = () => rm('dist', { recursive: true, force: true });
exports.build = parallel(icons, schemas);
