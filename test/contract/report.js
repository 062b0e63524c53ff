// @ts-check
/**
 * What the catalogue and the installed SDK do not have in common: `npm run contract`. Ends with 1 if
 * something is not explained in explained.json.
 */
const { VERSION } = require('telnyx/version');

const { catalogue } = require('../../dist/nodes/catalogue');
const { requestLine, sendsRequest } = require('../../dist/nodes/catalogue/schema/operation');
const { deriveRules } = require('../simulator/rules');
/** @type {Record<string, string>} */
const explained = require('./explained.json');
/** @type {Record<string, Record<string, string>>} values that no record offers, by the field's name */
const leftOut = require('./leftOut.json');

/** @typedef {import('../simulator/rules').Rule} Rule */
/** @typedef {Record<string, any>} Fields */

/** Asked by the node itself, page after page. */
const PAGING = ['page[number]', 'page[size]'];

const rules = deriveRules();
/** @type {Map<string, string[]>} what differs, by the place it is at */
const differences = new Map();
/** @type {string[]} */
const deprecated = [];
const differs = (/** @type {string} */ place, /** @type {string} */ how) =>
	differences.set(place, [...(differences.get(place) ?? []), how]);

const operations = catalogue.flatMap(({ value, operations }) =>
	Object.entries(operations)
		.filter(([, operation]) => sendsRequest(operation))
		.map(([name, operation]) => ({ place: `${value}/${name}`, operation })),
);
/** @param {string} request */
const normal = (request) => request.replace(/\{\w+\}/g, '{}');

/** @param {Rule} rule @returns {Rule[]} */
const alternatives = (rule) => (rule.is === 'union' ? rule.of.flatMap(alternatives) : [rule]);

/** Every field of the objects that a value may be. @param {Rule} rule */
const propertiesOf = (rule) =>
	Object.assign(
		{},
		...alternatives(rule).map((one) => (one.is === 'object' ? rules.objects[one.name] : {})),
	);

/**
 * @param {string} place
 * @param {Rule} rule
 * @param {Fields} fields
 * @param {string[]} besides
 */
function compareFields(place, rule, fields, besides = []) {
	const theirs = propertiesOf(rule);
	for (const [name, their] of Object.entries(theirs)) {
		if (besides.includes(name) && !(name in fields)) continue;
		const { [name]: ours } = fields;
		const at = `${place}.${ours?.key ?? name}`;
		if (their.deprecated) deprecated.push(`${at}${ours ? '' : ' (left out)'}`);
		if (!ours) {
			differs(at, their.deprecated ? 'is deprecated' : 'is missing');
		} else {
			if (Boolean(ours.required) !== their.required) {
				differs(at, their.required ? 'is required' : 'is not required');
			}
			compareField(at, their.rule, ours);
		}
	}
	for (const name of Object.keys(fields)) {
		if (!(name in theirs)) differs(`${place}.${name}`, 'is not in the SDK');
	}
}

/** @param {string} place @param {Rule} rule @param {any} field */
function compareField(place, rule, field) {
	const inList = alternatives(rule).flatMap((one) => (one.is === 'list' ? [one.of] : []));
	switch (field.kind) {
		case 'choice':
			return compareValues(place, rule, Object.keys(field.choices));
		case 'choices':
			if (field.joined && alternatives(rule).some((one) => one.is === 'literal')) {
				differs(place, 'is one fixed value in the SDK');
			}
			return inList.forEach((one) => compareValues(place, one, Object.keys(field.choices)));
		case 'group':
			return compareFields(place, rule, field.fields);
		case 'list':
			return inList.forEach((one) => compareFields(place, one, field.fields));
		case 'oneOf':
			return compareVariants(place, rule, field);
		case 'settings':
			return compareFields(place, rule, Object.assign({}, ...Object.values(field.variants)));
		default:
			// Whether a text is a text is for the type checker to say.
			return;
	}
}

