import { isPlain } from '../../shared/isPlain';
import { decodeBase64 } from '../../shared/base64';
import { invisibleIn, withoutInvisible } from '../../shared/invisible';
import { losesDigits } from '../../shared/parseExactly';
import { asPhoneNumber } from '../../shared/phoneNumber';
import { encodeClientState } from '../../telnyx/clientState';
import type {
	ChoiceField,
	ChoicesField,
	CountField,
	Field,
	JsonField,
	LocatorField,
	NumberField,
	NumbersField,
	TextField,
	TextsField,
	ToggleField,
} from '../../catalogue/schema/field';
import { CLIENT_STATE_ENCODED, clientStateEncoded } from '../../catalogue/shared/commandFields';
import { complain, complainOf, typeName, type Checks } from './complaints';

/** A field that holds no other fields. */
type ScalarField = Exclude<
	Field,
	{ kind: 'group' | 'list' | 'mixedList' | 'map' | 'oneOf' | 'settings' }
>;

/** Whether a field holds nothing to send. An empty object as client state is a value: it clears the state. */
export const isUnset = (field: Pick<Field, 'kind'>, value: unknown): boolean =>
	value === undefined ||
	value === null ||
	(typeof value === 'string' && value.trim() === '' && !mayBeEmpty(field)) ||
	(Array.isArray(value) && value.length === 0) ||
	(field.kind !== 'clientState' && isPlain(value) && Object.keys(value).length === 0);

const mayBeEmpty = (field: { kind: string; mayBeEmpty?: boolean }): boolean =>
	field.kind === 'text' && Boolean(field.mayBeEmpty);

/** What Telnyx takes for such a field that is set; undefined if it cannot be sent. */
export function scalarValue(field: ScalarField, value: unknown, checks: Checks): unknown {
	switch (field.kind) {
		case 'text':
			return textValue(field, value, checks);
		case 'locator':
		case 'commandId':
		case 'file':
			return idValue(field, value, checks);
		case 'texts':
			return textsValue(field, value, checks);
		case 'numbers':
			return numbersValue(field, value, checks);
		case 'number':
			return numberValue(field, value, checks);
		case 'count':
			return countValue(field, value, checks);
		case 'choice':
			return choiceValue(field, value, checks);
		case 'choices':
			return choicesValue(field, value, checks);
		case 'toggle':
			return toggleValue(field, value, checks);
		case 'flag':
			return toggleValue(field, value, checks) ? field.sends : undefined;
		case 'dateTime':
			return dateTimeValue(field, value, checks);
		case 'clientState':
			return clientStateValue(field, value, checks);
		case 'json':
			return jsonValue(field, value, checks);
	}
}

function textValue(
	field: Pick<TextField, 'label' | 'pattern' | 'maxBytes' | 'isPhoneNumber'>,
	value: unknown,
	checks: Checks,
) {
	if (typeof value === 'number' && !Number.isSafeInteger(value)) {
		return complain(checks, field, INEXACT);
	}
	if (typeof value !== 'string' && typeof value !== 'number') {
		return complain(checks, field, `has to be text, but is ${typeName(value)}`);
	}
	const { pattern, maxBytes = Infinity, isPhoneNumber } = field;
	const written = String(value).trim();
	const line = isPhoneNumber ? asPhoneNumber(written) : written;
	if (pattern && !pattern.matches.test(line)) {
		const problem = unseen(line);
		const also = pattern.also?.find(({ matches }) => matches.test(line));
		const says = also ? `${pattern.says}. ${also.says}` : pattern.says;
		if (isPhoneNumber && problem === undefined) complainOf(checks, field, line, says);
		else complain(checks, field, problem ?? says);
	}
	const isPrivate = pattern?.isAddress ? checks.whyPrivate?.(line) : undefined;
	if (isPrivate) {
		complain(checks, field, `has ${new URL(line).host}, which Telnyx cannot reach: ${isPrivate}`);
	}
	const bytes = Buffer.byteLength(line);
	if (bytes > maxBytes) {
		complain(checks, field, `may have ${maxBytes} bytes at most, but has ${bytes}`);
	}
	return line;
}

const INEXACT = 'is a number that cannot be written out exactly: give it as text';

