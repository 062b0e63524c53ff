/**
 * What fields may say about each other, at any depth: `notWith`, `noMoreThan`, `onlyIf`, `onlyWith`, `needs` and
 * the `by` of settings name a field beside them; `onlyIf`, `onlyWith` and the variants of settings name its
 * choices. A record's fields are declared as `F & ReferencesIn<F>`, so that a misspelt name does not compile.
 */
export type ReferencesIn<F> = {
	readonly [K in keyof F]: NamesIn<F[K], F> & InnerReferences<F[K], F>;
};

type NamesIn<One, Beside> = (One extends { notWith: string }
	? { notWith: NameBeside<One['notWith'], Beside> }
	: unknown) &
	(One extends { noMoreThan: string }
		? { noMoreThan: NameBeside<One['noMoreThan'], Beside> }
		: unknown) &
	(One extends { onlyIf: infer Values } ? { onlyIf: OnlyIfIn<Values, Beside> } : unknown);

type NameBeside<Name extends string, Beside> = Name extends keyof Beside
	? Name
	: `${Name} is not a field beside it`;

type OnlyIfIn<Values, Beside> = {
	[K in keyof Values]: K extends keyof Beside
		? ReadonlyArray<SettingOf<Beside[K]>>
		: `${K & string} is not a field beside it`;
};

/** What a field that others depend on can be set to. */
export type SettingOf<One> = One extends { kind: 'toggle' }
	? boolean
	: One extends { choices: infer Choices }
		? keyof Choices
		: string | boolean;

type InnerReferences<One, Beside> = One extends { kind: 'choice'; choices: infer Choices }
	? { choices: OnlyWithIn<Choices, Beside> & NeedsIn<Choices, Beside> }
	: One extends { kind: 'group' | 'list'; fields: infer Inner }
		? { fields: ReferencesIn<Inner> } & (One extends { start: infer Rows }
				? { start: RowsOf<Inner, Rows> }
				: unknown)
		: One extends { kind: 'map'; value: infer Value }
			? { value: InnerReferences<Value, unknown> }
			: One extends { kind: 'oneOf' | 'mixedList'; variants: infer Variants }
				? { variants: OnlyWithIn<Variants, Beside> & ShapeReferences<Variants> }
				: One extends { kind: 'settings'; by: infer By; variants: infer Variants }
					? SettingsReferences<By, Variants, Beside>
					: unknown;

/** The rows that a list starts with. */
type RowsOf<Inner, Rows> = {
	[Row in keyof Rows]: {
		[Name in keyof Rows[Row]]: Name extends keyof Inner
			? unknown
			: `${Name & string} is not a field of the list`;
	};
};

type ShapeReferences<Variants> = {
	[Name in keyof Variants]: Variants[Name] extends { fields: infer Inner }
		? { fields: ReferencesIn<Inner> }
		: never;
};

type SettingsReferences<By, Variants, Beside> = By extends keyof Beside
	? {
			variants: {
				[Name in keyof Variants]: Name extends ChoicesIn<Beside[By]>
					? ReferencesIn<Variants[Name]>
					: `${Name & string} is not a choice of ${By & string}`;
			};
		}
	: { by: keyof Beside };

type ChoicesIn<One> = One extends { choices: infer Choices } ? keyof Choices : never;

/** Of choices or shapes those that have `onlyWith`. */
type OnlyWithIn<Those, Beside> = {
	[Name in keyof Those as Those[Name] extends { onlyWith: unknown } ? Name : never]: {
		onlyWith: Those[Name] extends { onlyWith: infer Needed }
			? {
					[K in keyof Needed]: K extends keyof Beside
						? ChoicesIn<Beside[K]>
						: `${K & string} is not a field beside it`;
				}
			: never;
	};
};

/** Of choices those that need another field. */
type NeedsIn<Those, Beside> = {
	[Name in keyof Those as Those[Name] extends { needs: unknown } ? Name : never]: {
		needs: Those[Name] extends { needs: { field: infer Needed extends string } }
			? { field: NameBeside<Needed, Beside> }
			: never;
	};
};
