/**
 * Writes docs/reference.md and docs/reference/ from the compiled catalogues: `npm run docs`.
 * With --check it only compares, for CI: `npm run docs:check`.
 */
const {
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} = require('node:fs');
const { join } = require('node:path');
const { catalogue } = require('../dist/nodes/catalogue');
const { outputOf, sendsRequest } = require('../dist/nodes/catalogue/schema/operation');
const { outputProperties } = require('../dist/nodes/operations/form/output');
const { requestOptions } = require('../dist/nodes/operations/form/requestOptions');
const { isShown, addedFields, sectionOf } = require('../dist/nodes/operations/layout');
const { checkedValues, toRequest } = require('../dist/nodes/operations/request');
const { commonPayload, events, groups } = require('../dist/nodes/telnyx/events');
const explained = require('../test/contract/explained.json');
const leftOutValues = require('../test/contract/leftOut.json');
const { waitProperties } = require('../dist/nodes/waiting/form');
const { canWait } = require('../dist/nodes/waiting/outcome');

/** Up to so many choices stand with what the form calls them. */
const FEW = 12;

const pages = Object.fromEntries([
	['reference.md', overview()],
	...catalogue.map((resource) => [pageOf(resource), resourcePage(resource)]),
]);
if (process.argv.includes('--check')) check();
else write();

function write() {
	rmSync(join(__dirname, 'reference'), { recursive: true, force: true });
	mkdirSync(join(__dirname, 'reference'));
	for (const [name, text] of Object.entries(pages)) writeFileSync(join(__dirname, name), text);
}

function check() {
	const extra = readdirSync(join(__dirname, 'reference')).filter(
		(name) => !(`reference/${name}` in pages),
	);
	const stale = Object.keys(pages).filter((name) => {
		const path = join(__dirname, name);
		return !existsSync(path) || readFileSync(path, 'utf8') !== pages[name];
	});
	if (extra.length + stale.length === 0) return;
	console.error('docs/reference is out of date: run `npm run build && npm run docs`.');
	process.exitCode = 1;
}

function pageOf({ value }) {
	return `reference/${value}.md`;
}

function overview() {
	const count = catalogue.flatMap(({ operations }) => Object.keys(operations)).length;
	return lines([
		'# Reference',
		'',
		'Made from the catalogues by `npm run docs`. Do not edit by hand.',
		'',
		`- [Operations](#operations) of the Telnyx Advanced node: ${count}`,
		`- [Events](#events) of the Telnyx Advanced Trigger: ${events.length}, and all others through *All Events* or by their type`,
		'- [What is left out or different](#what-is-left-out-or-different) from the Telnyx API, and why',
		'',
		'## Operations',
		'',
		'| Resource | Operation | What it does |',
		'| --- | --- | --- |',
		...catalogue.flatMap((resource) =>
			Object.values(resource.operations).map(
				({ name, description }) =>
					`| ${resource.name} | [${name}](${pageOf(resource)}#${anchorOf(name)}) | ${cell(description)} |`,
			),
		),
		'',
		'### Request Options',
		'',
		'Every operation has them. An option counts once it is added; [Delivery](delivery.md) says what holds without it.',
		'',
		...ownTable(requestOptions.options, (start) => `${start} when added`),
		'## Events',
		'',
		`Every item has \`record_type\`, \`event_type\`, \`id\`, \`occurred_at\`, \`payload\`, \`meta\` and \`client_state\` (decoded). The payload normally has ${codes(Object.keys(commonPayload))}; the table names what an event has besides. Fields that Telnyx adds later are passed through.`,
		'',
		'With *Simplify*, an item is flat: `event_type`, `id`, `occurred_at`, the fields named here, and `client_state` (decoded).',
		'',
		'| Chooses several at once | Name | Which |',
		'| --- | --- | --- |',
		...groups.map(({ name, type, description }) => `| ${name} | \`${type}\` | ${description} |`),
		'',
		...['call', 'conference', 'siprec', 'streaming'].flatMap(eventSection),
		'## What is left out or different',
		'',
		"Everything else that Telnyx's SDK has for voice is in: every endpoint, every field that it does not call deprecated, every value. `npm run contract` compares the two.",
		'',
		'| Operation | Field | Why |',
		'| --- | --- | --- |',
		...Object.entries(explained).map(([place, reason]) => leftOutRow(place, reason)),
		...Object.entries(leftOutValues).flatMap(([field, values]) =>
			Object.entries(values).map(
				([value, reason]) =>
					`| where the form does not offer it | \`${field}\`: \`${value}\` | ${cell(upper(reason))} |`,
			),
		),
	]);
}

function eventSection(group) {
	return [
		`### \`${group}.*\``,
		'',
		'| Event | `event_type` | When | Payload |',
		'| --- | --- | --- | --- |',
		...events
			.filter(({ type }) => type.startsWith(`${group}.`))
			.map(
				({ name, type, description, payload }) =>
					`| ${name} | \`${type}\` | ${cell(description)} | ${codes(Object.keys(payload)) || 'nothing more'} |`,
			),
		'',
	];
}

