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
	const isLocal = /^(?:localhost|127\..*|0\.0\.0\.0|\[::1\])$/.test(hostname);
	return isLocal && baseUrl !== CUSTOM_BASE_URL
		? `Telnyx cannot reach this n8n at ${origin}. Give n8n an address on the internet (the environment variable N8N_WEBHOOK_URL, on n8n 1 WEBHOOK_URL)`
		: undefined;
}
