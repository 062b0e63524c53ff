import type { Field, Fields } from '../../nodes/catalogue/schema/field';
import { valueOf } from './field';
import { cell, table } from './markdown';

/**
 * What the node asks for itself and does not send.
 * @param starts says what a setting starts with
 */
export function settingsTable(
	settings: Fields,
	starts = (start: string) => `default ${start}`,
): string[] {
	const all = Object.entries(settings);
	if (all.length === 0) return [];
	return table(
		['Setting of the node', 'In a workflow', 'Value', 'Meaning'],
		all.map(([name, field]) => {
			const start = startOf(field);
			const value = [valueOf(field), ...(start === undefined ? [] : [starts(start)])].join(', ');
			return `| ${field.label} | \`${name}\` | ${cell(value)} | ${cell(field.description)} |`;
		}),
	);
}

/** What the form shows at first, if anything. */
function startOf(field: Field): string | undefined {
	if (!('start' in field)) return undefined;
	if (typeof field.start === 'boolean') return field.start ? 'on' : 'off';
	return field.kind === 'number' ? `${field.start}` : `\`${field.start}\``;
}