/** A place such as `call/dial.assistant.name`. */
function leftOutRow(place, reason) {
	const [, value, key, field] = /^(\w+)\/(\w+)(?:\.(.+))?$/.exec(place);
	const resource = catalogue.find((one) => one.value === value);
	const { name } = resource.operations[key];
	const link = `[${resource.name} > ${name}](${pageOf(resource)}#${anchorOf(name)})`;
	return `| ${link} | ${field ? `\`${field}\`` : ''} | ${cell(upper(reason))} |`;
}

/** Where a heading is found on its page. */
function anchorOf(heading) {
	return heading
		.toLowerCase()
		.replace(/[^\w\s-]/g, '')
		.replaceAll(' ', '-');
}

function upper(text) {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

function resourcePage(resource) {
	const { name, value, operations } = resource;
	return lines([
		`# ${name} (\`${value}\`)`,
		'',
		'Made from the catalogue by `npm run docs`. Do not edit by hand.',
		'',
		'Each field has the name of the form, and the one in code letters that workflows and the Telnyx API have. **Bold** fields are required. Fields below the name of a collection (*Options*, for example) are found under it in the form, and are sent only if you add them.',
		'',
		...Object.values(operations).map(
			({ name, action }) => `- [${name}](#${anchorOf(name)}): ${action}`,
		),
		'',
		...Object.entries(operations).flatMap(([key, operation]) => operationSection(key, operation)),
	]);
}

function operationSection(key, operation) {
	const { name, description, request, docs, fields } = operation;
	return [
		`## ${name}`,
		'',
		sentence(description),
		'',
		sendsRequest(operation)
			? `\`${key}\` in a workflow, [\`${request}\`](${docs}) at Telnyx`
			: `\`${key}\` in a workflow. It sends nothing.`,
		'',
		following(operation),
		'',
		...(Object.keys(fields).length > 0 ? table(fields) : []),
		...(sendsRequest(operation) ? example(operation) : []),
		...ownTable([...waitProperties(operation), ...outputProperties(operation)]),
		`Puts out ${codes(Object.keys(outputOf(operation))) || 'what Telnyx answers'}.`,
		'',
	];
}

function following(operation) {
	const { request, fields, events } = operation;
	const { success, failure, detected = [], others = [] } = events;
	if (!sendsRequest(operation)) return '[More about waiting](../waiting.md).';
	if (request.startsWith('GET')) return 'Changes nothing.';
	const webhooks = [
		success.length > 0 && `It worked out: ${codes(success)}.`,
		detected.length > 0 && `It worked out, with answering machine detection: ${codes(detected)}.`,
		failure.length > 0 && `It did not: ${codes(failure)}.`,
		others.length > 0 && `Also sent: ${codes(others)}.`,
	].filter(Boolean);
	const repeats =
		'command_id' in fields
			? 'Has a command ID: a retry is carried out only once.'
			: 'Has no command ID.';
	return `${webhooks.length > 0 ? `Webhooks that follow: ${webhooks.join(' ')}` : 'No webhook follows.'} ${canWait(operation) ? 'The node can [wait for the outcome](../waiting.md). ' : ''}${repeats}`;
}

function table(fields) {
	const shown = Object.entries(fields).filter(([, field]) => isShown(field));
	const sections = new Map();
	for (const [name, field] of addedFields(fields)) {
		const section = sectionOf(field);
		sections.set(section, [...(sections.get(section) ?? []), [name, field]]);
	}
	return [
		'| Field | In a workflow | Value | Meaning |',
		'| --- | --- | --- | --- |',
		...rows(shown),
		...[...sections].flatMap(([{ name, title }, added]) => [
			`| *${title}* | \`${name}\` | collection | |`,
			...rows(added),
		]),
		'',
	];
}

/** What the node asks for itself and does not send. */
function ownTable(properties, starts = (start) => `default ${start}`) {
	const asked = properties.filter(({ type }) => type !== 'notice');
	if (asked.length === 0) return [];
	return [
		'| Setting of the node | In a workflow | Value | Meaning |',
		'| --- | --- | --- | --- |',
		...asked.map(
			({ displayName, name, description, ...property }) =>
				`| ${displayName} | \`${name}\` | ${cell(`${ownKind(property)}, ${starts(ownStart(property))}`)} | ${cell(description)} |`,
		),
		'',
	];
}

function ownKind({ type, options = [] }) {
	switch (type) {
		case 'boolean':
			return 'on or off';
		case 'options':
			return named(options);
		case 'number':
			return 'number';
		default:
			return 'text';
	}
}

function ownStart({ type, default: start }) {
	if (type === 'boolean') return start ? 'on' : 'off';
	return type === 'number' ? start : `\`${start}\``;
}

function rows(entries, prefix = '', only = '') {
	return entries.flatMap(([name, field]) => {
		const { label, required, description } = field;
		const path = `${prefix}${name}`;
		return [
			`| ${required ? `**${label}**` : label} | \`${path}\` | ${cell(valueOf(field))} | ${cell(`${only}${description}`)} |`,
			...innerRows(path, field),
		];
	});
}

