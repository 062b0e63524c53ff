import type { Problem } from './validator';

/** Telnyx's error codes with its own titles and texts, and the HTTP status they come with. */
const CODES = {
	10004: [422, 'Missing required parameter', 'A required parameter was missing.'],
	10005: [404, 'Resource not found', 'The requested resource or URL could not be found.'],
	10007: [500, 'Unexpected error', 'An unexpected error occurred.'],
	10009: [
		401,
		'Authentication failed',
		'The required authentication headers were either invalid or not included in the request.',
	],
	10010: [
		403,
		'Authorization failed',
		'You do not have permission to perform the requested action on the specified resource or resources.',
	],
	10011: [429, 'Too many requests', 'You have exceeded the maximum number of allowed requests.'],
	10015: [400, 'Bad Request', 'The request failed because it was not well-formed.'],
	10016: [
		422,
		'Phone number must be in +E.164 format',
		'The specified phone number parameter must be in +E.164 format.',
	],
	10023: [400, 'Invalid JSON', 'The supplied JSON is invalid.'],
	10026: [422, 'Invalid parameter type', 'The parameter has the wrong type.'],
	10029: [415, 'Expected JSON Content-Type', "Must encode request as 'application/json'"],
	10030: [405, 'Method not allowed', 'The URL is valid, but the method is not allowed.'],
	10032: [422, 'Invalid enumerated value', 'The value must be one of'],
	10033: [422, 'Value outside of range', 'The value is outside of allowed range'],
	90015: [422, 'Invalid Call Control ID', 'The call_control_id provided was not valid.'],
	90018: [
		422,
		'Call has already ended',
		"This call is no longer active and can't receive commands.",
	],
	90019: [
		422,
		'Conference has already ended',
		"This conference is no longer active and can't receive commands.",
	],
	90031: [
		422,
		'Call is not currently forked',
		"Can't stop forking, because the call isn't currently forked.",
	],
	90034: [
		422,
		'Call has not been answered yet',
		"This call can't receive this command because it has not been answered yet.",
	],
	90035: [
		422,
		'Call not in queue',
		"This call can't receive this command because it has not been put in any queue yet.",
	],
	90038: [422, 'Call already in queue', "Call can't be added to a queue it's already in."],
	90044: [422, 'Call is already in the conference', 'A call can join a conference only once.'],
	90053: [
		422,
		'Recording with a silence timeout not possible',
		"The recording can't wait for silence while this call is being transcribed.",
	],
	90054: [422, 'Transcription already in progress', 'This call is already being transcribed.'],
	90055: [
		422,
		'Transcription cannot be stopped',
		"The transcription can't be stopped while a recording waits for silence.",
	],
	90057: [422, 'Invalid value for webhook_urls', 'The keys must be event types.'],
	90058: [404, 'Conference not found', 'There is no conference with this ID.'],
	90102: [422, 'Call is outbound', "This command can't be issued on an outbound call."],
} as const;

/** Why the network refuses an outgoing call; the code also ends the text of the error. */
const CALL_REFUSALS = {
	D1: 'User channel limit exceeded',
	D7: 'Outbound voice profile not found',
	D13: 'Dialed number is not included in whitelisted countries',
	D19: 'Account balance is too low',
	D24: 'Rate per minute exceeds the limit of the outbound voice profile',
	D38: 'Connection has no outbound voice profile',
	D51: 'Origination number is not verified',
	D60: 'Destination number is not verified, as this account level requires',
};

export type CallRefusal = keyof typeof CALL_REFUSALS;

/** Refuses to place a call, as Telnyx does for reasons of its network. */
export const refuseCall = (code: CallRefusal) => {
	const [status, title] = CODES[10010];
	const detail = `${CALL_REFUSALS[code]} ${code}`;
	return new Refusal(status, [telnyxError(10010, title, detail)], code);
};

/** Fields with an error code of their own, whatever is wrong with their value. */
const CODE_OF_FIELD: Record<string, number> = {
	format: 90000,
	channels: 90001,
	terminating_digit: 90007,
	valid_digits: 90008,
	loop: 90009,
	payload: 90010,
	payload_type: 90011,
	language: 90013,
	digits: 90014,
	stop: 90016,
	client_state: 90017,
	minimum_digits: 90022,
	maximum_digits: 90023,
	maximum_tries: 90024,
	timeout_millis: 90025,
	inter_digit_timeout_millis: 90026,
	duration_millis: 90027,
	timeout_secs: 90028,
	time_limit_secs: 90029,
	service_level: 90030,
};

/** Telnyx's own words for some of them. */
const DETAIL_OF_FIELD: Record<string, string> = {
	client_state: "The 'client_state' parameter must be a valid base64 string.",
	digits:
		"The 'digits' parameter must be a 'string' made of a combination of either 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, A, B, C, D, w, W, * or #.",
	duration_millis:
		"The 'duration_millis' parameter must be an 'integer' with a minimum value of 100 and a maximum value of 500.",
};

type Code = keyof typeof CODES;

/** One entry of `errors` in what Telnyx answers. */
export interface TelnyxError {
	code: string;
	title: string;
	detail: string;
	source?: { pointer: string };
	meta: { url: string };
}

/** An error response of Telnyx. */
export class Refusal extends Error {
	/** @param status HTTP status */
	constructor(
		readonly status: number,
		readonly errors: TelnyxError[],
		/** The reason of Telnyx's network, next to the errors. */
		readonly networkCode?: string,
	) {
		super(errors.map(({ code, title }) => `${code} ${title}`).join(', '));
	}

	get body() {
		return {
			errors: this.errors,
			...(this.networkCode && { telnyx_error: { error_code: this.networkCode } }),
		};
	}
}

/**
 * @param more what differs from the usual text, and the field it concerns, as a JSON
 * pointer
 */
export function refuse(
	code: Code,
	{ detail, pointer, status }: { detail?: string; pointer?: string; status?: number } = {},
) {
	const [usualStatus, title, usualDetail] = CODES[code];
	return new Refusal(status ?? usualStatus, [
		telnyxError(code, title, detail ?? usualDetail, pointer),
	]);
}

/**
 * The error response to invalid values.
 * @param problems at least one
 */
export const refuseValues = (problems: Problem[]) =>
	new Refusal(
		422,
		problems.map(({ kind, pointer, says }) => {
			const field = pointer.split('/').at(-1) ?? '';
			const own = kind === 'missing' ? undefined : CODE_OF_FIELD[field];
			if (own) {
				const detail = DETAIL_OF_FIELD[field] ?? `The '${field}' parameter ${says}.`;
				return telnyxError(own, `Invalid value for ${field}`, detail, pointer);
			}
			const code = (
				{
					missing: 10004,
					type: 10026,
					enum: 10032,
					range: 10033,
					number: 10016,
					malformed: 10015,
					event: 90057,
				} as const
			)[kind];
			const [, title, detail] = CODES[code];
			return telnyxError(code, title, says ? `The value ${says}.` : detail, pointer);
		}),
	);

const telnyxError = (
	code: number,
	title: string,
	detail: string,
	pointer?: string,
): TelnyxError => ({
	code: String(code),
	title,
	detail,
	...(pointer ? { source: { pointer } } : {}),
	meta: { url: `https://developers.telnyx.com/docs/overview/errors/${code}` },
});
