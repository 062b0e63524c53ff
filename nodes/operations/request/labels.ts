import type { Fields } from '../../catalogue/schema/field';
import type { Labels } from '../../telnyx/http/refusal';

/** What the form calls an operation's fields, those inside of others too. Of one name, the outer one's. */
export function labelsOf(fields: Fields): Labels {
	const inner = Object.values(fields).map((field) => {
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
	});
	const own = Object.entries(fields).map(([name, { label }]) => [name, label]);
	return Object.assign({}, ...inner, Object.fromEntries(own)) as Labels;
}