/** What to say of characters that nobody sees, such as those that come along when a number is copied. */
function unseen(line: string): string | undefined {
	const character = invisibleIn(line);
	return character && `holds a character that cannot be seen (${character}): type it again`;
}

/** A number, an ID or a name. In a plain one, nobody wants characters that cannot be seen. */
function idValue(
	{ label, isPhoneNumber, pattern }: Pick<LocatorField, 'label' | 'isPhoneNumber' | 'pattern'>,
	value: unknown,
	checks: Checks,
) {
	const line = textValue({ label, isPhoneNumber, pattern }, value, checks);
	if (line === undefined || pattern) return line;
	const problem = unseen(line);
	return problem && PLAIN.test(withoutInvisible(line))
		? complain(checks, { label }, problem)
		: line;
}

const PLAIN = /^[ -~]*$/;

/** The entries of a list, or of a text with commas or lines. */
const entriesOf = (value: unknown): unknown[] =>
	typeof value === 'string'
		? value
				.split(/[,\n]/)
				.map((entry) => entry.trim())
				.filter(Boolean)
		: [value].flat();

function textsValue(field: TextsField, value: unknown, checks: Checks) {
	const lines = entriesOf(value).map((entry) => textValue(field, entry, checks));
	complainOfMany(field, lines, checks);
	if (lines.length === 0) return undefined;
	return field.oneAsText && lines.length === 1 ? lines[0] : lines;
}

function numbersValue(field: NumbersField, value: unknown, checks: Checks) {
	const numbers = entriesOf(value).map((entry) =>
		numberValue({ ...field, whole: true }, entry, checks),
	);
	complainOfMany(field, numbers, checks);
	const { maxSum = Infinity } = field;
	const sum = numbers.reduce<number>((total, number = 0) => total + number, 0);
	if (sum > maxSum) {
		complain(
			checks,
			field,
			`adds up to ${sum.toLocaleString('en-US')}, but may add up to ${maxSum.toLocaleString('en-US')} at most`,
		);
	}
	return numbers;
}

function complainOfMany(
	field: Pick<TextsField, 'label' | 'most'>,
	{ length }: readonly unknown[],
	checks: Checks,
): void {
	const { most = Infinity } = field;
	if (length > most) complain(checks, field, `has ${length} entries, but may have ${most} at most`);
}

type Range = Pick<NumberField, 'label' | 'min' | 'max' | 'also' | 'whole'>;

function numberValue(field: Range, value: unknown, checks: Checks) {
	const { min = -Infinity, max = Infinity, also = [], whole } = field;
	const number = typeof value === 'string' ? Number(value) : value;
	const isAllowed =
		typeof number === 'number' &&
		(also.includes(number) || (number >= min && number <= max)) &&
		Number.isFinite(number) &&
		(!whole || Number.isInteger(number));
	if (isAllowed) return number;
	const kind = whole ? 'a whole number' : 'a number';
	return complainOf(
		checks,
		field,
		value,
		`has to be ${kind}${boundsOf(min, max)}${also.map((n) => `, or ${n}`).join('')}`,
	);
}

function boundsOf(min: number, max: number): string {
	if (min === -Infinity) return max === Infinity ? '' : ` of at most ${max}`;
	return max === Infinity ? ` of at least ${min}` : ` from ${min} to ${max}`;
}

function countValue(field: CountField, value: unknown, checks: Checks) {
	const { min, max = Infinity, words } = field;
	if (typeof value === 'string' && words.includes(value.trim())) return value.trim();
	const number = Number(value);
	if (Number.isSafeInteger(number) && number >= min && number <= max) return number;
	return complainOf(
		checks,
		field,
		value,
		`has to be a whole number${boundsOf(min, max)}, or one of: ${words.join(', ')}`,
	);
}

