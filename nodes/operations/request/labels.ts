import type { Field, Fields } from '../../catalogue/schema/field';
import type { Labels } from '../../telnyx/http/refusal';

/**
 * What the form calls an operation's fields, and those inside others, by the names on the wire. Of two
 * with the same name, such as one in the path and one in the body, that which is set in the body.
 * @param set names of the fields that have a value
 */
export function labelsOf(fields: Fields, set: readonly string[] = []): Labels {
	const rank = ([name, { wire }]: [string, Field]) => {
		if (wire === undefined) return 1;
		return set.includes(name) ? 2 : 0;
	};
	return Object.fromEntries(
		Object.entries(fields)
			.sort((one, other) => rank(one) - rank(other))
			.flatMap(([name, field]) => labelsWith(field.wire ?? name, field)),
	);
}

const labelsWith = (name: string, field: Field): Array<[string, string]> => [
	[name, field.label],
	...Object.entries(innerLabels(field)).map(([inner, label]): [string, string] => [
		`${name}.${inner}`,
		`${field.label} > ${label}`,
	]),
];

function innerLabels(field: Field): Labels {
	switch (field.kind) {
		case 'group':
		case 'list':
			return labelsOf(field.fields);
		case 'map':
			return labelsOf({ [field.item]: field.value });
		case 'oneOf':
		case 'mixedList':
			return labelsOf(Object.assign({}, ...Object.values(field.variants).map((v) => v.fields)));
		case 'settings':
			return labelsOf(Object.assign({}, ...Object.values(field.variants)));
		default:
			return {};
	}
}
