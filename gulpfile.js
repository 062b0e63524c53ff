const { rm } = require('node:fs/promises');
const { Readable } = require('node:stream');
const { dest, parallel, src } = require('gulp');
const Vinyl = require('vinyl');

/** Icons are not TypeScript, so tsc leaves them behind. */
const icons = () => src('nodes/**/*.svg', { encoding: false, base: '.' }).pipe(dest('dist'));

/**
 * Output schemas, from which the editor shows a node's output before its first run. They follow from
 * the catalogues, so they are made from what tsc has just compiled.
 */
function schemas() {
	const { catalogue } = require('./dist/nodes/catalogue');
	const { outputOf } = require('./dist/nodes/catalogue/schema/operation');
	const { commonPayload, events } = require('./dist/nodes/telnyx/events');

	const ofOperations = catalogue.flatMap(({ value, operations }) =>
		Object.entries(operations).map(([name, operation]) =>
			schemaFile(
				`TelnyxAdvanced/__schema__/v1.0.0/${value}/${name}.json`,
				objectOf(outputOf(operation)),
			),
		),
	);
	const payload = Object.assign({}, commonPayload, ...events.map((event) => event.payload));
	const event = {
		record_type: 'string',
		event_type: 'string',
		id: 'string',
		occurred_at: 'string',
		payload,
		meta: { attempt: 'integer', delivered_to: 'string' },
		client_state: 'object',
	};
	const ofTrigger = schemaFile('TelnyxAdvancedTrigger/__schema__/v1.0.0.json', objectOf(event));
	return Readable.from([...ofOperations, ofTrigger]).pipe(dest('dist/nodes'));
}

const objectOf = (fields) => ({
	type: 'object',
	properties: Object.fromEntries(
		Object.entries(fields).map(([name, type]) => [
			name,
			typeof type === 'string' ? { type } : objectOf(type),
		]),
	),
});

const schemaFile = (path, schema) => {
	const text = JSON.stringify({ ...schema, version: 1 }, null, '\t');
	return new Vinyl({ path, contents: Buffer.from(`${text}\n`) });
};

exports.clean = () => rm('dist', { recursive: true, force: true });
exports.build = parallel(icons, schemas);
