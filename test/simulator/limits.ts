import { split } from './dial';
import type { Problem } from './validator';
import type { Json } from './types';

const DIGITS = /^[0-9A-DwW*#]+$/;
const KEYS = /^[0-9*#]*$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const E164 = /^\+[1-9]\d{6,14}$/;
const SIP = /^sips?:[^\s@]+@[^\s@]+$/i;
const WEB = /^https?:\/\/[^\s]+$/i;

/** Returns the end of a sentence that begins with the field's name if a value is wrong. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- its type was checked before
type Check = (value: any) => string | undefined;

const between =
	(min: number, max = Infinity): Check =>
	(value) => {
		if (Number.isInteger(value) && value >= min && value <= max) return undefined;
		return max === Infinity
			? `must be an integer of at least ${min}`
			: `must be an integer between ${min} and ${max}`;
	};

const matching =
	(pattern: RegExp, says: string): Check =>
	(value) =>
		pattern.test(value) ? undefined : says;

const atMost =
	(max: number): Check =>
	(value) =>
		value.length >= 1 && value.length <= max ? undefined : `must have 1 to ${max} characters`;

/** The same of what may be empty. */
const noMoreThan =
	(max: number): Check =>
	(value) =>
		value.length <= max ? undefined : `must have at most ${max} characters`;

const bytesAtMost =
	(max: number): Check =>
	(value) =>
		Buffer.byteLength(value) <= max ? undefined : `must have at most ${max} bytes`;

/** Only transfer takes this codec. */
const withoutWideband: Check = (value) =>
	/AMR-WB/.test(value) ? 'must be some of G722, PCMU, PCMA, G729, OPUS, VP8 and H264' : undefined;

const base64: Check = matching(BASE64, 'must be Base64');

/**
 * Limits from the API's documentation that types cannot express. Fields of the same name
 * have the same limits everywhere, except in the actions below.
 */
const LIMITS: Record<string, Check> = {
	client_state: base64,
	target_leg_client_state: base64,
	digits: matching(DIGITS, 'must be made of 0-9, A-D, w, W, * and #'),
	send_digits_on_answer: matching(
		/^[0-9A-DwW*#]{1,64}$/,
		'must be 1 to 64 of 0-9, A-D, w, W, * and #',
	),
	duration_millis: between(100, 500),
	inter_digit_timeout_millis: between(1, 120_000),
	minimum_digits: between(1, 128),
	maximum_digits: between(1, 128),
	maximum_tries: between(1, 128),
	terminating_digit: matching(/^[0-9*#]?$/, 'must be one of 0-9, * and #'),
	valid_digits: matching(KEYS, 'must be made of 0-9, * and #'),
	timeout_millis: between(1),
	time_limit_secs: between(30, 14_400),
	loop: (value) => (value === 'infinity' ? undefined : between(1, 100)(Number(value))),
	session_timeout_secs: (value) => (value === 0 ? undefined : between(90)(value)),
	stop: matching(/^(all|current|overlay)$/, "must be 'all', 'current' or 'overlay'"),
	webhook_url: matching(WEB, 'must be a web address'),
	from_display_name: matching(/^[\w~!.+ -]{0,128}$/, 'has a character that is not allowed'),
	payload: atMost(3000),
	invalid_payload: atMost(3000),
	stream_auth_token: atMost(4000),
};

const LIMITS_OF: Record<string, Record<string, Check>> = {
	dial: { preferred_codecs: withoutWideband, timeout_secs: between(5, 600) },
	transfer: { timeout_secs: between(5, 600) },
	ai_assistant_start: { greeting: noMoreThan(3000) },
	gather_using_ai: { greeting: noMoreThan(3000), gather_ended_speech: noMoreThan(3000) },
	gather: { gather_id: atMost(40) },
	gather_using_audio: { gather_id: atMost(100) },
	record_start: { timeout_secs: between(0), max_length: between(0, 14_400) },
	send_sip_info: { body: bytesAtMost(1400) },
};

/** Parameters that are phone numbers or SIP addresses. */
const NUMBERS = ['from', 'to'];

/**
 * Checks values whose types are right.
 * @param action such as `speak`, or `dial`
 * @param eventTypes all event types of Telnyx
 */
export function checkLimits(action: string, body: Json, eventTypes: string[]): Problem[] {
	const checks = { ...LIMITS, ...LIMITS_OF[action] };
	const outside = Object.entries(checks).flatMap(([field, check]) => {
		const says = body[field] === undefined ? undefined : check(body[field]);
		const kind: Problem['kind'] = field === 'webhook_url' ? 'malformed' : 'range';
		return says ? [{ kind, pointer: `/${field}`, says }] : [];
	});
	const numbers = NUMBERS.filter((field) => body[field] !== undefined && action !== 'answer');
	const wrongNumbers = numbers
		.filter((field) => [body[field]].flat().some((value) => !isNumber(split(value)[0])))
		.map((field) => ({ kind: 'number', pointer: `/${field}`, says: '' }) as Problem);
	return [
		...outside,
		...wrongNumbers,
		...checkRetries(body),
		...checkUrls(body, eventTypes),
		...checkTerms(body),
	];
}

const isNumber = (text: string) => E164.test(text) || SIP.test(text);

/** At most 5 retries with a total delay of at most a minute. */
const checkRetries = ({ webhook_retries_policies = {} }: Json): Problem[] =>
	Object.entries(webhook_retries_policies as Record<string, { retries_ms?: number[] }>)
		.filter(([, { retries_ms = [] }]) => {
			const total = retries_ms.reduce((sum, ms) => sum + ms, 0);
			return retries_ms.length > 5 || total > 60_000;
		})
		.map(([event]) => ({
			kind: 'range',
			pointer: `/webhook_retries_policies/${event}/retries_ms`,
			says: 'must be at most 5 delays of together at most 60000 ms',
		}));

/** The models that take a limited number of words to expect, and the field that has them. */
const LIMITED_TERMS: Record<string, string> = {
	'deepgram/nova-2': 'hints',
	'deepgram/nova-3': 'keyterms',
};

/** At most 100, in Start Transcription and in the transcription of Answer and Dial. */
const checkTerms = ({ transcription_engine_config, transcription_config }: Json): Problem[] =>
	Object.entries({
		'/transcription_engine_config': transcription_engine_config,
		'/transcription_config/transcription_engine_config': (transcription_config as Json | undefined)
			?.transcription_engine_config,
	}).flatMap(([pointer, config = {}]): Problem[] => {
		const { [String((config as Json).transcription_model)]: name } = LIMITED_TERMS;
		const terms = [(config as Json)[name ?? ''] ?? []].flat();
		return name === undefined || terms.length <= 100
			? []
			: [{ kind: 'range', pointer: `${pointer}/${name}`, says: 'must have at most 100 entries' }];
	});

const checkUrls = ({ webhook_urls = {} }: Json, eventTypes: string[]): Problem[] =>
	Object.entries(webhook_urls as Record<string, string | string[]>).flatMap(
		([event, urls]): Problem[] => {
			const pointer = `/webhook_urls/${event}`;
			if (!eventTypes.includes(event)) {
				return [{ kind: 'event', pointer, says: 'has a key that is not an event type' }];
			}
			const isWrong = [urls].flat().some((url) => !WEB.test(url));
			return isWrong ? [{ kind: 'malformed', pointer, says: 'must be web addresses' }] : [];
		},
	);
