interface Common {
	/** Title Case, as the editor shows it and as messages name it. */
	readonly label: string;
	readonly description: string;
	readonly required?: boolean;
	readonly placeholder?: string;
	/** What to do about a required field that is empty, where that is not plain. */
	readonly whenEmpty?: string;
}

export interface TextField extends Common {
	readonly kind: 'text';
	/** What the whole text has to look like, and how to say so after "'Label' ". */
	readonly pattern?: { readonly matches: RegExp; readonly says: string };
	/** What the form starts with: usually an expression. */
	readonly start?: string;
}

export interface NumberField extends Common {
	readonly kind: 'number';
	readonly whole: boolean;
	readonly min: number;
	readonly max?: number;
	/** Values outside of min and max that are allowed as well. */
	readonly also?: readonly number[];
	/** What the form shows when the user adds the field: Telnyx's own default. Never sent unasked. */
	readonly start: number;
}

/** A choice's label, or label and explanation. */
export type Choice =
	| string
	| {
			readonly name: string;
			readonly description: string;
			/** Values that the fields beside this one must have, if they are set, for this choice. */
			readonly onlyWith?: Readonly<Record<string, string>>;
	  };

export interface ChoiceField<Value extends string = string> extends Common {
	readonly kind: 'choice';
	readonly choices: Readonly<Record<Value, Choice>>;
	readonly start: NoInfer<Value>;
}

export interface ToggleField extends Common {
	readonly kind: 'toggle';
	readonly start: boolean;
}

/** Text or JSON from the user, Base64 on the wire. */
interface ClientStateField extends Common {
	readonly kind: 'clientState';
}

/** Derived from the execution unless the user gives one. */
interface CommandIdField extends Common {
	readonly kind: 'commandId';
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
export type Field = SimpleField | ClientStateField | CommandIdField | SettingsField;
/** Parameters by the API's own names. */
export type Fields = Readonly<Record<string, Field>>;

/** The type of a field's value on the wire. */
export type ValueOf<F> = F extends { kind: 'choice'; choices: infer Choices }
	? keyof Choices
	: F extends { kind: 'number' }
		? number
		: F extends { kind: 'toggle' }
			? boolean
			: F extends { kind: 'settings'; variants: infer Variants }
				? SettingsOf<Variants[keyof Variants]>
				: string;

type KeysOfUnion<T> = T extends unknown ? keyof T : never;
type SettingsOf<Variant> = {
	-readonly [K in KeysOfUnion<Variant>]?: ValueOf<
		Variant extends Readonly<Record<K, infer F>> ? F : never
	>;
};

type Given<F extends Common & { kind: string }> = Omit<F, 'kind'>;

/** One line of text. Blanks around it are dropped. */
export const text = <const T extends Given<TextField>>(field: T) =>
	({ kind: 'text', ...field }) as const;

/** A whole number. */
export const integer = <const T extends Omit<Given<NumberField>, 'whole'>>(field: T) =>
	({ kind: 'number', whole: true, ...field }) as const;

/** A number that may have decimals. */
export const decimal = <const T extends Omit<Given<NumberField>, 'whole'>>(field: T) =>
	({ kind: 'number', whole: false, ...field }) as const;

/** One of a fixed list of values. */
export const choice = <
	const Value extends string,
	const T extends Given<ChoiceField<Value>> & { choices: Record<Value, Choice> },
>(
	field: T,
) => ({ kind: 'choice', ...field }) as const;

/** On or off. */
export const toggle = <const T extends Given<ToggleField>>(field: T) =>
	({ kind: 'toggle', ...field }) as const;

/** Settings of which the editor shows those that belong to the choice made in `by`. */
export const settings = <
	const Variants extends SettingsVariants,
	const T extends Given<SettingsField<Variants>>,
>(
	field: T,
) => ({ kind: 'settings', ...field }) as const;

/** Finds the id in what the Telnyx trigger or an earlier Telnyx action put out. */
export const callControlId = text({
	label: 'Call Control ID',
	description:
		'The leg of the call to act on. Taken from the incoming item when that comes from the Telnyx trigger or from a Telnyx action.',
	required: true,
	placeholder: 'e.g. v3:MdI91X4lWFEs7IgbBEOT9M4AigoY08M0WWZFISt1Yw2axZ_IiE4pqg',
	start: '={{ $json.payload?.call_control_id ?? $json.call_control_id }}',
	whenEmpty:
		'connect the node to the Telnyx trigger or to a Telnyx action, or choose the call_control_id of an earlier node',
});

/** The note that a call carries from event to event. */
export const clientState = {
	kind: 'clientState',
	label: 'Client State',
	description:
		'Text or JSON that Telnyx returns with every later event of this leg. Encoded to Base64 for you, and decoded again by the Telnyx trigger.',
	placeholder: 'e.g. {"step":"menu"}',
} as const satisfies ClientStateField;

/** The node's own name for the switch that stands beside every optional client state. */
export const CLIENT_STATE_ENCODED = 'client_state_encoded';

/** Says that the client state is Base64 already. Not sent. */
export const clientStateEncoded = toggle({
	label: 'Client State Is Base64',
	description: "Whether 'Client State' is Base64 already and is to be sent as it is",
	start: true,
});

/** What lets a retry be carried out only once. */
export const commandId = {
	kind: 'commandId',
	label: 'Command ID',
	description:
		'Telnyx carries out a command only once for each ID and call. Left out, the node derives one from the execution, so a retry repeats it and a loop gets a new one.',
	placeholder: 'e.g. order-1042-reminder',
} as const satisfies CommandIdField;
