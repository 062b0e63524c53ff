/** What HTTP statuses mean when n8n is at the other end. */
const STATUSES: Record<number, string> = {
	401: 'it does not accept the signature. Is the public key in the credential the one of this simulator?',
	403: 'it does not let Telnyx in.',
	404: 'is the workflow published? A test address listens only after “Execute workflow” was clicked, and only once.',
	405: 'the address exists, but does not take POST requests.',
	409: 'the execution that waits there is running just now, or has ended. Telnyx does not repeat this.',
	413: 'the event is too large for it.',
	429: 'it has too much to do.',
	500: 'something went wrong inside. Look at its log.',
	502: 'something stands in front of it and cannot reach it.',
	503: 'it is starting, or has too much to do.',
};

const BROKEN: Record<string, string> = {
	ECONNREFUSED: 'Nobody listens there. Is n8n running?',
	ENOTFOUND: 'The name of the server was not found.',
	EAI_AGAIN: 'The address could not be looked up.',
	ECONNRESET: 'The connection broke off.',
	EPROTO: 'One side speaks http, the other https.',
};

/** Why a webhook was not delivered, in plain words. */
export function explain({
	url,
	status,
	error,
	timedOutAfterMs,
}: {
	url: string;
	status?: number;
	error?: unknown;
	timedOutAfterMs?: number;
}) {
	if (timedOutAfterMs !== undefined) {
		return `No answer within ${timedOutAfterMs / 1000} seconds, after which Telnyx gives up.`;
	}
	if (status !== undefined) {
		if (status >= 300 && status < 400) {
			return `The answer was ${status}, a redirect: Telnyx needs the final address.`;
		}
		const meaning = STATUSES[status] ?? STATUSES[Math.floor(status / 100) * 100];
		return `n8n answered ${status}${meaning ? `: ${meaning}` : '.'}`;
	}
	const { code, message } = (error ?? {}) as { code?: string; message?: string };
	if (code === 'ERR_INVALID_URL') return `“${url}” is not a web address.`;
	return (
		(code && BROKEN[code]) ?? `It could not be reached: ${message ?? code ?? 'unknown reason'}.`
	);
}
