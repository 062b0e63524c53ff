import { NodeApiError, type IDataObject, type INode, type JsonObject } from 'n8n-workflow';

import { isObject } from '../../shared/isObject';
import { isUncertain, wasNeverSent, type Mishap } from './retryPolicy';

/** What a request was for, which decides what a failure leaves open, and what there is to do. */
interface Stakes {
	/** Whether it was to change something at Telnyx. */
	readonly changes: boolean;
	/** Whether Telnyx would carry a repetition out only once. */
	readonly repeatable: boolean;
	/** Whether it was to point an application to a workflow that is published. */
	readonly isRegistration?: boolean;
}

/** What Telnyx says of one thing that is wrong. */
interface Complaint {
	code?: string;
	title?: string;
	detail?: string;
	/** The API's name of the field that it is about. */
	field?: string;
}

/** What happened, in the user's terms, and what to do about it. */
interface Advice {
	readonly happened: string;
	readonly todo: string;
}

/** A command that was sent, or could not be, and did not end in a success. */
export class TelnyxFailure extends Error {
	constructor(
		happened: string,
		readonly description: string,
		/** For the error output: everything a workflow could branch on, nothing secret. */
		readonly details: JsonObject,
		readonly httpCode: string,
		/** Whether Telnyx may have carried the command out. */
		readonly isOpen = false,
		/** Whether an earlier try of the same may have been carried out. */
		readonly wasOpen = false,
	) {
		super(happened);
	}
}

/** There was nothing wrong with it, but it was not sent. */
export class NotSentFailure extends TelnyxFailure {}

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

const NOT_TELNYX: Advice = {
	happened: 'The base URL of the credential does not lead to the Telnyx API',
	todo: "Check 'Base URL' in the credential: it normally ends in /v2.",
};

const NETWORK: Readonly<Record<string, string>> = {
	ENOTFOUND: 'the address does not exist',
	EAI_AGAIN: 'the address could not be looked up',
	ECONNREFUSED: 'the connection was refused',
	ECONNRESET: 'the connection broke off',
	ECONNABORTED: 'there was no answer in time',
	ETIMEDOUT: 'there was no answer in time',
	EHOSTUNREACH: 'there is no way to the address',
	ENETUNREACH: 'there is no way to the address',
	EPROTO: 'the address does not speak HTTPS',
	ERR_CANCELED: 'the execution was canceled',
};

/** The labels of the form, by the API's field names. */
export type Labels = Readonly<Record<string, string>>;

/**
 * Telnyx answered, but not with success.
 * @param body the parsed answer; anything but Telnyx's `{ errors: [...] }` is taken as no explanation
 */
export function refusal(
	{ statusCode, body, requestId }: { statusCode: number; body: unknown; requestId?: string },
	labels: Labels,
	stakes: Stakes,
): TelnyxFailure {
	const complaints = complaintsIn(body);
	const known = complaints.find(({ code = '' }) => Object.hasOwn(ADVICE, code));
	const byCode = known && ADVICE[known.code as string];
	const byStatus = adviceByStatus(statusCode, complaints.length > 0, stakes);
	const advice = statusCode === 429 ? byStatus : (byCode ?? byStatus);
	const isUnclear = isUncertain({ status: statusCode });
	const { happened } = advice;
	const todo = isUnclear ? `${advice.todo} ${perhapsDone(stakes)}` : advice.todo;
	const said = complaints.map((complaint) => saying(complaint, labels)).join(' ');
	return new TelnyxFailure(
		happened,
		`${todo} ${said || `Telnyx gave no reason (HTTP ${statusCode}).`}`,
		{
			http_status: statusCode,
			...((known ?? complaints[0]) as JsonObject | undefined),
			todo,
			...(complaints.length > 1 ? { errors: complaints as JsonObject[] } : {}),
			...(requestId ? { request_id: requestId } : {}),
		},
		String(statusCode),
		isUnclear && stakes.changes,
	);
}

function adviceByStatus(statusCode: number, isExplained: boolean, stakes: Stakes): Advice {
	if (statusCode >= 500) return OUT_OF_ORDER;
	// A 404 without Telnyx's JSON is some other server's: Telnyx explains its own.
	if (!isExplained && (statusCode === 404 || statusCode < 400)) return NOT_TELNYX;
	if (statusCode === 429 && stakes.isRegistration) return TOO_MANY_ELSEWHERE;
	return ADVICE_BY_STATUS[statusCode] ?? (isCommand(stakes) ? REFUSED : REFUSED_REQUEST);
}

