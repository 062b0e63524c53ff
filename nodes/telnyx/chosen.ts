/** What stands in a field that can be chosen from a list; any other value as it is. */
export const chosen = (value: unknown): unknown =>
	typeof value === 'object' && value !== null && '__rl' in value && 'value' in value
		? value.value
		: value;
