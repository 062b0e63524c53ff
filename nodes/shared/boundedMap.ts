/**
 * A map that keeps the newest entries only, for what a process knows for as long as it runs: requests from
 * outside must not fill its memory. Setting an entry again makes it the newest.
 */
export class BoundedMap<Key, Value> extends Map<Key, Value> {
	/** @param most how many entries there may be */
	constructor(private readonly most: number) {
		super();
	}

	override set(key: Key, value: Value): this {
		this.delete(key);
		super.set(key, value);
		if (this.size > this.most) this.delete(this.keys().next().value!);
		return this;
	}
}