const isCommand = ({ changes, isRegistration }: Stakes) => changes && !isRegistration;

const NOTHING_CHANGED = 'Nothing was changed.';
const PERHAPS_REGISTERED =
	'It is not known whether Telnyx changed the application. Publish or unpublish the workflow again: that makes it good.';

/** What an answer that is none leaves open. */
function perhapsDone(stakes: Stakes): string {
	if (isCommand(stakes)) return 'The command may have been carried out all the same.';
	return stakes.changes ? PERHAPS_REGISTERED : NOTHING_CHANGED;
}

/** What to do when no answer came. */
function thoughUnknown(stakes: Stakes): string {
	if (!stakes.changes) return `${NOTHING_CHANGED} Try again.`;
	if (stakes.isRegistration) return PERHAPS_REGISTERED;
	const todo =
		'It is not known whether Telnyx carried the command out. Look whether it took effect before you send it again.';
	return stakes.repeatable
		? `${todo} 'Retry On Fail' in the settings of this node repeats it only as long as Telnyx carries a repetition out only once.`
		: todo;
}

/**
 * The same failure, saying how often it was tried, if more than once.
 * @param effort `wasOpen`: whether Telnyx may have carried out an earlier try; `staysOpen`: whether this
 * try told nothing about it
 */
export function afterTries(
	{ message, description, details, httpCode, isOpen }: TelnyxFailure,
	effort: {
		readonly tries: number;
		readonly seconds: number;
		readonly wasOpen: boolean;
		readonly staysOpen: boolean;
	},
): TelnyxFailure {
	const { tries, seconds, wasOpen, staysOpen } = effort;
	const said = tries > 1 ? ` Tried ${tries} times within ${seconds} seconds.` : '';
	return new TelnyxFailure(
		message,
		description + said,
		{ ...details, tries },
		httpCode,
		isOpen || staysOpen,
		wasOpen,
	);
}

/** An earlier run of the node got no clear answer, and a repetition could have its effect twice. */
export function notRepeated(): TelnyxFailure {
	const todo = 'Look whether it took effect, and run the workflow again if it did not.';
	return new TelnyxFailure(
		'It is not known whether Telnyx carried the command out',
		`${todo} The command was not sent again: Telnyx would not recognize the repetition.`,
		{ todo },
		'none',
		true,
	);
}

/**
 * Telnyx asks everybody to wait for longer than the user allows.
 * @param isOpen whether Telnyx may have carried out an earlier try
 */
export function leftAlone(seconds: number, isOpen: boolean): NotSentFailure {
	const todo = isOpen
		? 'This was not sent again, and it is not known whether an earlier try was carried out. Look whether it took effect before you run it again.'
		: 'This was not sent, so it is safe to run it again after that.';
	return new NotSentFailure(
		`Telnyx asks to wait ${seconds} seconds`,
		`${todo} It is longer than 'Longest Wait (Seconds)' in 'Request Options' allows. 'Commands per Second' keeps the node from getting there.`,
		{ todo, retry_after_seconds: seconds },
		'429',
		isOpen,
	);
}

/** Telnyx's codes for a call or a conference that is over. */
const ENDED: readonly unknown[] = ['90018', '90019'];

/** Whether there was nothing left to be ended: what a hangup or a stop wanted anyway. */
export const hasEnded = ({ details }: TelnyxFailure): boolean => ENDED.includes(details.code);

/** Whether Telnyx says that there is no such thing; a 404 without its code comes from something else. */
export const isMissing = ({ httpCode, details }: TelnyxFailure): boolean =>
	httpCode === '404' && details.code !== undefined;

/** A success status without what Telnyx answers: a proxy or a login page stands at the base URL. */
export function notTelnyx(statusCode: number, flaw = 'was not JSON'): TelnyxFailure {
	return new TelnyxFailure(
		NOT_TELNYX.happened,
		`${NOT_TELNYX.todo} The answer (HTTP ${statusCode}) ${flaw}.`,
		{ http_status: statusCode, todo: NOT_TELNYX.todo },
		String(statusCode),
	);
}

const NO_DOWNLOAD: Advice = {
	happened: 'The file could not be downloaded',
	todo: 'Run the node again: it asks Telnyx for a new link.',
};

