import type { ListName } from '../../telnyx/account/listSearch';
import type { PreviousList } from '../../telnyx/account/previousNode';
import type { SectionName } from './sections';

interface Common {
	/** Title Case, as the editor shows it and as messages name it. */
	readonly label: string;
	readonly description: string;
	readonly required?: boolean;
	/** Shown directly in the form although it may be left empty. For fields that start out empty. */
	readonly onTop?: boolean;
	/** Whether it comes after all others of its collection, as few need it. */
	readonly last?: boolean;
	/** The collection of the form that holds it; Options by default. */
	readonly section?: SectionName;
	readonly placeholder?: string;
	/** Its name in the body, where the path has another value of that name: the field's name is the SDK's. */
	readonly wire?: string;
	/** The name of a field before it that may not be set together with it, nor with others that name it. */
	readonly notWith?: string;
	/** Fields beside it with the values for which it is asked for at all, where it is always shown. */
	readonly onlyIf?: Readonly<Record<string, ReadonlyArray<string | boolean>>>;
	/** What to do if this required field is empty, where that is not obvious. */
	readonly whenEmpty?: string;
	/** Whether an expression has to find something, although the field may be left empty. */
	readonly noEmptyExpression?: boolean;
}

interface Pattern {
	readonly matches: RegExp;
	readonly says: string;
}

export interface TextField extends Common {
	readonly kind: 'text';
	/** What the whole text has to look like, and how to say so after "'Label' ". */
	readonly pattern?: Pattern & {
		/** What else to say of a text that breaks it and looks like one of these: the first counts. */
		readonly also?: readonly Pattern[];
		/** Whether it is an address that Telnyx has to reach. */
		readonly isAddress?: boolean;
	};
	/** What the form starts with: usually an expression. */
	readonly start?: string;
	/** How many lines the form shows. */
	readonly rows?: number;
	/** Whether an empty text is meaningful: it is then sent if the user adds the field and leaves it empty. */
	readonly mayBeEmpty?: boolean;
	/** The most bytes it may have in UTF-8. */
	readonly maxBytes?: number;
	/** Shown as dots. */
	readonly secret?: boolean;
	/** Whether a phone number in it is sent in Telnyx's form, however it is written. */
	readonly isPhoneNumber?: boolean;
}

/** Something that Telnyx stores: selected from a list, or named by its ID. */
export type LocatorField = ListedField | FoundField;

interface ListedField extends Common {
	readonly kind: 'locator';
	/** The list to select from. */
	readonly list: ListName;
	readonly fromItem?: undefined;
	readonly isPhoneNumber?: TextField['isPhoneNumber'];
	readonly pattern?: TextField['pattern'];
	/** What applies as long as nothing is chosen, as the empty list shows it. */
	readonly unlessChosen?: string;
	/** What the form starts with: the ID, and as whom the list has it. */
	readonly start?: string;
	readonly startName?: string;
}

/** By what events, answers and conferences name the things that an item can be about. */
type ItemName =
	| 'id'
	| `${'call_control' | 'call_leg' | 'conference' | 'conversation' | 'recording' | 'recording_transcription'}_id`
	| 'conference.id';

/** Something that the item that comes in is usually about: the form starts with that. */
interface FoundField extends Common {
	readonly kind: 'locator';
	readonly list: PreviousList;
	/** By which names an item or its payload has it, the first that is there. */
	readonly fromItem: readonly ItemName[];
	readonly isPhoneNumber?: undefined;
	readonly pattern?: undefined;
	readonly unlessChosen?: undefined;
}

/** Several texts, separated by commas, or a list from an expression. */
export interface TextsField extends Common {
	readonly kind: 'texts';
	readonly pattern?: TextField['pattern'];
	readonly isPhoneNumber?: TextField['isPhoneNumber'];
	/** Whether a single one is sent as text, not as a list of one. */
	readonly oneAsText?: boolean;
	/** How many there may be. */
	readonly most?: number;
}

/** Several whole numbers, separated by commas, or a list from an expression. */
export interface NumbersField extends Common {
	readonly kind: 'numbers';
	readonly min: number;
	readonly max?: number;
	/** How many there may be, and what they may add up to. */
	readonly most?: number;
	readonly maxSum?: number;
}

export interface NumberField extends Common {
	readonly kind: 'number';
	readonly whole: boolean;
	readonly min?: number;
	readonly max?: number;
	/** The name of a field beside it that has to be as large, at least, if it is set. */
	readonly noMoreThan?: string;
	/** Values outside of min and max that are allowed as well. */
	readonly also?: readonly number[];
	/** What the form shows when the user adds the field: Telnyx's own default. Never sent unasked. */
	readonly start: number;
}

/** How often: a whole number, or a word such as `infinity`. */
export interface CountField extends Common {
	readonly kind: 'count';
	readonly min: number;
	readonly max?: number;
	readonly words: readonly string[];
}

