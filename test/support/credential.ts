/** The server of a credential: a recorder, or a simulator with keys of its own. */
export interface Target {
	baseUrl: string;
	apiKey?: string;
	publicKey?: string;
}

/** The credential of a user whose Telnyx is at `target`. */
export const credentialFor = (
	{ baseUrl, apiKey = 'KEY', publicKey = '' }: Target,
	more: { apiKey?: string; publicKey?: string; customBaseUrl?: string } = {},
) => ({ apiKey, publicKey, baseUrl: 'custom', customBaseUrl: baseUrl, ...more });

/** The same as n8n stores it, for a real n8n. */
export const storedCredential = (
	target: Target,
	{
		id = 'telnyx',
		name = id,
		...more
	}: { id?: string; name?: string; apiKey?: string; publicKey?: string } = {},
) => ({ id, name, type: 'telnyxAdvancedApi', data: credentialFor(target, more) });

/** How the nodes of a workflow refer to that credential. */
export const TELNYX = { telnyxAdvancedApi: { id: 'telnyx', name: 'telnyx' } };
