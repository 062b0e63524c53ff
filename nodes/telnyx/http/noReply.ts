import { adviceWithoutReply, type Purpose } from './consequences';
import { TelnyxFailure } from './failure';
import { wasNeverSent, type TransportError } from './retryPolicy';

/** Why there was no reply, by Node's or axios' code. */
export const NETWORK: Readonly<Record<string, string>> = {
	EADDRNOTAVAIL: 'this machine has too many connections',
	ENOTFOUND: 'the name of the server was not found',
	EAI_AGAIN: 'the address could not be looked up',
	ECONNREFUSED: 'the connection was refused',
	ECONNRESET: 'the connection broke off',
	ECONNABORTED: 'there was no answer in time',
	ETIMEDOUT: 'there was no answer in time',
	EHOSTDOWN: 'there is no way to the address',
	EHOSTUNREACH: 'there is no way to the address',
	ENETDOWN: 'there is no way to the address',
	ENETUNREACH: 'there is no way to the address',
	EPROTO: 'the address does not speak HTTPS',
	ERR_CANCELED: 'the execution was canceled',
};

/** The failure of a request that this host did not reply to. */
export const withoutReply = (
	error: TransportError,
	host: string,
	purpose: Purpose,
): TelnyxFailure =>
	'unsent' in error ? refusedHere(error.unsent) : unreachable(error.network, host, purpose);

/** n8n refuses to send the request, and its own message explains it best. */
const refusedHere = ({ message }: Error) =>
	new TelnyxFailure({
		happened: message,
		description: 'Nothing was sent.',
		details: {},
		httpCode: 'none',
	});

/** Codes such as CERT_HAS_EXPIRED, SELF_SIGNED_CERT_IN_CHAIN or UNABLE_TO_VERIFY_LEAF_SIGNATURE. */
const CERTIFICATE = /CERT|SIGNATURE/;

function reasonOf(code: string): string {
	if (Object.hasOwn(NETWORK, code)) return NETWORK[code];
	return CERTIFICATE.test(code) ? 'its certificate is not trusted' : 'the connection failed';
}

/** Mostly it is not the server that is missing. */
const NOT_FOUND = /^(?:ENOTFOUND|EAI_\w+)$/;

/** @param code Node's or axios' code, such as ECONNRESET */
function unreachable(code: string, host: string, purpose: Purpose): TelnyxFailure {
	const reason = reasonOf(code);
	const todo = wasNeverSent(code)
		? "Check 'Base URL' in the credential, and whether this n8n may connect to it. Nothing was sent."
		: adviceWithoutReply(purpose);
	return new TelnyxFailure({
		happened: NOT_FOUND.test(code)
			? `${host} could not be found: is n8n online?`
			: `Telnyx could not be reached: ${reason}`,
		description: `${todo} Address: ${host}, reason: ${code}.`,
		details: { network: code, todo },
		httpCode: code,
		outcomeUnknown: !wasNeverSent(code) && purpose.changes,
	});
}
