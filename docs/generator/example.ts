import type { Field, Fields } from '../../nodes/catalogue/schema/field';
import type { Operation } from '../../nodes/catalogue/schema/operation';
import { isShown } from '../../nodes/operations/layout';
import { checkedValues, toRequest } from '../../nodes/operations/request';

/** What the node sends when the form holds the values of its placeholders. */
export function example(operation: Operation): string[] {
	const shown = Object.entries(operation.fields).filter(
		([, field]) => isShown(field) && field.notWith === undefined,
	);
	const values = checkedValues(operation, { form: exampleValues(shown) }, []);
	const { method, path, query, body } = toRequest(operation, values, () => 'derived');
	const sent = Object.entries(body ?? {}).filter(([name]) => name !== 'command_id');
	const search = query ? `?${new URLSearchParams(query as Record<string, string>)}` : '';
	return [
		'```http',
		`${method} ${path}${search}`,
		...(sent.length > 0 ? ['', JSON.stringify(Object.fromEntries(sent), null, 2)] : []),
		'```',
		'',
	];
}

const exampleValues = (fields: Array<[string, Field]>) =>
	Object.fromEntries(
		fields
			.map(([name, field]) => [name, exampleValue(field)] as const)
			.filter(([, value]) => value !== undefined),
	);

const inside = (fields: Fields) => exampleValues(Object.entries(fields));

/** What a form would hold; nothing for fields that can do without. */
function exampleValue(field: Field): unknown {
	const { placeholder, required } = field;
	if (placeholder) return placeholder.replace(/^e\.g\. /, '');
	if (field.kind === 'file') return 'data';
	if (!required) return undefined;
	switch (field.kind) {
		case 'choice':
		case 'toggle':
		case 'number':
			return field.start;
		case 'choices':
			return [Object.keys(field.choices)[0]];
		case 'group':
			return inside(field.fields);
		case 'list':
			return [inside(field.fields)];
		default:
			return undefined;
	}
}
