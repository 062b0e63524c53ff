import type { IDataObject, JsonObject } from 'n8n-workflow';

import { isDeeperThan } from '../../shared/isDeeperThan';
import { isObject } from '../../shared/isObject';
import { shortened } from '../../shared/shortened';

/** One of Telnyx's reasons for a refusal. */
export interface Complaint {
	readonly code?: string;
	readonly title?: string;
	readonly detail?: string;
	/** The API's name of the field that it is about; names of nested fields are joined by dots. */
	readonly field?: string;
}

/** The content of a refusal. */
interface RefusalBody {
	/** Empty if it gives no reason. */
	readonly complaints: readonly Complaint[];
	/** Whether they are in the format of most of Telnyx's API, which hardly any other server uses. */
	readonly isTelnyxs: boolean;
	/** What Telnyx's voice network adds to the reasons. */
	readonly telnyxError?: JsonObject | string;
	/** Telnyx's code for why its network places no call, such as D38. */
	readonly dCode?: string;
}

/** Nobody reads more than this. */
const MOST_COMPLAINTS = 10;
const LONGEST_TEXT = 500;
const LONGEST_TELNYX_ERROR = 2_000;
const MOST_LEVELS = 5;

/** Reads the JSON of a refusal in any of the formats that Telnyx, or a server in front of it, uses. */
export function readRefusal(body: unknown): RefusalBody {
	const ofTelnyx = said(isObject(body) ? body.errors : undefined);
	const complaints = ofTelnyx.length > 0 ? ofTelnyx : elsewhere(body);
	return { complaints, isTelnyxs: ofTelnyx.length > 0, ...readNetworkError(body, complaints) };
}

/** Reads what Telnyx's voice network says: in the JSON of a refusal, or in the payload of a hangup. */
export function readNetworkError(
	body: unknown,
	complaints: readonly Complaint[] = [],
): Pick<RefusalBody, 'telnyxError' | 'dCode'> {
	const telnyxError = telnyxErrorIn(body);
	const dCode = dCodeIn(telnyxError, complaints);
	return { ...(telnyxError && { telnyxError }), ...(dCode && { dCode }) };
}

const saysSomething = ({ code, title, detail }: Complaint) =>
	code !== undefined || title !== undefined || detail !== undefined;

/** The complaints that say anything. */
const said = (errors: unknown): Complaint[] =>
	isPresent(errors) ? toComplaints(errors).filter(saysSomething).slice(0, MOST_COMPLAINTS) : [];

/** Complaints in the formats of other servers; failing that, a short body as a whole. */
function elsewhere(body: unknown): Complaint[] {
	if (isPage(body)) return [];
	return (
		placesIn(body)
			.map(said)
			.find(({ length }) => length > 0) ?? said(asItIs(body))
	);
}

/** A text as the error is a class of errors: what else is in the body says more. */
function placesIn(body: unknown): unknown[] {
	if (!isObject(body)) return [body];
	const { error, detail, fault } = body;
	const lists = [fault, Array.isArray(detail) ? detail : undefined, [body]];
	return isText(error) ? lists : [error, ...lists];
}

/** The source of a web page would explain nothing to users. */
const isPage = (body: unknown) => typeof body === 'string' && body.trimStart().startsWith('<');

const asItIs = (body: unknown): string | undefined =>
	!isDeeperThan(MOST_LEVELS, body) && hasText(body) ? JSON.stringify(body) : undefined;

const hasText = (value: unknown): boolean =>
	isText(value) ||
	(typeof value === 'object' && value !== null && Object.values(value).some(hasText));

const isPresent = (value: unknown) => value !== undefined && value !== null;

function toComplaints(errors: unknown): Complaint[] {
	if (Array.isArray(errors)) return errors.slice(0, MOST_COMPLAINTS).map(toComplaint);
	if (!isObject(errors)) return [toComplaint(errors)];
	const { errors: inner } = errors;
	if (Array.isArray(inner)) return inner.slice(0, MOST_COMPLAINTS).map(toComplaint);
	const complaint = toComplaint(errors);
	return saysSomething(complaint) ? [complaint] : byField(errors);
}