/** What Telnyx gave out as the link to a file is none. */
export function noLink(): TelnyxFailure {
	const { happened, todo } = NO_DOWNLOAD;
	const description = `${todo} The link that Telnyx gave is not a web address.`;
	return new TelnyxFailure(happened, description, { todo }, 'none');
}

/** The host behind a link that Telnyx gave out did not give the file. */
export function linkRefused(statusCode: number): TelnyxFailure {
	const { happened, todo } = NO_DOWNLOAD;
	return new TelnyxFailure(
		happened,
		`${todo} The storage host answered with HTTP ${statusCode}.`,
		{ http_status: statusCode, todo },
		String(statusCode),
	);
}

/**
 * Telnyx has no file in this format.
 * @param others formats that it has
 */
export function noFile(format: string, others: string[]): TelnyxFailure {
	const todo =
		others.length > 0
			? `Choose another format: ${others.join(', ')}.`
			: 'Wait for the event call.recording.saved, then try again.';
	return new TelnyxFailure(`There is no ${format.toUpperCase()} file`, todo, { todo }, '404');
}

/**
 * The connection broke off within a file.
 * @param code Node's code, such as ECONNRESET; undefined comes back if it is none of the network
 */
export function brokenOff(code: string): TelnyxFailure | undefined {
	if (!Object.hasOwn(NETWORK, code)) return undefined;
	const todo = 'Run the node again.';
	return new TelnyxFailure(
		'Only a part of the file arrived',
		`${todo} What happened: ${NETWORK[code]} (${code}).`,
		{ network: code, todo },
		code,
	);
}

/** No answer came from this host. */
export const withoutAnswer = (
	mishap: Exclude<Mishap, { status: number }>,
	host: string,
	stakes: Stakes,
): TelnyxFailure =>
	'unsent' in mishap ? refusedHere(mishap.unsent) : unreachable(mishap.network, host, stakes);

/** n8n does not send the request, and its words are the ones that help. */
const refusedHere = ({ message }: Error) =>
	new TelnyxFailure(message, 'Nothing was sent.', {}, 'none');

/** @param code Node's or axios' code, such as ECONNRESET */
function unreachable(code: string, host: string, stakes: Stakes): TelnyxFailure {
	const reason = Object.hasOwn(NETWORK, code) ? NETWORK[code] : 'the connection failed';
	const todo = wasNeverSent(code)
		? "Check 'Base URL' in the credential, and whether this n8n may connect to it. Nothing was sent."
		: thoughUnknown(stakes);
	return new TelnyxFailure(
		`Telnyx could not be reached: ${reason}`,
		`${todo} Address: ${host}, reason: ${code}.`,
		{ network: code, todo },
		code,
		!wasNeverSent(code) && stakes.changes,
	);
}

/** The failure as n8n shows it on the node. */
export function toNodeError(node: INode, failure: TelnyxFailure, itemIndex: number): NodeApiError {
	const { message, description, httpCode } = failure;
	const error = new NodeApiError(node, { message } as JsonObject, {
		message,
		description,
		httpCode,
		itemIndex,
	});
	// n8n replaces whole messages in which it finds a code such as ENOENT, even inside of a word.
	error.message = message;
	error.description = description;
	return error;
}

function complaintsIn(body: unknown): Complaint[] {
	const errors = (body as { errors?: unknown } | null | undefined)?.errors;
	return Array.isArray(errors) ? errors.filter(isObject).map(toComplaint) : [];
}

function toComplaint({ code, title, detail, source }: IDataObject): Complaint {
	const pointer = isObject(source) ? source.pointer : undefined;
	const field = typeof pointer === 'string' ? pointer.split('/').pop() : undefined;
	return {
		...(code !== undefined && { code: String(code) }),
		...(typeof title === 'string' && { title }),
		...(typeof detail === 'string' && { detail }),
		...(field && { field }),
	};
}

function saying({ code, title, detail, field }: Complaint, labels: Labels): string {
	const words = [title, detail].filter(Boolean).join(': ').replace(/\.$/, '') || 'no explanation';
	const about = field && `field '${Object.hasOwn(labels, field) ? labels[field] : field}'`;
	const facts = [code && `code ${code}`, about].filter(Boolean).join(', ');
	return `Telnyx says: ${words}${facts && ` (${facts})`}.`;
}