function innerRows(path, { kind, fields, variants, value }) {
	switch (kind) {
		case 'group':
			return rows(Object.entries(fields), `${path}.`);
		case 'list':
			return rows(Object.entries(fields), `${path}[].`);
		case 'mixedList':
			return variantRows(`${path}[]`, variants);
		case 'map':
			return value.kind === 'group' ? rows(Object.entries(value.fields), `${path}.*.`) : [];
		case 'oneOf':
			return variantRows(path, variants);
		case 'settings':
			return Object.entries(variants).flatMap(([choice, settings]) =>
				rows(Object.entries(settings), `${path}.`, `For ${choice}: `),
			);
		default:
			return [];
	}
}

function variantRows(path, variants = {}) {
	return Object.values(variants).flatMap(({ label, fields }) =>
		rows(Object.entries(fields), `${path}.`, `For ${label}: `),
	);
}

function valueOf(field) {
	const { kind, choices, whole, min, max, also = [], variants, words, sends, open } = field;
	switch (kind) {
		case 'choice':
			return `${choicesOf(choices)}${open ? ', or another' : ''}`;
		case 'choices':
			return `some of ${choicesOf(choices)}`;
		case 'number': {
			const range = rangeOf(min, max);
			return `${whole ? 'whole number' : 'number'}${range}${also.map((n) => `, or ${n}`).join('')}`;
		}
		case 'numbers':
			return 'whole numbers, separated by commas';
		case 'count':
			return `whole number, at least ${min}, or ${codes(words)}`;
		case 'texts':
			return 'texts, separated by commas';
		case 'toggle':
			return 'on or off';
		case 'flag':
			return `on (\`${sends}\`) or left out`;
		case 'dateTime':
			return 'date and time';
		case 'locator':
			return 'chosen from a list, or an ID';
		case 'clientState':
			return 'text or JSON';
		case 'file':
			return "the name of one of the item's binary fields";
		case 'json':
			return `JSON ${field.shape}`;
		case 'group':
			return 'fields';
		case 'list':
			return 'rows';
		case 'map':
			return 'names and values';
		case 'oneOf':
			return `one of ${labelsOf(variants)}`;
		case 'mixedList':
			return `rows, each one of ${labelsOf(variants)}`;
		case 'settings':
			return `settings of ${Object.keys(variants).join(', ')}`;
		default:
			return 'text';
	}
}

function choicesOf(choices) {
	const values = Object.entries(choices);
	if (values.length > FEW) return codes(Object.keys(choices));
	return named(values.map(([value, choice]) => ({ name: choice.name ?? choice, value })));
}

function named(options) {
	return options
		.map(({ name, value }) => (name === value ? `\`${value}\`` : `${name} (\`${value}\`)`))
		.join(', ');
}

function labelsOf(variants) {
	return Object.values(variants)
		.map(({ label }) => label)
		.join(', ');
}

function rangeOf(min, max) {
	if (min === undefined) return max === undefined ? '' : `, at most ${max}`;
	return max === undefined ? `, at least ${min}` : `, ${min} to ${max}`;
}

/** What the node sends when the form holds the values of its placeholders. */
function example(operation) {
	const given = Object.fromEntries(
		Object.entries(operation.fields)
			.filter(([, field]) => isShown(field) && field.notWith === undefined)
			.map(([name, field]) => [name, exampleValue(field)])
			.filter(([, value]) => value !== undefined),
	);
	const { method, path, query, body } = toRequest(
		operation,
		checkedValues(operation, given, []),
		() => 'derived',
	);
	const { command_id: derived, ...sent } = body ?? {};
	const search = query ? `?${new URLSearchParams(query)}` : '';
	return [
		'```http',
		`${method} ${path}${search}`,
		...(Object.keys(sent).length > 0 ? ['', JSON.stringify(sent, null, 2)] : []),
		'```',
		'',
	];
}

function exampleValue({ kind, placeholder, start, required, fields, choices }) {
	if (placeholder) return placeholder.replace(/^e\.g\. /, '');
	switch (kind) {
		case 'choice':
		case 'toggle':
		case 'number':
			return required ? start : undefined;
		case 'choices':
			return required ? [Object.keys(choices)[0]] : undefined;
		case 'file':
			return 'data';
		case 'group':
			return required ? exampleFields(fields) : undefined;
		case 'list':
			return required ? [exampleFields(fields)] : undefined;
		default:
			return undefined;
	}
}

function exampleFields(fields) {
	return Object.fromEntries(
		Object.entries(fields)
			.map(([name, field]) => [name, exampleValue(field)])
			.filter(([, value]) => value !== undefined),
	);
}

function codes(names) {
	return names.map((name) => `\`${name}\``).join(', ');
}

function sentence(text) {
	return text.endsWith('.') ? text : `${text}.`;
}

function cell(text) {
	return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

function lines(all) {
	return `${all.join('\n').trimEnd()}\n`;
}
