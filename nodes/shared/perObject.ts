/** Works something out once for each object, which must not change afterwards. */
export function perObject<Key extends object, Value>(
	workOut: (key: Key) => Value,
): (key: Key) => Value {
	const known = new WeakMap<Key, { readonly value: Value }>();
	return (key) => {
		const { value } = known.get(key) ?? keep(key);
		return value;
	};
	function keep(key: Key) {
		const found = { value: workOut(key) };
		known.set(key, found);
		return found;
	}
}
