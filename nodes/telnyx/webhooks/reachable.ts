import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { CUSTOM_BASE_URL } from '../credential';

/**
 * Why Telnyx can never reach an address of this n8n, as a sentence without its period; undefined if it
 * may. With a base URL of the user's own nobody knows, so that is undefined as well.
 */
export function whyUnreachable(
	{ baseUrl }: ICredentialDataDecryptedObject,
	address: string,
): string | undefined {
	const { hostname, origin } = new URL(address);
	const reason = baseUrl === CUSTOM_BASE_URL ? undefined : whyPrivate(hostname);
	return (
		reason &&
		`Telnyx cannot reach this n8n at ${origin}: ${reason}. Give n8n an address on the internet (the environment variable N8N_WEBHOOK_URL, on n8n 1 WEBHOOK_URL)`
	);
}

/**
 * Says why Telnyx can never reach an address, in a part of a sentence, if that is so. Whoever gives a name
 * that ends in `.invalid` wants that. With a base URL of the user's own nobody knows, so there is no check.
 */
export const privacyCheck = ({
	baseUrl,
}: ICredentialDataDecryptedObject): ((address: string) => string | undefined) | undefined =>
	baseUrl === CUSTOM_BASE_URL
		? undefined
		: (address) => {
				const { hostname } = URL.canParse(address) ? new URL(address) : { hostname: '' };
				return /(?:^|\.)invalid$/.test(hostname) ? undefined : whyPrivate(hostname);
			};

/** Ends of names that no public server has (RFC 6761, 6762, 7686, 8375, 9476, and the habits of Docker, Kubernetes, Windows and routers). */
const PRIVATE_NAME =
	/(?:^|\.)(?:localhost|local|localdomain|internal|intranet|lan|home|corp|private|home\.arpa|fritz\.box|svc|alt|mshome\.net|test|example|invalid|onion)$/;

/** Names of the internet that lead to this machine, for developers. */
const LEADS_HERE = /(?:^|\.)(?:localtest\.me|lvh\.me|ddev\.site)$/;

/** Services that turn the address within a name into the name's address. */
const WITHIN_NAME = /(?:^|[.-])(\d{1,3}(?:[.-]\d{1,3}){3})\.(?:nip\.io|sslip\.io)$/;

/** IPv4 addresses of this machine, of private networks, for groups, tests and documents (IANA's registries). */
const PRIVATE_IPV4: readonly RegExp[] = [
	/^(?:0|10|127)\./,
	/^192\.168\./,
	/^169\.254\./,
	/^172\.(?:1[6-9]|2\d|3[01])\./,
	/^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./,
	/^198\.1[89]\./,
	/^(?:192\.0\.[02]|198\.51\.100|203\.0\.113)\./,
	/^(?:22[4-9]|23\d|24\d|25[0-5])\./,
];
/** Only 2000::/3 is reachable, without what is for documents. */
const PUBLIC_IPV6 = /^\[(?!2001:db8:|3fff:[0-9a-f]{0,3}:)[23][0-9a-f]{3}:/;
const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;

function whyPrivate(hostname: string): string | undefined {
	const host = plainAddress(hostname.replace(/\.$/, ''));
	if (isPrivateAddress(host) || LEADS_HERE.test(host)) {
		return 'it is an address of this machine or of a private network';
	}
	if (PRIVATE_NAME.test(host)) return 'names like this are not known on the internet';
	return /^[^.[]+$/.test(host)
		? 'a name without a dot is not known outside of your network'
		: undefined;
}

const isPrivateAddress = (host: string): boolean =>
	host.startsWith('[')
		? !PUBLIC_IPV6.test(host)
		: IPV4.test(host) && PRIVATE_IPV4.some((pattern) => pattern.test(host));

/** `[::ffff:c0a8:1]` or `[::c0a8:1]`, and 6to4. */
const IPV4_WITHIN =
	/^\[(?:::(?:ffff:)?([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$|2002:([0-9a-f]{1,4}):([0-9a-f]{1,4}):)/;

/** An IPv4 address that is written as an IPv6 address or within a name, as what it is. */
function plainAddress(host: string): string {
	const within = WITHIN_NAME.exec(host)?.[1];
	if (within !== undefined) return within.replaceAll('-', '.');
	const [high, low] = IPV4_WITHIN.exec(host)?.slice(1).filter(Boolean) ?? [];
	if (high === undefined) return host;
	return [high, low]
		.map((part) => parseInt(part, 16))
		.flatMap((part) => [part >> 8, part & 0xff])
		.join('.');
}
