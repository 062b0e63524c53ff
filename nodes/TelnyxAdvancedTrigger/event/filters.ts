import type { IDataObject } from 'n8n-workflow';

import { payloadOf, type TelnyxEvent } from '../../telnyx/webhooks/parseEvent';
import { plain, type Filters } from '../form/parameters';
import { asSipAddress, listed, numberPattern, NUMBERS } from '../form/numberPattern';

/** Whether an event meets all filters. One that lacks a field does not meet a filter for it. */
export function passes(event: TelnyxEvent, filters: Filters): boolean {
	const payload = payloadOf(event);
	const { direction, client_state } = filters;
	return (
		(isUnset(filters.connection_id) || meetsAny(payload.connection_id, filters.connection_id)) &&
		NUMBERS.every((name) => isUnset(filters[name]) || meetsNumber(payload[name], filters[name])) &&
		(isUnset(direction) || payload.direction === plain(direction)) &&
		(client_state?.conditions ?? [])
			.filter(({ path, value }) => !isUnset(path) || !isUnset(value))
			.every(({ path, value }) => meetsAny(valueAt(event.client_state, plain(path)), value))
	);
}

const isUnset = (setting: unknown) => plain(setting) === '';

/** @param patterns separated by commas; `*` in one stands for any text */
function meetsAny(value: unknown, patterns: unknown): boolean {
	if (value === undefined || value === null) return false;
	const whole = plain(typeof value === 'object' ? JSON.stringify(value) : value);
	return listed(patterns).some((pattern) => meets(whole, pattern));
}

const meetsNumber = (value: unknown, patterns: unknown): boolean =>
	listed(patterns).some((written) => {
		const pattern = numberPattern(written);
		if (pattern === undefined) return false;
		return formsOf(value).some(
			(form) =>
				meetsAny(form, pattern) ||
				(NUMBER.test(pattern)
					? meetsCountryCode(form, pattern)
					: meetsWithoutScheme(form, pattern)),
		);
	});

/** What stands in front of a host is not known where a pattern has `*` for it. */
const formsOf = (value: unknown): unknown[] =>
	typeof value === 'string' ? [value, asSipAddress(value)] : [value];

const NUMBER = /^[+\d*]+$/;

/** A pattern such as 44* may mean an extension, or a country code without its plus. */
const meetsCountryCode = (value: unknown, pattern: string): boolean =>
	/^\d.*\*/.test(pattern) && meetsAny(value, `+${pattern}`);

/** People leave out the scheme of a SIP address, and so does Telnyx in places. */
function meetsWithoutScheme(value: unknown, pattern: string): boolean {
	if (typeof value !== 'string') return false;
	const leavesItOut = SCHEME.test(pattern)
		? !SCHEME.test(value) && value.includes('@')
		: SCHEME.test(value);
	return leavesItOut && meetsAny(value.replace(SCHEME, ''), pattern.replace(SCHEME, ''));
}

const SCHEME = /^sips?:/;

/** Takes time in proportion to the length of the text only, unlike a regular expression. */
function meets(whole: string, pattern: string): boolean {
	const [start, ...parts] = pattern.split('*');
	if (parts.length === 0) return whole === start;
	if (!whole.startsWith(start)) return false;
	const end = parts.pop() as string;
	let position = start.length;
	for (const part of parts) {
		const found = whole.indexOf(part, position);
		if (found < 0) return false;
		position = found + part.length;
	}
	return whole.length - position >= end.length && whole.endsWith(end);
}

/** @param path names with dots between them; the whole value if empty */
function valueAt(value: unknown, path: string): unknown {
	const names = path.split('.').filter((name) => name !== '');
	return names.reduce<unknown>(
		(inner, name) =>
			typeof inner === 'object' && inner !== null && Object.hasOwn(inner, name)
				? (inner as IDataObject)[name]
				: undefined,
		value,
	);
}
