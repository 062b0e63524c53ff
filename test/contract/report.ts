/* eslint-disable @n8n/community-nodes/no-restricted-globals, no-console -- test code, never shipped */
/**
 * What the catalogue and the installed SDK do not have in common and nobody has explained:
 * `npm run contract`. With --all, what is explained as well. Ends with 1 if something is not explained
 * in explained.json.
 */
import { VERSION } from 'telnyx/version';

import { catalogue } from '../../nodes/catalogue';
import type { Field } from '../../nodes/catalogue/schema/field';
import { sendsRequest } from '../../nodes/catalogue/schema/operation';
import { requestLine } from '../../nodes/operations/request/requestLine';
import { isKnownValue, missingFacts } from './compareFacts';
import { deriveRules, type Rule } from '../simulator/rules';
import explainedPlaces from './explained.json';
import leftOutValues from './leftOut.json';
import { defaultIn, excludedIn } from './words';

const explained: Record<string, string> = explainedPlaces;
/** Values that no record offers, by the field's name. */
const leftOut: Record<string, Record<string, string>> = leftOutValues;

/** A field of a record, and its name there if Telnyx has another. */
type Compared = Field & { readonly ourName?: string };
type ComparedFields = Readonly<Record<string, Compared>>;

/** Asked by the node itself, page after page. */
const PAGING = ['page[number]', 'page[size]'];

const rules = deriveRules({ withWords: true });
/** Endpoints of the same files that are left to other nodes. */
const LEFT_TO_OTHERS = /^\w+ \/(?:outbound_voice_profiles|phone_numbers|ai\/conversations)\b/;
/** The differences, by their place in the catalogue. */
const differences: Map<string, string[]> = new Map();
const deprecated: string[] = [];
const differs = (place: string, how: string) =>
	differences.set(place, [...(differences.get(place) ?? []), how]);

const operations = catalogue.flatMap(({ value, operations }) =>
	Object.entries(operations)
		.filter(([, operation]) => sendsRequest(operation))
		.map(([name, operation]) => ({ place: `${value}/${name}`, operation })),
);
const normal = (request: string) => request.replace(/\{\w+\}/g, '{}');

const alternatives = (rule: Rule): Rule[] =>
	rule.is === 'union' ? rule.of.flatMap(alternatives) : [rule];

/** Every field of the objects that a value may be. */
const propertiesOf = (rule: Rule) =>
	Object.fromEntries(
		alternatives(rule).flatMap((one) =>
			one.is === 'object' ? Object.entries(rules.objects[one.name]) : [],
		),
	);

function compareFields(place: string, rule: Rule, fields: ComparedFields, besides: string[] = []) {
	const theirs = propertiesOf(rule);
	for (const [name, their] of Object.entries(theirs)) {
		if (besides.includes(name) && !(name in fields)) continue;
		const { [name]: ours } = fields;
		const at = `${place}.${ours?.ourName ?? name}`;
		if (their.deprecated) deprecated.push(`${at}${ours ? '' : ' (left out)'}`);
		if (!ours) {
			differs(at, their.deprecated ? 'is deprecated' : 'is missing');
		} else {
			if (Boolean(ours.required) !== their.required) {
				differs(at, their.required ? 'is required' : 'is not required');
			}
			compareField(at, their.rule, ours);
			compareWords(at, their.says ?? '', theirs, fields, name);
		}
	}
	for (const name of Object.keys(fields)) {
		if (!(name in theirs)) differs(`${place}.${name}`, 'is not in the SDK');
	}
}

/** What the SDK says in words alone: with what a field starts, and which fields exclude each other. */
function compareWords(
	place: string,
	says: string,
	theirs: object,
	fields: ComparedFields,
	name: string,
) {
	const byDefault = defaultIn(says);
	const { [name]: field } = fields;
	const start = 'start' in field ? field.start : undefined;
	const differsFrom = (other: string) =>
		typeof start === 'number' ? start !== Number(other) : String(start) !== other;
	// Null stands for nothing, which a field that was added cannot have.
	if (byDefault && byDefault !== 'null' && start !== undefined && differsFrom(byDefault)) {
		differs(place, `starts with ${start}, where Telnyx has ${byDefault}`);
	}
	for (const other of excludedIn(says)) {
		if (other === name || !(other in theirs) || !(other in fields)) continue;
		const [one, two] = [name, other].map((each) => ({
			key: fields[each].ourName ?? each,
			notWith: fields[each].notWith,
		}));
		const isRefused =
			one.notWith === two.key ||
			two.notWith === one.key ||
			(one.notWith !== undefined && one.notWith === two.notWith);
		if (!isRefused) {
			differs(place, `may be set together with ${other}`);
		}
	}
}

