import type { IDataObject, JsonObject } from 'n8n-workflow';

import { isDeeperThan } from '../../shared/isDeeperThan';
import { isObject } from '../../shared/isObject';

/** What Telnyx says of one thing that is wrong. */
export interface Complaint {
	readonly code?: string;
	readonly title?: string;
	readonly detail?: string;
	/** The API's name of the field that it is about; names of fields inside of others joined by dots. */
	readonly field?: string;
}

/** What a refusal says. */
export interface RefusalBody {
	/** Empty if it gives no reason. */
	readonly complaints: readonly Complaint[];
	/** Whether they are in the format of most of Telnyx's API, which hardly any other server uses. */
	readonly isTelnyxs: boolean;
	/** What Telnyx's voice network adds to the reasons. */
	readonly telnyxError?: JsonObject | string;
	/** Telnyx's code for why its network places no call, such as D38. */
	readonly dCode?: string;
}

/** More is not read by anybody. */
const MOST_COMPLAINTS = 10;
const LONGEST_TEXT = 500;
const LONGEST_TELNYX_ERROR = 2_000;
const MOST_LEVELS = 5;

/** Reads the JSON of a refusal in any of the shapes in which Telnyx, or a server before it, sends one. */
export function readRefusal(body: unknown): RefusalBody {
	const complaints = complaintsIn(body).filter(saysSomething).slice(0, MOST_COMPLAINTS);
	const telnyxError = telnyxErrorIn(body);
	const dCode = dCodeIn(telnyxError, complaints);
	const isTelnyxs = complaints.length > 0 && isObject(body) && isPresent(body.errors);
	return { complaints, isTelnyxs, ...(telnyxError && { telnyxError }), ...(dCode && { dCode }) };
}

const saysSomething = ({ code, title, detail }: Complaint) =>
	code !== undefined || title !== undefined || detail !== undefined;

function complaintsIn(body: unknown): Complaint[] {
	if (!isObject(body)) return [];
	const { errors, error, detail } = body;
	if (isPresent(errors)) return toComplaints(errors);
	if (isPresent(error)) return toComplaints(error);
	if (Array.isArray(detail)) return toComplaints(detail);
	return [toComplaint(body)];
}

const isPresent = (value: unknown) => value !== undefined && value !== null;

function toComplaints(errors: unknown): Complaint[] {
	if (Array.isArray(errors)) return errors.slice(0, MOST_COMPLAINTS).map(toComplaint);
	if (!isObject(errors)) return [toComplaint(errors)];
	const complaint = toComplaint(errors);
	return saysSomething(complaint) ? [complaint] : byField(errors);
}

/** What is wrong by the name of the field: `{ "to": ["is missing"] }`. */
const byField = (errors: IDataObject): Complaint[] =>
	Object.entries(errors).map(([field, says]) => ({
		...toComplaint(Array.isArray(says) ? says.filter(isText).join('; ') : says),
		field: readable(field),
	}));

function toComplaint(error: unknown): Complaint {
	if (!isObject(error)) return isText(error) ? { detail: readable(error) } : {};
	const { code, title, detail, message, msg, source, loc } = error;
	const says = [detail, message, msg].find((text) => isText(text) || isObject(text));
	const field = fieldIn(source, loc);
	return {
		...(isText(code) && { code: readable(code) }),
		...(isText(title) && { title: readable(title) }),
		...(isText(says) && { detail: readable(says) }),
		...(isObject(says) && isText(says.message) && { detail: readable(says.message) }),
		...(field && { field }),
	};
}

const isText = (value: unknown): value is string | number =>
	(typeof value === 'string' && value.trim() !== '') || typeof value === 'number';

function readable(text: string | number): string {
	const trimmed = String(text).trim();
	return trimmed.length > LONGEST_TEXT ? `${trimmed.slice(0, LONGEST_TEXT)}…` : trimmed;
}

/** From a JSON pointer into the body, the name of a query parameter, or a list of names. */
function fieldIn(source: unknown, loc: unknown): string | undefined {
	if (Array.isArray(loc)) return joined(loc.filter(isText).map(String));
	const { pointer, parameter } = isObject(source) ? source : {};
	const place = [pointer, parameter].find(isText);
	return place === undefined ? undefined : joined(readable(place).split(/[/.[\]#]+/));
}

/** Without positions in lists, and without where in the request it is. */
function joined(names: string[]): string | undefined {
	const named = names.filter((name) => name !== '' && !/^\d+$/.test(name));
	const [first, ...rest] = named;
	const within = ['body', 'query', 'path'].includes(first) ? rest : named;
	return within.length > 0 ? readable(within.join('.')) : undefined;
}

function telnyxErrorIn(body: unknown): JsonObject | string | undefined {
	const found = isObject(body) ? body.telnyx_error : undefined;
	if (typeof found === 'string' && found !== '') return readable(found);
	if (!isObject(found) || isDeeperThan(MOST_LEVELS, found)) return undefined;
	return JSON.stringify(found).length > LONGEST_TELNYX_ERROR ? undefined : (found as JsonObject);
}

const D_CODE = /\bD\d{1,2}\b/;

/** In `telnyx_error`, or within the text of a refusal for lack of permission. */
function dCodeIn(
	telnyxError: JsonObject | string | undefined,
	complaints: readonly Complaint[],
): string | undefined {
	const code = isObject(telnyxError) ? telnyxError.error_code : telnyxError;
	const texts = complaints.filter(({ code: of }) => of === '10010').map(({ detail }) => detail);
	return [code, ...texts]
		.map((text) => (isText(text) ? D_CODE.exec(String(text))?.[0] : undefined))
		.find((found) => found !== undefined);
}
