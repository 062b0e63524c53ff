import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

/** The credential type that both nodes use. */
export const CREDENTIAL = 'telnyxAdvancedApi';

/** The choice of 'Base URL' that makes the credential ask for an address. */
export const CUSTOM_BASE_URL = 'custom';

/** Thrown for an address that requests cannot be sent to. The message is written for the user. */
export class BaseUrlError extends Error {}

/**
 * The address that paths are appended to, without a slash at its end.
 * @throws BaseUrlError
 */
export function baseUrlOf({ baseUrl, customBaseUrl }: ICredentialDataDecryptedObject): string {
	const chosen = String((baseUrl === CUSTOM_BASE_URL ? customBaseUrl : baseUrl) ?? '').trim();
	const url = URL.canParse(chosen) ? new URL(chosen) : undefined;
	if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash) {
		throw new BaseUrlError(
			"The base URL of the credential is not a web address. It has to look like 'https://api.telnyx.com/v2'.",
		);
	}
	return chosen.replace(/\/+$/, '');
}