/** Complaints by the name of the field: `{ "to": ["is missing"] }`. */
const byField = (errors: IDataObject): Complaint[] =>
	Object.entries(errors).map(([field, says]) => ({
		...toComplaint(Array.isArray(says) ? says.filter(isText).join('; ') : says),
		field: readable(field),
	}));

function toComplaint(error: unknown): Complaint {
	if (!isObject(error)) return isText(error) ? { detail: readable(error) } : {};
	const { code, title, source, loc } = error;
	const says = SAYING.map((name) => textIn(error[name])).find((text) => text !== undefined);
	const field = fieldIn(source, loc);
	return {
		...(isText(code) && { code: readable(code) }),
		...(isText(title) && { title: readable(title) }),
		...(says !== undefined && { detail: readable(says) }),
		...(field && { field }),
	};
}

/** The fields in which servers explain a refusal, the most informative first. */
const SAYING = [
	'detail',
	'message',
	'msg',
	'error_description',
	'error_message',
	'description',
	'reason',
	'faultstring',
	'error',
] as const;

/** A text, the texts of a list, or the message of an object. */
function textIn(value: unknown): string | number | undefined {
	const text = Array.isArray(value) ? value.filter(isText).join('; ') : value;
	const found = isObject(text) ? text.message : text;
	return isText(found) ? found : undefined;
}

const isText = (value: unknown): value is string | number =>
	(typeof value === 'string' && value.trim() !== '') || typeof value === 'number';

const readable = (text: string | number): string => shortened(String(text).trim(), LONGEST_TEXT);

/** From a JSON pointer into the body, the name of a query parameter, or a list of names. */
function fieldIn(source: unknown, loc: unknown): string | undefined {
	if (Array.isArray(loc)) return joined(loc.filter(isText).map(String));
	const { pointer, parameter } = isObject(source) ? source : {};
	const place = [pointer, parameter].find(isText);
	return place === undefined ? undefined : joined(readable(place).split(/[/.[\]#]+/));
}

/** Without positions in lists, and without the part of the request, such as `body`. */
function joined(names: string[]): string | undefined {
	const named = names.filter((name) => name !== '' && !/^\d+$/.test(name));
	const [first, ...rest] = named;
	const within = ['body', 'query', 'path'].includes(first) ? rest : named;
	return within.length > 0 ? readable(within.join('.')) : undefined;
}

function telnyxErrorIn(body: unknown): JsonObject | string | undefined {
	const found = placesOfTelnyxError(body).find(isPresent);
	if (typeof found === 'string' && found !== '') return readable(found);
	if (!isObject(found) || isDeeperThan(MOST_LEVELS, found)) return undefined;
	const { length } = JSON.stringify(found);
	return length > LONGEST_TELNYX_ERROR || length <= '{}'.length ? undefined : (found as JsonObject);
}

/** Beside the reasons, in one of them, or in what is added to one. */
function placesOfTelnyxError(body: unknown): unknown[] {
	if (!isObject(body)) return [];
	const { errors } = body;
	const reasons = (Array.isArray(errors) ? errors : []).slice(0, MOST_COMPLAINTS).filter(isObject);
	const added = reasons.map(({ meta }) => meta).filter(isObject);
	return [body, ...reasons, ...added].map(({ telnyx_error: error }) => error);
}

/** The fields of `telnyx_error` that hold a code, or words with one in them. */
const WITH_CODE = [
	'error_code',
	'code',
	'error_detail',
	'error_title',
	'detail',
	'title',
	'message',
];
const D_CODE = /\bD\d{1,2}\b/;

/** In `telnyx_error`, or within the text of a refusal for lack of permission. */
function dCodeIn(
	telnyxError: JsonObject | string | undefined,
	complaints: readonly Complaint[],
): string | undefined {
	const codes = isObject(telnyxError) ? WITH_CODE.map((name) => telnyxError[name]) : [telnyxError];
	const texts = complaints
		.filter(({ code }) => code === '10010')
		.flatMap(({ detail, title }) => [detail, title]);
	return [...codes, ...texts]
		.map((text) => (isText(text) ? D_CODE.exec(String(text))?.[0] : undefined))
		.find((found) => found !== undefined);
}
