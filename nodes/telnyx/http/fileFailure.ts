import type { Advice } from './advice';
import { TelnyxFailure } from './failure';
import { NETWORK } from './noReply';

const NO_DOWNLOAD: Advice = {
	happened: 'The file could not be downloaded',
	todo: 'Run the node again: it asks Telnyx for a new link.',
};

/** The link that Telnyx gave out for a file is not one. */
export function noLink(): TelnyxFailure {
	const { happened, todo } = NO_DOWNLOAD;
	return new TelnyxFailure({
		happened,
		description: `${todo} The link that Telnyx gave is not a web address.`,
		details: { todo },
		httpCode: 'none',
	});
}

/** The host behind a link that Telnyx gave out did not give the file. */
export function linkRefused(statusCode: number): TelnyxFailure {
	const { happened, todo } = NO_DOWNLOAD;
	return new TelnyxFailure({
		happened,
		description: `${todo} The storage host answered with HTTP ${statusCode}.`,
		details: { http_status: statusCode, todo },
		httpCode: String(statusCode),
	});
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

/**
 * The connection broke off within a file.
 * @param code Node's code, such as ECONNRESET; undefined comes back if it is none of the network
 */
export function brokenOff(code: string): TelnyxFailure | undefined {
	if (!Object.hasOwn(NETWORK, code)) return undefined;
	const todo = 'Run the node again.';
	return new TelnyxFailure({
		happened: 'Only a part of the file arrived',
		description: `${todo} What happened: ${NETWORK[code]} (${code}).`,
		details: { network: code, todo },
		httpCode: code,
	});
}
