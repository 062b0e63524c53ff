import type {
	IAuthenticateRuleResponseCode,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	IExecuteFunctions,
	IHttpRequestOptions,
} from 'n8n-workflow';

import { visible, withoutInvisible } from '../../shared/invisible';
import { readPublicKey } from './publicKey';

/** The credential type that all nodes use. */
export const CREDENTIAL = 'telnyxAdvancedApi';

const read = new WeakMap<object, Promise<ICredentialDataDecryptedObject>>();

/**
 * The credential of a node, read once in each run of it: n8n decrypts it each time, which takes longer than
 * all that the node does with it.
 * @throws what n8n throws if it cannot be read
 */
export async function credentialOf(
	context: Pick<IExecuteFunctions, 'getCredentials'>,
): Promise<ICredentialDataDecryptedObject> {
	const known = read.get(context) ?? context.getCredentials(CREDENTIAL);
	read.set(context, known);
	known.catch(() => read.delete(context));
	return await known;
}

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
	// A backslash, which programs read in different ways, is none of these.
	const authority = ADDRESS.exec(chosen)?.[1];
	if (authority === undefined || !URL.canParse(chosen)) {
		throw new BaseUrlError(
			"The base URL of the credential is not a web address. It has to look like 'https://api.telnyx.com/v2'.",
		);
	}
	if (authority.includes('@')) {
		// n8n would send them in place of the API key.
		throw new BaseUrlError('The base URL of the credential must not hold a user name or password.');
	}
	if (!PLAIN_HOST.test(authority)) {
		throw new BaseUrlError(
			`The base URL of the credential has a host with characters that can be mistaken for others: '${authority}'. Type it with plain letters, digits, dots and hyphens.`,
		);
	}
	const { protocol, hostname, href } = new URL(chosen);
	if (protocol === 'http:' && OF_TELNYX.test(hostname)) {
		throw new BaseUrlError(
			"The base URL of the credential has to begin with 'https://': without encryption, anybody on the way to Telnyx could read the API key.",
		);
	}
	return href.replace(/\/+$/, '');
}

const OF_TELNYX = /(?:^|\.)telnyx\.(?:com|eu|com\.au)\.?$/;

const ADDRESS = new RegExp(
	String.raw`^https?://([^/?#\\]+)(?:/${visible(String.raw`?#\\`)}*)?$`,
	'iu',
);

/** With its port. Not with letters of other alphabets or percent-encoded, which look like another host. */
const PLAIN_HOST = /^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d+)?$/i;

/** Marks the request of the credential test on its way to `authenticate`. It is not sent. */
const TEST_MARK = 'x-credential-test';

/**
 * Adds the API key to a request. For the credential test also the base URL, and a look at the public
 * key, which no request needs: n8n offers a test no other place for it.
 * @throws BaseUrlError, PublicKeyError
 */
export async function authenticate(
	credential: ICredentialDataDecryptedObject,
	{ headers: { [TEST_MARK]: mark, ...headers } = {}, ...request }: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	const { publicKey } = credential;
	if (mark && String(publicKey ?? '').trim() !== '') readPublicKey(publicKey);
	return {
		...request,
		...(mark && { baseURL: baseUrlOf(credential) }),
		headers: { ...headers, Authorization: `Bearer ${apiKeyOf(credential)}` },
	};
}

/** Without what comes along when it is copied: blanks, characters that nobody sees, the name of the scheme. */
const apiKeyOf = ({ apiKey }: ICredentialDataDecryptedObject): string =>
	withoutInvisible(String(apiKey ?? ''))
		.trim()
		.replace(/^Bearer\s+/i, '')
		.replace(/\s+/g, '');

const answered = (value: number, message: string): IAuthenticateRuleResponseCode => ({
	type: 'responseCode',
	properties: { value, message },
});

const NOT_TELNYX =
	"Something answers at the base URL, but it is not Telnyx. Check 'Base URL': it normally ends in /v2.";

/** Asks for one Call Control application, which needs the same permission as the commands. */
export const test: ICredentialTestRequest = {
	request: {
		url: '/call_control_applications',
		qs: { 'page[size]': 1 },
		headers: { [TEST_MARK]: 'true' },
		disableFollowRedirect: true,
	},
	rules: [
		answered(
			401,
			'Telnyx does not accept the API key. Copy it again, or create a new one: Telnyx shows a key only once.',
		),
		answered(
			403,
			'Telnyx knows the API key but does not let it use Call Control. Check the permissions of the key and the level of your account.',
		),
		...[301, 302, 303, 307, 308, 404, 405].map((status) => answered(status, NOT_TELNYX)),
		answered(429, 'Telnyx received too many requests. Try again in a minute.'),
		// Telnyx's lists always have `meta`; a web page has not.
		{
			type: 'responseSuccessBody',
			properties: { key: 'meta', value: undefined, message: NOT_TELNYX },
		} as never,
	],
};
