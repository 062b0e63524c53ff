import { catalogue } from '../../nodes/catalogue';
import type { Resource } from '../../nodes/catalogue/schema/operation';
import { requestOptionFields } from '../../nodes/operations/form/requestOptions';
import { commonPayload, events, groups, offeredChoices } from '../../nodes/telnyx/events';
import explained from '../../test/contract/explained.json';
import leftOutValues from '../../test/contract/leftOut.json';
import { anchorOf, cell, codes, page, table, upper } from './markdown';
import { settingsTable } from './settings';

/** Where the page of a resource is. */
export const pathOf = ({ value }: Resource): string => `reference/${value}.md`;

/** The first page: all operations and events, and what is left out. */
export function overview(): string {
	const count = catalogue.flatMap(({ operations }) => Object.keys(operations)).length;
	return page([
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
		...table(['Resource', 'Operation', 'What it does'], catalogue.flatMap(operationRows)),
		'### Request Options',
		'',
		'Every operation has them. An option counts once it is added; [Delivery](delivery.md) says what holds without it.',
		'',
		...settingsTable(requestOptionFields, (start) => `${start} when added`),
		'## Events',
		'',
		`Every item has \`record_type\`, \`event_type\`, \`id\`, \`occurred_at\`, \`payload\`, \`meta\` and \`client_state\` (decoded). The payload normally has ${codes(Object.keys(commonPayload))}; the table names what an event has besides. Fields that Telnyx adds later are passed through.`,
		'',
		'With *Simplify*, an item is flat: `event_type`, `id`, `occurred_at`, everything in the payload, and `client_state` (decoded).',
		'',
		...table(
			['Chooses several at once', 'Name', 'Which'],
			groups.map(({ name, type, description }) => `| ${name} | \`${type}\` | ${description} |`),
		),
		...eventFamilies().flatMap(eventSection),
		'## What is left out or different',
		'',
		"Everything else that Telnyx's SDK declares for these resources is in, unless it is deprecated. `npm run contract` compares the two, and also holds the catalogue against what Telnyx documents, or sends, beyond its SDK. TeXML, messaging, SIP connections, the assistants' own settings, and everything about numbers and outbound voice profiles that a call does not need are left to other nodes.",
		'',
		...table(
			['Operation', 'Field', 'Why'],
			[
				...Object.entries(explained).map(([place, reason]) => leftOutRow(place, reason)),
				...Object.entries(leftOutValues).flatMap(([field, values]) => valueRows(field, values)),
			],
		),
	]);
}

const operationRows = (resource: Resource): string[] =>
	Object.values(resource.operations).map(
		({ name, description }) =>
			`| ${resource.name} | [${name}](${pathOf(resource)}#${anchorOf(name)}) | ${cell(description)} |`,
	);

/** What stands before the first dot of the event types, such as `call`. */
const eventFamilies = () => [...new Set(events.map(({ type }) => type.split('.')[0]))].sort();

/** The names of what the trigger offers for an event. */
const choicesOf = (type: string): string =>
	offeredChoices
		.filter((choice) => choice.type === type)
		.map(({ name }) => name)
		.join(', ');

const eventSection = (family: string): string[] => [
	`### \`${family}${events.some(({ type }) => type === family) ? '' : '.*'}\``,
	'',
	...table(
		['Event', '`event_type`', 'When', 'Payload'],
		events
			.filter(({ type }) => type === family || type.startsWith(`${family}.`))
			.map(
				({ type, description, payload }) =>
					`| ${choicesOf(type)} | \`${type}\` | ${cell(description)} | ${codes(Object.keys(payload)) || 'nothing more'} |`,
			),
	),
];

/**
 * @param place such as `call/dial.assistant.name`
 * @throws if the catalogue does not have it
 */
function leftOutRow(place: string, reason: string): string {
	const [, value, key, field] = /^(\w+)\/(\w+)(?:\.(.+))?$/.exec(place) ?? [];
	const resource: Resource | undefined = catalogue.find((one) => one.value === value);
	const operation = resource?.operations[key];
	if (!resource || !operation) throw new Error(`explained.json names ${place}, which is not there`);
	const { name } = operation;
	const link = `[${resource.name} > ${name}](${pathOf(resource)}#${anchorOf(name)})`;
	return `| ${link} | ${field ? `\`${field}\`` : ''} | ${cell(upper(reason))} |`;
}

const valueRows = (field: string, values: Record<string, string>): string[] =>
	Object.entries(values).map(
		([value, reason]) =>
			`| where the form does not offer it | \`${field}\`: \`${value}\` | ${cell(upper(reason))} |`,
	);
