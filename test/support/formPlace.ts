import type { Fields } from '../../nodes/catalogue/schema/field';
import { isShown, pathOf, sectionOf, sectionsOf } from '../../nodes/operations/layout';

/** Where a form, or a row of it, has a field: its own name, behind those of the collections that hold it. */
export function formPlace(fields: Fields, name: string): string[] {
	const { [name]: field } = fields;
	if (isShown(field)) return [name];
	return [...pathOf(sectionOf(field), sectionsOf(fields)).split('.'), name];
}
