/**
 * Writes docs/reference.md from the compiled catalogues: `npm run docs`.
 * With --check it only compares, for CI: `npm run docs:check`.
 */
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { catalogue } = require('../dist/nodes/TelnyxAdvanced/catalogue');
const {
	CLIENT_STATE_ENCODED,
	clientStateEncoded,
} = require('../dist/nodes/TelnyxAdvanced/catalogue/shared');
const { commonPayload, events } = require('../dist/nodes/TelnyxAdvancedTrigger/events');

const path = join(__dirname, 'reference.md');
const text = reference();

if (!process.argv.includes('--check')) {
	writeFileSync(path, text);
} else if (readFileSync(path, 'utf8') !== text) {
	console.error('docs/reference.md is out of date: run `npm run build && npm run docs`.');
	process.exitCode = 1;
}

function reference() {
	const operations = catalogue.flatMap((resource) => Object.values(resource.operations));
	return [
		'# Reference',
		'',
		'Made from the catalogues by `npm run docs`. Do not edit by hand.',
		'',
		`- [Operations](#operations) of the Telnyx Advanced node: ${operations.length}`,
		`- [Events](#events) of the Telnyx Advanced Trigger: ${events.length}, and all others through *All Events*`,
		'',
		'## Operations',
		'',
		'The name in code letters is the name in the workflow and in the Telnyx API. **Bold** fields are required; the others are found under *Options*, and are sent only if you add them.',
		'',
		...catalogue.flatMap(resourceSection),
		'## Events',
		'',
		`Every item has \`record_type\`, \`event_type\`, \`id\`, \`occurred_at\`, \`payload\`, \`meta\` and \`client_state\` (decoded). The payload normally has ${list(Object.keys(commonPayload))}; the table names what an event has besides. Fields that Telnyx adds later are passed through.`,
		'',
		'| Event | `event_type` | When | Payload |',
		'| --- | --- | --- | --- |',
		...events.map(
			({ name, type, description, payload }) =>
				`| ${name} | \`${type}\` | ${description} | ${list(Object.keys(payload)) || 'nothing more'} |`,
		),
		'',
	].join('\n');
}

function resourceSection({ name, value, operations }) {
	return [
		`### ${name} (\`${value}\`)`,
		'',
		...Object.entries(operations).flatMap(([key, operation]) => operationSection(key, operation)),
	];
}

function operationSection(key, { name, description, request, docs, fields, events: outcome }) {
	const reported = [...outcome.success, ...outcome.failure];
	const repeats =
		'command_id' in fields
			? 'Has a command ID: a retry is carried out only once.'
			: 'Has no command ID: Telnyx carries out every repetition.';
	return [
		`#### ${name} (\`${key}\`)`,
		'',
		`${description}. [\`${request}\`](${docs})`,
		'',
		`${reported.length > 0 ? `Outcome by webhook: ${list(reported)}.` : 'No webhook reports the outcome.'} ${repeats}`,
		'',
		'| Field | Name | Value | Meaning |',
		'| --- | --- | --- | --- |',
		...rows(fields),
		...(Object.values(fields).some(({ kind }) => kind === 'clientState')
			? rows({ [CLIENT_STATE_ENCODED]: clientStateEncoded })
			: []),
		'',
	];
}

function rows(fields, prefix = '', only = '') {
	return Object.entries(fields).flatMap(([name, field]) => {
		const { label, required, description, kind } = field;
		const meaning = `${only}${description}`.replaceAll('|', '\\|');
		return [
			`| ${required ? `**${label}**` : label} | \`${prefix}${name}\` | ${valueOf(field)} | ${meaning} |`,
			...(kind === 'settings'
				? Object.entries(field.variants).flatMap(([choice, settings]) =>
						rows(settings, `${prefix}${name}.`, `For ${choice}: `),
					)
				: []),
		];
	});
}

function valueOf({ kind, choices, whole, min, max, also = [], variants }) {
	switch (kind) {
		case 'choice':
			return list(Object.keys(choices));
		case 'number': {
			const range = rangeOf(min, max);
			return `${whole ? 'whole number' : 'number'}, ${range}${also.map((n) => `, or ${n}`).join('')}`;
		}
		case 'toggle':
			return 'on or off';
		case 'clientState':
			return 'text or JSON';
		case 'settings':
			return `settings of ${Object.keys(variants).join(', ')}`;
		default:
			return 'text';
	}
}

function rangeOf(min, max) {
	if (min === undefined) return max === undefined ? 'any' : `at most ${max}`;
	return max === undefined ? `at least ${min}` : `${min} to ${max}`;
}

function list(names) {
	return names.map((name) => `\`${name}\``).join(', ');
}
