/** Why there was no reply: Node's or axios' code, or that n8n refused to send the request. */
export type TransportError = { readonly network: string } | { readonly unsent: Error };

/** Why a request failed: Telnyx's status, or why there was no reply. */
export type RequestError = { readonly status: number } | TransportError;

/** By lower-case name, as n8n returns them. */
export type Headers = Readonly<Record<string, string | undefined>>;

interface Rule {
	/** As worded in docs/delivery.md. */
	readonly failure: string;
	readonly matches: (error: RequestError) => boolean;
	/** Which requests are tried again after this failure. */
	readonly repeats: 'all' | 'repeatable' | 'none';
}

const status =
	(from: number, to = from) =>
	(error: RequestError) =>
		'status' in error && error.status >= from && error.status <= to;

const network = (codes: RegExp) => (error: RequestError) =>
	'network' in error && codes.test(error.network);

/** Nothing was sent, and trying again does not change that. */
const WRONG_ADDRESS = /^(?:EPROTO|ERR_INVALID_URL|ERR_TLS_\w+|\w*CERT\w*|\w*SIGNATURE\w*)$/;
/**
 * Nothing was sent, and the next try may get through. A resolver in trouble says ENOTFOUND of every name, and
 * a machine that has made many connections lacks ports or file descriptors for a moment.
 */
const NO_CONNECTION =
	/^(?:EAI_\w+|ENOTFOUND|ECONNREFUSED|E(?:HOST|NET)(?:UNREACH|DOWN)|EADDRNOTAVAIL|EMFILE|ENFILE)$/;
/** The request may or may not have reached Telnyx. */
const BROKE_OFF =
	/^(?:ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|ERR_BAD_RESPONSE|ERR_NETWORK|HPE_\w+)$/;

/**
 * How many seconds a command may be repeated with the same command_id. Telnyx remembers an ID for 60
 * seconds; five are reserved for the request to arrive. Source: Telnyx's guide on receiving webhooks.
 */
export const REPEATABLE_SECS = 55;

/**
 * Which failures are retried; the first rule that matches applies. A request is repeatable if Telnyx
 * carries out only one of two identical requests (it has a command_id), or if carrying it out twice has
 * the same effect (GET, PUT, DELETE). A test compares this table with the one in docs/delivery.md.
 */
export const RETRY_RULES: readonly Rule[] = [
	{
		failure: 'The address is wrong, or its certificate is not trusted',
		matches: network(WRONG_ADDRESS),
		repeats: 'none',
	},
	{
		failure: 'No connection could be made, nothing was sent',
		matches: network(NO_CONNECTION),
		repeats: 'all',
	},
	{
		failure: 'The connection broke off, or no answer came within 35 seconds',
		matches: network(BROKE_OFF),
		repeats: 'repeatable',
	},
	{
		failure: '429: too many requests, Telnyx did nothing',
		matches: status(429),
		repeats: 'all',
	},
	{ failure: '408: the request took too long', matches: status(408), repeats: 'repeatable' },
	{
		failure: '500 to 599: Telnyx is out of order or overloaded',
		matches: status(500, 599),
		repeats: 'repeatable',
	},
	{ failure: 'Any other refusal', matches: () => true, repeats: 'none' },
];

const ruleFor = (error: RequestError): Rule =>
	RETRY_RULES.find(({ matches }) => matches(error)) as Rule;

/** Whether a request that failed like this may be sent again. */
export function isWorthAnotherTry(error: RequestError, isRepeatable: boolean): boolean {
	const { repeats } = ruleFor(error);
	return repeats === 'all' || (repeats === 'repeatable' && isRepeatable);
}

/** Whether Telnyx may have carried the request out although it failed. */
export const mayHaveHappened = (error: RequestError): boolean =>
	ruleFor(error).repeats === 'repeatable';

/** Whether a code is that of a failed connection. */
export const isOfNetwork = (code: string): boolean =>
	wasNeverSent(code) || BROKE_OFF.test(code) || code === 'ERR_CANCELED';

/** Whether nothing of the request left this machine. */
export const wasNeverSent = (code: string): boolean =>
	WRONG_ADDRESS.test(code) || NO_CONNECTION.test(code);

/** Refusals before Telnyx looks at the command: a wrong key, no permission, too many requests. */
const BEFORE_LOOKING: readonly number[] = [401, 403, 429];

/** Whether a failed repetition says nothing about whether an earlier try was carried out. */
export function tellsNothing(error: RequestError): boolean {
	if ('unsent' in error) return true;
	return 'status' in error ? BEFORE_LOOKING.includes(error.status) : wasNeverSent(error.network);
}

/** Milliseconds. */
const FIRST_BACKOFF = 500;
const LONGEST_BACKOFF = 8000;

/**
 * Milliseconds to wait before the next try: as long as the reply asks, else longer with each try. Telnyx
 * says with every reply when it renews the allowance, which only a 429 has to wait for.
 * @param tries so far
 * @param random from 0 to 1
 */
export const waitBeforeNext = (
	tries: number,
	{ statusCode, headers }: { readonly statusCode: number; readonly headers: Headers },
	now: number,
	random: () => number,
): number =>
	retryAfter(headers, now) ??
	(statusCode === 429 ? untilRenewal(headers, now) : undefined) ??
	backoff(tries, random);

/**
 * Doubles with each try, minus a random part of up to a quarter, so that commands that failed together are
 * not retried together. In milliseconds.
 * @param tries so far
 * @param random from 0 to 1
 */
export const backoff = (tries: number, random: () => number): number =>
	Math.min(FIRST_BACKOFF * 2 ** (tries - 1), LONGEST_BACKOFF) * (1 - random() / 4);

/**
 * The wait that `Retry-After` asks for (seconds from now, seconds or milliseconds from 1970, or an HTTP
 * date), in milliseconds; undefined if it asks for none, since all tries would be over at once.
 */
export function retryAfter(headers: Headers, now: number): number | undefined {
	const after = headers['retry-after']?.trim();
	return (untilTime(after, now) ?? untilDate(after, now)) || undefined;
}

/** How long it takes by `x-ratelimit-reset` until Telnyx renews the allowance, in milliseconds, if known. */
export const untilRenewal = (headers: Headers, now: number): number | undefined =>
	untilTime(headers['x-ratelimit-reset'], now);

function secondsAsMs(text: string | undefined): number | undefined {
	return text !== undefined && /^\d+(?:\.\d+)?$/.test(text.trim())
		? Number(text) * 1000
		: undefined;
}

/** A number this large is a point in time; as a duration it would be thirty years. */
const FIRST_TIME_MS = 1e12;
/** No time in seconds is as large for thirty thousand years. */
const FIRST_TIME_IN_MILLISECONDS = 1e15;

function untilTime(text: string | undefined, now: number): number | undefined {
	const ms = secondsAsMs(text);
	if (ms === undefined || ms < FIRST_TIME_MS) return ms;
	return Math.max(0, (ms >= FIRST_TIME_IN_MILLISECONDS ? ms / 1000 : ms) - now);
}

function untilDate(text: string | undefined, now: number): number | undefined {
	// HTTP dates begin with the day of the week. Date.parse would also accept '-1'.
	const isDate = text !== undefined && /^[A-Z][a-z]{2}/.test(text);
	// The oldest of the three formats names no time zone (RFC 9110, 5.6.7).
	const date = isDate ? Date.parse(/GMT$/.test(text) ? text : `${text} GMT`) : NaN;
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
