import { PROXY_LOGIN } from './advice';
import { MOST_FILE_MB, TOO_LARGE } from './body';
import { TelnyxFailure } from './failure';
import { NETWORK } from './noReply';

const NO_DOWNLOAD = 'The file could not be downloaded';

/** Links to a customer's own storage, by their scheme. */
const OWN_STORAGE: Readonly<Record<string, string>> = {
	'gs:': 'Google Cloud Storage',
	's3:': 'Amazon S3',
};

/** The link that Telnyx gave out for a file is not a web address. */
export function noLink(link: string): TelnyxFailure {
	const scheme = /^[a-z\d]+:/i.exec(link)?.[0].toLowerCase() ?? '';
	const storage = Object.hasOwn(OWN_STORAGE, scheme) ? OWN_STORAGE[scheme] : undefined;
	const todo = storage
		? `It is kept in your own storage: get it with n8n's node for ${storage}. Where it is in there is in 'download_urls' of the recording.`
		: 'Wait until the file is complete, then run the node again.';
	const said = storage ? '' : ' The link that Telnyx gave is not a web address.';
	return new TelnyxFailure({
		happened: NO_DOWNLOAD,
		description: `${todo}${said}`,
		details: { todo },
		httpCode: 'none',
	});
}

/** A success, but with a web page instead of the file: a proxy or a login page is in the way. */
export function pageInstead(): TelnyxFailure {
	const todo =
		'Check whether a proxy or a login page stands between n8n and the internet, and the base URL of the credential.';
	return new TelnyxFailure({
		happened: NO_DOWNLOAD,
		description: `${todo} The reply was a web page.`,
		details: { todo },
		httpCode: 'none',
	});
}

/** A success, but without any content. */
export function emptyFile(): TelnyxFailure {
	const todo = 'Run the node again. If that does not help, look at the file in the Telnyx portal.';
	return new TelnyxFailure({
		happened: 'The file is empty',
		description: todo,
		details: { todo },
		httpCode: 'none',
	});
}

/** The host of a link that Telnyx gave out refused to send the file. */
export function linkRefused(statusCode: number): TelnyxFailure {
	const todo = whenRefused(statusCode);
	return new TelnyxFailure({
		happened: NO_DOWNLOAD,
		description: `${todo} The storage host answered with HTTP ${statusCode}.`,
		details: { http_status: statusCode, todo },
		httpCode: String(statusCode),
	});
}

/** Every try gets a new link, so advising to get one would not help. */
function whenRefused(statusCode: number): string {
	if (statusCode === 404 || statusCode === 410)
		return 'The file is no longer there. It may have been deleted from Telnyx, or from your own storage if your recordings are kept there.';
	if (statusCode === 407) return PROXY_LOGIN.todo;
	if (statusCode === 429 || statusCode >= 500) return 'Run the node again in a minute.';
	return "The storage does not give it out. If your recordings are kept in your own storage, get it from there, with n8n's node for that storage, or check the access that Telnyx has to it. If they are kept at Telnyx, ask Telnyx support.";
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
	return new TelnyxFailure({
		happened: `There is no ${format.toUpperCase()} file`,
		description: todo,
		details: { todo },
		httpCode: '404',
	});
}

/** Telnyx has reported a recording, but no link to its file. */
export function noLinkYet(): TelnyxFailure {
	const todo =
		"Get the file later with 'Recording: Download' of Telnyx Advanced. 'Recording: Get Many' has its ID.";
	return new TelnyxFailure({
		happened: 'Telnyx saved the recording, but gave no link to its file',
		description: todo,
		details: { todo },
		httpCode: 'none',
	});
}

function tooLarge(): TelnyxFailure {
	const todo = `Look at the file in the Telnyx portal. This node keeps files of up to ${MOST_FILE_MB} MB.`;
	return new TelnyxFailure({
		happened: 'The file is too large',
		description: todo,
		details: { todo },
		httpCode: 'none',
	});
}

/** This n8n keeps files in memory, as text. */
function noRoom(): TelnyxFailure {
	const todo =
		"Let n8n keep files on disk: whoever runs it sets N8N_DEFAULT_BINARY_DATA_MODE to 'filesystem'.";
	return new TelnyxFailure({
		happened: 'The file is too large for an n8n that keeps files in memory',
		description: todo,
		details: { todo },
		httpCode: 'none',
	});
}

/**
 * The connection broke off within a file, or the file is too large.
 * @param code Node's code, such as ECONNRESET
 * @returns undefined if the code is none of these
 */
export function brokenOff(code: string): TelnyxFailure | undefined {
	if (code === TOO_LARGE) return tooLarge();
	if (code === 'ERR_STRING_TOO_LONG') return noRoom();
	if (!Object.hasOwn(NETWORK, code)) return undefined;
	const todo = 'Run the node again.';
	return new TelnyxFailure({
		happened: 'Only a part of the file arrived',
		description: `${todo} What happened: ${NETWORK[code]} (${code}).`,
		details: { network: code, todo },
		httpCode: code,
	});
}