/** A choice's label, or label and explanation. */
export type Choice =
	| string
	| {
			readonly name: string;
			readonly description: string;
			/** Values that the fields beside this one must have, if they are set, for this choice. */
			readonly onlyWith?: Readonly<Record<string, string>>;
			/** A field beside this one that may not be empty then, and what to set there. */
			readonly needs?: { readonly field: string; readonly says: string };
	  };

export interface ChoiceField<Value extends string | number = string | number> extends Common {
	readonly kind: 'choice';
	readonly choices: Readonly<Record<Value, Choice>>;
	readonly start: NoInfer<Value>;
	/** Whether values that are not in the list are allowed: Telnyx adds values faster than packages do. */
	readonly open?: boolean;
}

/** Any number of a fixed list of values. */
export interface ChoicesField<Value extends string = string> extends Common {
	readonly kind: 'choices';
	readonly choices: Readonly<Record<Value, Choice>>;
	/** On the wire as one text, separated by commas. */
	readonly joined?: boolean;
}

export interface ToggleField extends Common {
	readonly kind: 'toggle';
	readonly start: boolean;
}

/** A switch that sends one value when it is on, and nothing when it is off. */
interface FlagField<Value extends string = string> extends Common {
	readonly kind: 'flag';
	readonly sends: Value;
}

/** A date and time, ISO 8601 on the wire. */
interface DateTimeField extends Common {
	readonly kind: 'dateTime';
}

/** Text or JSON from the user, Base64 on the wire. */
interface ClientStateField extends Common {
	readonly kind: 'clientState';
}

/** Derived from the execution unless the user sets one. */
interface CommandIdField extends Common {
	readonly kind: 'commandId';
}

/** A file of the incoming item, named by its binary field. */
interface FileField extends Common {
	readonly kind: 'file';
	/** A megabyte is 1,048,576 bytes here. If Telnyx counts 1,000,000, Telnyx itself refuses what lies in between. */
	readonly maxMegabytes?: number;
}

/** JSON, for what has no fixed shape. */
export interface JsonField extends Common {
	readonly kind: 'json';
	readonly shape: 'object' | 'list';
}

/** An object of fixed fields. */
export interface GroupField<F extends Fields = Fields> extends Common {
	readonly kind: 'group';
	readonly fields: F;
	/** The label of the button. */
	readonly add?: string;
	/** Whether Telnyx requires the object even if it is empty. */
	readonly mayBeEmpty?: boolean;
}

/** A list of objects of fixed fields. */
export interface ListField<F extends Fields = Fields> extends Common {
	readonly kind: 'list';
	/** Title Case: what one of them is. */
	readonly item: string;
	readonly fields: F;
	/** The rows that the form starts with; none by default. What a row leaves out has the start of its field. */
	readonly start?: ReadonlyArray<Readonly<Record<string, string | number | boolean>>>;
	/** Telnyx takes a text in its place as well. The form has rows only. */
	readonly orText?: boolean;
}

/** A list of objects, each of which says by one of its own fields, `by`, which shape it has. */
export interface MixedListField<Variants extends OneOfVariants = OneOfVariants> extends Common {
	readonly kind: 'mixedList';
	/** Title Case: what one of them is. */
	readonly item: string;
	readonly by: string;
	/** How the form asks for the shape. */
	readonly shape: { readonly label: string; readonly description: string };
	readonly variants: Variants;
}

/** An object whose names the user chooses. */
export interface MapField<Key extends MapKey = MapKey, Value extends Field = Field> extends Common {
	readonly kind: 'map';
	readonly item: string;
	readonly key: Key;
	readonly value: Value;
}

type MapKey = TextField | ChoiceField<string>;

/** An object that says by one of its own fields, `by`, which shape it has. */
export interface OneOfField<Variants extends OneOfVariants = OneOfVariants> extends Common {
	readonly kind: 'oneOf';
	readonly by: string;
	readonly variants: Variants;
}

type OneOfVariants = Readonly<Record<string, OneOfVariant>>;

interface OneOfVariant {
	readonly label: string;
	readonly fields: Fields;
	/** Values that the fields beside the object must have for this shape. */
	readonly onlyWith?: Readonly<Record<string, string>>;
}

/** An object whose settings depend on the choice made in the field named `by`. */
export interface SettingsField<Variants extends SettingsVariants = SettingsVariants>
	extends Common {
	readonly kind: 'settings';
	readonly by: string;
	readonly variants: Variants;
}

type SimpleField = TextField | NumberField | ChoiceField | ToggleField;
type SettingsVariants = Readonly<Record<string, Readonly<Record<string, SimpleField>>>>;

