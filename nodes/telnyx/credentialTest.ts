import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { baseUrlOf } from './credential';
import { readPublicKey } from './signature';

interface Answer {
	statusCode: number;
	body?: { data?: unknown };
}

const TIMEOUT_MS = 15_000;

/**
 * Behind the 'Test' of the credential: asks Telnyx for one Call Control application, which needs
 * the same permission as the commands, and reads the public key.
 */
async function testTelnyxAdvancedApi(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
): Promise<INodeCredentialTestResult> {
	const { apiKey, publicKey, ...address } = credential.data ?? {};
	try {
		const baseUrl = baseUrlOf(address);
		const wrong = await objectionTo(this, baseUrl, String(apiKey ?? '').trim());
		if (wrong) return { status: 'Error', message: wrong };
		if (String(publicKey ?? '').trim() !== '') readPublicKey(publicKey);
		return { status: 'OK', message: 'Telnyx accepts the API key' };
	} catch (error) {
		return { status: 'Error', message: (error as Error).message };
	}
}

/** For a node's `methods`: n8n finds the test by the `testedBy` of the node's credential. */
export const credentialTest = { testTelnyxAdvancedApi };

async function objectionTo(
	{ helpers: { request } }: ICredentialTestFunctions,
	baseUrl: string,
	apiKey: string,
): Promise<string | undefined> {
	if (apiKey === '') return "The field 'API Key' is empty.";
	const { host } = new URL(baseUrl);
	let answer: Answer;
	try {
		answer = (await request({
			uri: `${baseUrl}/call_control_applications`,
			qs: { 'page[size]': 1 },
			headers: { Authorization: `Bearer ${apiKey}` },
			json: true,
			simple: false,
			resolveWithFullResponse: true,
			followRedirect: false,
			timeout: TIMEOUT_MS,
		})) as Answer;
	} catch (error) {
		const code = (error as { code?: string; cause?: { code?: string } }).cause?.code;
		const reason = code ?? (error as { code?: string }).code ?? 'no answer';
		return `${host} cannot be reached (${reason}). Check 'Base URL', and whether this n8n may connect to it. The API key was not tested.`;
	}
	const { statusCode, body } = answer;
	if (statusCode === 401) {
		return 'Telnyx does not accept the API key. Copy it again: Telnyx shows a key only once, so create a new one if you no longer have it.';
	}
	if (statusCode === 403) {
		return 'Telnyx knows the API key but does not let it use Call Control. Check the permissions of the key and the level of your account.';
	}
	if (statusCode === 429 || statusCode >= 500) {
		return `${host} is busy or out of order (HTTP ${statusCode}). Try again in a minute.`;
	}
	if (statusCode !== 200 || !Array.isArray(body?.data)) {
		return `${host} answers, but not as Telnyx does (HTTP ${statusCode}). Check 'Base URL': it has to end in /v2.`;
	}
	return undefined;
}
