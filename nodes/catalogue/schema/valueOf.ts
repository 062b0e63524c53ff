/** Stands for one of the values, or for another that Telnyx may know. */
export interface OpenTo<Value> {
	readonly openTo: Value;
}

/** Stands for what Telnyx declares, where the user's value has no fixed shape. */
export interface Free {
	readonly free: true;
}

/** The type of a field's value on the wire. */
export type ValueOf<F> = F extends { kind: 'choice'; choices: infer Choices }
	? F extends { open: true }
		? OpenTo<keyof Choices>
		: keyof Choices
	: F extends { kind: 'choices'; choices: infer Choices }
		? F extends { joined: true }
			? string
			: Array<keyof Choices>
		: F extends { kind: 'number' }
			? number
			: F extends { kind: 'toggle' }
				? boolean
				: F extends { kind: 'flag'; sends: infer Value }
					? Value
					: F extends { kind: 'texts' }
						? F extends { oneAsText: true }
							? string | string[]
							: string[]
						: F extends { kind: 'numbers' }
							? number[]
							: F extends { kind: 'count' }
								? string | number
								: F extends { kind: 'json' | 'file' }
									? Free
									: ObjectOf<F>;

type ObjectOf<F> = F extends { kind: 'group'; fields: infer Inner }
	? ValuesOf<Inner>
	: F extends { kind: 'list'; fields: infer Inner }
		? Array<ValuesOf<Inner>> | (F extends { orText: true } ? string : never)
		: F extends { kind: 'map'; value: infer Value }
			? Value extends { kind: 'text' }
				? Free
				: { [name: string]: ValueOf<Value> }
			: F extends { kind: 'oneOf'; by: infer By; variants: infer Variants }
				? VariantsOf<By, Variants>
				: F extends { kind: 'mixedList'; by: infer By; variants: infer Variants }
					? Array<VariantsOf<By, Variants>>
					: F extends { kind: 'settings'; variants: infer Variants }
						? SettingsOf<Variants[keyof Variants]>
						: string;

type VariantsOf<By, Variants> = {
	[Name in keyof Variants]: Variants[Name] extends { fields: infer Inner }
		? Flat<{ [K in By & string]: Name } & ValuesOf<Inner>>
		: never;
}[keyof Variants];

type Flat<T> = { [K in keyof T]: T[K] };

/** The object that fields describe, with required and optional ones apart. */
export type ValuesOf<F> = Flat<
	{ -readonly [K in keyof F as F[K] extends Required ? K : never]: ValueOf<F[K]> } & {
		-readonly [K in keyof F as F[K] extends Required ? never : K]?: ValueOf<F[K]>;
	}
>;

interface Required {
	readonly required: true;
}

type KeysOfUnion<T> = T extends unknown ? keyof T : never;
type SettingsOf<Variant> = {
	-readonly [K in KeysOfUnion<Variant>]?: ValueOf<
		Variant extends Readonly<Record<K, infer F>> ? F : never
	>;
};