/** @param {string} place @param {Rule} rule @param {string[]} ours */
function compareValues(place, rule, ours) {
	const theirs = alternatives(rule).flatMap((one) =>
		one.is === 'literal' ? [String(one.value)] : [],
	);
	if (theirs.length === 0) return;
	const missing = theirs.filter(
		(value) => !ours.includes(value) && !isLeftOut(place.split('.').at(-1) ?? '', value),
	);
	const strange = ours.filter((value) => !theirs.includes(value));
	if (missing.length > 0) differs(place, `lacks the value ${missing.join(', ')}`);
	if (strange.length > 0) differs(place, `has a value of its own: ${strange.join(', ')}`);
}

/** @param {string} place @param {Rule} rule @param {any} field */
function compareVariants(place, rule, { by, variants }) {
	const shapes = alternatives(rule).filter((one) => one.is === 'object');
	/** @param {Rule} shape */
	const namesOf = (shape) =>
		alternatives(propertiesOf(shape)[by]?.rule ?? { is: 'anything' }).flatMap((one) =>
			one.is === 'literal' ? [String(one.value)] : [],
		);
	const theirs = shapes.flatMap(namesOf);
	for (const name of theirs) {
		if (!(name in variants) && !isLeftOut(by, name)) differs(place, `lacks ${name}`);
	}
	for (const [name, { fields }] of Object.entries(variants)) {
		const shape = shapes.find((one) => namesOf(one).includes(name));
		if (!shape) differs(place, `has ${name} of its own`);
		else compareFields(`${place}.${name}`, shape, fields, [by]);
	}
}

const isLeftOut = (/** @type {string} */ field, /** @type {string} */ value) =>
	leftOut[field]?.[value] !== undefined;

for (const request of Object.keys(rules.requests)) {
	const ours = operations.filter(({ operation }) => normal(operation.request) === request);
	if (ours.length === 0) differs(request, 'is not in the catalogue');
	const rule = rules.requests[request] ?? rules.queries[request];
	for (const { place, operation } of ours) {
		const { pathNames } = requestLine(operation);
		const besides = [...pathNames, ...PAGING];
		/** @type {[string, any][]} */
		const fields = Object.entries(operation.fields);
		compareFields(
			place,
			rule ?? { is: 'anything' },
			Object.fromEntries(
				fields
					.filter(([name]) => !pathNames.includes(name))
					.map(([name, field]) => [field.wire ?? name, { ...field, key: name }]),
			),
			besides,
		);
	}
}
for (const { place, operation } of operations) {
	if (!(normal(operation.request) in rules.requests)) differs(place, 'is not in the SDK');
}

const isExplained = (/** @type {string} */ place) =>
	Object.keys(explained).find((known) => place === known || place.startsWith(`${known}.`));
const used = new Set();
let open = 0;
console.log(
	`The catalogue has ${operations.length} operations, the SDK ${VERSION} ${Object.keys(rules.requests).length} endpoints.`,
);
for (const [place, all] of [...differences].sort()) {
	const known = isExplained(place);
	if (known) used.add(known);
	else open += 1;
	console.log(
		`${known ? 'explained ' : 'DIFFERENCE'} ${place} ${all.join('; ')}${known ? `: ${explained[known]}` : ''}`,
	);
}
for (const [field, values] of Object.entries(leftOut)) {
	for (const [value, reason] of Object.entries(values)) {
		console.log(`left out   ${field} ${value}: ${reason}`);
	}
}
for (const place of deprecated.sort()) console.log(`deprecated ${place}`);
for (const known of Object.keys(explained)) {
	if (used.has(known)) continue;
	open += 1;
	console.log(`OUTDATED   explained.json explains ${known}, which does not differ`);
}
console.log(open === 0 ? 'No difference is unexplained.' : `${open} to look at.`);
process.exitCode = open === 0 ? 0 : 1;
