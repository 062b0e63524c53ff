/**
 * What stands in a field that can be chosen from a list; any other value as it is. n8n does not mark
 * every such field with `__rl`, so how it was chosen counts as well.
 */
export const locatorValue = (value: unknown): unknown =>
	typeof value === 'object' &&
	value !== null &&
	'value' in value &&
	('__rl' in value || 'mode' in value)
		? value.value
		: value;