function choiceValue(field: ChoiceField, value: unknown, checks: Checks) {
	const { choices, open } = field;
	const name = typeof value === 'number' ? String(value) : value;
	if (typeof name === 'string' && Object.hasOwn(choices, name)) {
		const choice: ChoiceField['choices'][string] = choices[name];
		const {
			name: label,
			onlyWith = {},
			needs,
		} = typeof choice === 'string' ? { name: choice } : choice;
		if (needs && isUnset({ kind: 'group' }, checks.form[needs.field])) {
			checks.complaints.push(
				`'${[...checks.within, field.label].join(' > ')}' is ${label}, which needs ${needs.says}`,
			);
		}
		for (const [beside, needed] of Object.entries(onlyWith)) {
			const { [beside]: other } = checks.form;
			if (other === undefined || other === needed) continue;
			checks.complaints.push(
				`'${[...checks.within, field.label].join(' > ')}': ${label} goes only with ${needed}`,
			);
		}
		return typeof field.start === 'number' ? Number(name) : name;
	}
	if (open && typeof name === 'string') return name.trim();
	return complainOf(checks, field, value, `has to be one of: ${listed(choices)}`);
}

/** What can be chosen: the values, with what the form calls them where that is something else. */
const listed = (choices: ChoiceField['choices']) =>
	Object.entries(choices)
		.map(([value, choice]) => {
			const name = typeof choice === 'string' ? choice : choice.name;
			return bare(name) === bare(value) ? value : `${value} (${name})`;
		})
		.join(', ');

const bare = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '');

function choicesValue(field: ChoicesField, value: unknown, checks: Checks) {
	const values = entriesOf(value);
	const strange = values.filter(
		(entry) => typeof entry !== 'string' || !Object.hasOwn(field.choices, entry),
	);
	if (strange.length > 0) {
		return complain(checks, field, `may only hold some of: ${listed(field.choices)}`);
	}
	return field.joined ? values.join(',') : values;
}

/** Complains unless the value is true or false, as a boolean or as text. */
function toggleValue(
	field: Pick<ToggleField, 'label'>,
	value: unknown,
	checks: Checks,
): boolean | undefined {
	if (value === true || value === 'true') return true;
	if (value === false || value === 'false') return false;
	return complainOf(checks, field, value, 'has to be true or false');
}

function dateTimeValue(field: { label: string }, value: unknown, checks: Checks) {
	// An expression may return a Luxon date, which n8n passes on as it is.
	const text = typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
	const date = new Date(text.replace(/^"|"$/g, ''));
	return Number.isNaN(date.getTime())
		? complainOf(checks, field, value, 'has to be a date and time, such as 2026-01-31T12:00:00Z')
		: date.toISOString();
}

function clientStateValue(field: Field, value: unknown, checks: Checks) {
	if (typeof value === 'number' && !Number.isFinite(value)) {
		return complain(checks, field, 'is not a number that can be sent');
	}
	if (hasLostDigits(value)) return complain(checks, field, INEXACT);
	const { [CLIENT_STATE_ENCODED]: encodedAlready = false } = checks.form;
	if (!toggleValue(clientStateEncoded, encodedAlready, checks)) return encodeClientState(value);
	const encoded = typeof value === 'string' ? value.replace(/\s/g, '') : '';
	if (decodeBase64(encoded)) return encoded;
	return complain(
		checks,
		field,
		"is not Base64. Switch off 'Client State Is Base64' to have it encoded for you",
	);
}

function jsonValue(field: JsonField, value: unknown, checks: Checks) {
	const parsed = typeof value === 'string' ? parseJson(value) : value;
	const fits = field.shape === 'list' ? Array.isArray(parsed) : isPlain(parsed);
	if (!fits) {
		const wanted =
			field.shape === 'list' ? 'a JSON list, such as [ … ]' : 'a JSON object, such as { … }';
		return complain(checks, field, `has to be ${wanted}`);
	}
	if (typeof value === 'string' ? losesDigits(value) : holdsLostDigits(value)) {
		const problem = 'holds a number that cannot be written out exactly: put it in quotes';
		return complain(checks, field, problem);
	}
	return isUnset(field, parsed) ? undefined : parsed;
}

/** Whether a number may be another one than was written: an expression has it in JavaScript already. */
const hasLostDigits = (value: unknown): boolean =>
	typeof value === 'number' && !Number.isSafeInteger(value) && value % 1 === 0;

/** The same of numbers in an object or a list, or that they cannot be written at all. */
const holdsLostDigits = (value: unknown): boolean =>
	typeof value === 'object' && value !== null
		? Object.values(value).some(holdsLostDigits)
		: hasLostDigits(value) || (typeof value === 'number' && !Number.isFinite(value));

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