/** A parameter of an endpoint: how the form shows it, and what it may hold. */
export type Field =
	| SimpleField
	| LocatorField
	| TextsField
	| NumbersField
	| CountField
	| ChoicesField
	| FlagField
	| DateTimeField
	| ClientStateField
	| CommandIdField
	| FileField
	| JsonField
	| GroupField
	| ListField
	| MixedListField
	| MapField
	| OneOfField
	| SettingsField;

/** Parameters by the API's own names. */
export interface Fields {
	readonly [name: string]: Field;
}

type WithoutKind<F extends Common & { kind: string }> = Omit<F, 'kind'>;

/** One line of text, or several with `rows`. Blanks around it are dropped. */
export const text = <const T extends WithoutKind<TextField>>(field: T) =>
	({ kind: 'text', ...field }) as const;

/** The ID of something that can be selected from a list. */
export const locator = <const T extends WithoutKind<LocatorField>>(field: T) =>
	({ kind: 'locator', ...field }) as const;

/** Several texts, separated by commas. */
export const texts = <const T extends WithoutKind<TextsField>>(field: T) =>
	({ kind: 'texts', ...field }) as const;

/** Several whole numbers, separated by commas. */
export const numbers = <const T extends WithoutKind<NumbersField>>(field: T) =>
	({ kind: 'numbers', ...field }) as const;

/** A whole number. */
export const integer = <const T extends Omit<WithoutKind<NumberField>, 'whole'>>(field: T) =>
	({ kind: 'number', whole: true, ...field }) as const;

/** A number that may have decimals. */
export const decimal = <const T extends Omit<WithoutKind<NumberField>, 'whole'>>(field: T) =>
	({ kind: 'number', whole: false, ...field }) as const;

/** A whole number or one of some words. */
export const count = <const T extends WithoutKind<CountField>>(field: T) =>
	({ kind: 'count', ...field }) as const;

/** One of a fixed list of values. Numbers as keys are numbers on the wire. */
export const choice = <
	const Value extends string | number,
	const T extends WithoutKind<ChoiceField<Value>> & { choices: Record<Value, Choice> },
>(
	field: T,
) => ({ kind: 'choice', ...field }) as const;

/** Any number of a fixed list of values. */
export const choices = <
	const Value extends string,
	const T extends WithoutKind<ChoicesField<Value>> & { choices: Record<Value, Choice> },
>(
	field: T,
) => ({ kind: 'choices', ...field }) as const;

/** On or off. */
export const toggle = <const T extends WithoutKind<ToggleField>>(field: T) =>
	({ kind: 'toggle', ...field }) as const;

/** On, which sends the one value that Telnyx knows, or left out. */
export const flag = <const T extends WithoutKind<FlagField>>(field: T) =>
	({ kind: 'flag', ...field }) as const;

/** A date and time. */
export const dateTime = <const T extends WithoutKind<DateTimeField>>(field: T) =>
	({ kind: 'dateTime', ...field }) as const;

/** A file of the incoming item. */
export const file = <const T extends WithoutKind<FileField>>(field: T) =>
	({ kind: 'file', ...field }) as const;

/** JSON of the user's own shape. */
export const json = <const T extends WithoutKind<JsonField>>(field: T) =>
	({ kind: 'json', ...field }) as const;

/** Fields that belong together, in one object. */
export const group = <const F extends Fields, const T extends WithoutKind<GroupField<F>>>(
	field: T,
) => ({ kind: 'group', ...field }) as const;

/** Any number of objects of the same fields. */
export const list = <const F extends Fields, const T extends WithoutKind<ListField<F>>>(field: T) =>
	({ kind: 'list', ...field }) as const;

/** Any number of objects, each in one of several shapes. */
export const mixedList = <
	const V extends OneOfVariants,
	const T extends WithoutKind<MixedListField<V>>,
>(
	field: T,
) => ({ kind: 'mixedList', ...field }) as const;

/** Names of the user's choice, each with a value. */
export const map = <
	const Key extends MapKey,
	const Value extends Field,
	const T extends WithoutKind<MapField<Key, Value>>,
>(
	field: T,
) => ({ kind: 'map', ...field }) as const;

/** An object that comes in several shapes, of which the user picks one. */
export const oneOf = <const V extends OneOfVariants, const T extends WithoutKind<OneOfField<V>>>(
	field: T,
) => ({ kind: 'oneOf', ...field }) as const;

/** Settings of which the editor shows those that belong to the choice made in `by`. */
export const settings = <
	const Variants extends SettingsVariants,
	const T extends WithoutKind<SettingsField<Variants>>,
>(
	field: T,
) => ({ kind: 'settings', ...field }) as const;

/** The same fields, to be found in a section of the form. */
export function inSection<const Section extends SectionName, const F extends Fields>(
	section: Section,
	fields: F,
) {
	const placed = {} as { [K in keyof F]: F[K] & { readonly section: Section } };
	for (const name in fields) placed[name] = { ...fields[name], section };
	return placed;
}