function compareField(place: string, rule: Rule, field: Compared) {
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

function compareValues(place: string, rule: Rule, ours: string[]) {
	const theirs = alternatives(rule).flatMap((one) =>
		one.is === 'literal' ? [String(one.value)] : [],
	);
	if (theirs.length === 0) return;
	const missing = theirs.filter(
		(value) => !ours.includes(value) && !isLeftOut(place.split('.').at(-1) ?? '', value),
	);
	const strange = ours.filter((value) => !theirs.includes(value) && !isKnownValue(place, value));
	if (missing.length > 0) differs(place, `lacks the value ${missing.join(', ')}`);
	if (strange.length > 0) differs(place, `has a value of its own: ${strange.join(', ')}`);
}

function compareVariants(
	place: string,
	rule: Rule,
	{ by, variants }: Extract<Field, { kind: 'oneOf' }>,
) {
	const shapes = alternatives(rule).filter((one) => one.is === 'object');
	const namesOf = (shape: Rule) =>
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

const isLeftOut = (field: string, value: string) => leftOut[field]?.[value] !== undefined;

for (const request of Object.keys(rules.requests)) {
	const ours = operations.filter(({ operation }) => normal(operation.request) === request);
	if (ours.length === 0 && !LEFT_TO_OTHERS.test(request))
		differs(request, 'is not in the catalogue');
	const rule = rules.requests[request] ?? rules.queries[request];
	for (const { place, operation } of ours) {
		const { pathNames } = requestLine(operation);
		const besides = [...pathNames, ...PAGING];
		const fields = Object.entries<Field>(operation.fields);
		compareFields(
			place,
			rule ?? { is: 'anything' },
			Object.fromEntries(
				fields
					.filter(([name]) => !pathNames.includes(name))
					.map(([name, field]) => [field.wire ?? name, { ...field, ourName: name }]),
			),
			besides,
		);
	}
}
for (const { place, operation } of operations) {
	if (!(normal(operation.request) in rules.requests)) differs(place, 'is not in the SDK');
}

const isExplained = (place: string) =>
	Object.keys(explained).find((known) => place === known || place.startsWith(`${known}.`));

/** The differences that nobody has looked at yet, and those that are explained: a line each. */
const open: string[] = [];
const settled: string[] = [];
const used = new Set<string>();
for (const [place, all] of [...differences].sort()) {
	const known = isExplained(place);
	const line = `${place} ${all.join('; ')}`;
	if (known) {
		used.add(known);
		settled.push(`explained  ${line}: ${explained[known]}`);
	} else open.push(`DIFFERENCE ${line}`);
}
for (const known of Object.keys(explained)) {
	if (used.has(known)) continue;
	open.push(`OUTDATED   explained.json explains ${known}, which does not differ`);
}
for (const [field, values] of Object.entries(leftOut)) {
	for (const [value, reason] of Object.entries(values)) {
		settled.push(`left out   ${field} ${value}: ${reason}`);
	}
}
for (const fact of missingFacts()) open.push(`DIFFERENCE ${fact}`);
for (const place of deprecated.sort()) settled.push(`deprecated ${place}`);

console.log(
	`The catalogue has ${operations.length} operations, the SDK ${VERSION} ${Object.keys(rules.requests).length} endpoints.`,
);
const showsAll = process.argv.includes('--all');
for (const line of showsAll ? [...settled, ...open] : open) console.log(line);
console.log(open.length === 0 ? 'No difference is unexplained.' : `${open.length} to look at.`);
if (!showsAll)
	console.log(`${settled.length} are explained: \`npm run contract -- --all\` lists them.`);
process.exitCode = open.length === 0 ? 0 : 1;
