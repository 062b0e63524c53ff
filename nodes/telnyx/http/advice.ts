import { isCommand, type Purpose } from './consequences';

/** What happened, in the user's terms, and what to do about it. */
export interface Advice {
	readonly happened: string;
	readonly todo: string;
}

/** Telnyx's codes that voice commands meet. Codes and meanings: Telnyx's API error reference. */
const ADVICE: Readonly<Record<string, Advice>> = {
	10004: {
		happened: 'A required value is missing',
		todo: 'Fill in the field that Telnyx names.',
	},
	10005: {
		happened: 'Telnyx does not know what this refers to',
		todo: 'Check the ID or name: it may belong to another account or region, or no longer exist.',
	},
	10006: {
		happened: 'The ID is not valid',
		todo: 'Copy the ID again, or take it from the event or answer that it came with.',
	},
	10007: {
		happened: 'Telnyx could not find it or is out of order',
		todo: 'Check the ID. If it is right, try again in a minute.',
	},
	10009: {
		happened: 'Telnyx does not accept the API key',
		todo: 'Open the credential and paste the API key again.',
	},
	10010: {
		happened: 'The API key is not allowed to do this',
		todo: 'Check the permissions of the key, and whether what it is used for belongs to the same Telnyx account.',
	},
	10011: {
		happened: 'Telnyx received too many requests',
		todo: "Wait a moment, and set 'Commands per Second' in 'Request Options' to what your account allows.",
	},
	10015: {
		happened: 'Telnyx could not make sense of the request',
		todo: 'Check the field that Telnyx names.',
	},
	10016: {
		happened: 'The phone number is not in international format',
		todo: 'Write it with plus sign and country code, such as +13125550001.',
	},
	10032: {
		happened: 'A value is not one of those that Telnyx allows',
		todo: 'Choose one from the list of the field that Telnyx names.',
	},
	10033: {
		happened: 'A value is outside of what Telnyx allows',
		todo: 'Change the field that Telnyx names.',
	},
	10038: {
		happened: 'The Telnyx account may not use this feature',
		todo: 'Upgrade or verify the account in the Telnyx portal.',
	},
	10039: {
		happened: 'The level of the Telnyx account is too low for this',
		todo: 'Upgrade or verify the account in the Telnyx portal.',
	},
	90014: {
		happened: 'The digits cannot be sent as DTMF',
		todo: 'Use 0-9, A-D, * and #, and w or W for pauses.',
	},
	90015: {
		happened: 'The call control ID is not valid',
		todo: 'Use call_control_id from the event, not call_leg_id or call_session_id. An ID works only for the account and region of its call.',
	},
	90017: {
		happened: 'The client state is not Base64',
		todo: "Switch off 'Client State Is Base64', so that it is encoded for you.",
	},
	90018: {
		happened: 'The call has already ended',
		todo: "No command reaches a call after its hangup. If that is fine for your workflow, add 'Treat Already Ended as Success' in 'Request Options' (hang up and the stop commands), or set 'On Error' in the settings of this node to continue.",
	},
	90019: {
		happened: 'The conference has already ended',
		todo: "If that is fine for your workflow, set 'On Error' in the settings of this node to continue.",
	},
	90021: {
		happened: 'The duration is not allowed',
		todo: 'Change the field that Telnyx names.',
	},
	90027: {
		happened: 'The tone duration is not allowed',
		todo: 'Use 100 to 500 milliseconds.',
	},
	90034: {
		happened: 'The call has not been answered yet',
		todo: 'Send this command after the event call.answered.',
	},
};

const ADVICE_BY_STATUS: Readonly<Record<number, Advice>> = {
	400: ADVICE[10015],
	401: ADVICE[10009],
	403: ADVICE[10010],
	404: ADVICE[10005],
	429: ADVICE[10011],
};

const REFUSED: Advice = {
	happened: 'Telnyx refused the command',
	todo: 'Change what Telnyx names, or check that the call is in a state that allows the command.',
};

const REFUSED_REQUEST: Advice = {
	happened: 'Telnyx refused the request',
	todo: 'Change what Telnyx names.',
};

/** A trigger has no Request Options. */
const TOO_MANY_ELSEWHERE: Advice = {
	happened: ADVICE[10011].happened,
	todo: 'Wait a minute, then publish or unpublish the workflow again.',
};

const OUT_OF_ORDER: Advice = {
	happened: 'Telnyx has a fault or is overloaded',
	todo: 'Try again in a minute.',
};

/** Something else answers at the base URL. */
export const NOT_TELNYX: Advice = {
	happened: 'The base URL of the credential does not lead to the Telnyx API',
	todo: "Check 'Base URL' in the credential: it normally ends in /v2.",
};

/** What to say of one of Telnyx's codes, if it is one that voice commands meet. */
export const adviceByCode = (code: string | undefined): Advice | undefined =>
	code !== undefined && Object.hasOwn(ADVICE, code) ? ADVICE[code] : undefined;

/**
 * What to say of a refusal by its status alone.
 * @param isExplained whether it came with Telnyx's own JSON
 */
export function adviceByStatus(statusCode: number, isExplained: boolean, purpose: Purpose): Advice {
	if (statusCode >= 500) return OUT_OF_ORDER;
	// A 404 without Telnyx's JSON is some other server's: Telnyx explains its own.
	if (!isExplained && (statusCode === 404 || statusCode < 400)) return NOT_TELNYX;
	if (statusCode === 429 && purpose.isRegistration) return TOO_MANY_ELSEWHERE;
	return ADVICE_BY_STATUS[statusCode] ?? (isCommand(purpose) ? REFUSED : REFUSED_REQUEST);
}
