import { TelnyxAdvancedApi } from '../../credentials/TelnyxAdvancedApi.credentials';
import { credentialOf } from '../../nodes/telnyx/credential';
import { readPublicKey } from '../../nodes/telnyx/credential/publicKey';
import { signer } from '../support/signing';

const { authenticate, properties, test } = new TelnyxAdvancedApi();
const right = {
	apiKey: 'KEY',
	publicKey: signer().publicKey,
	baseUrl: 'https://api.telnyx.com/v2',
};

/** The requests of the credential's test. How n8n judges the replies is tested end to end. */
const testRequest = async (data: Record<string, string>) =>
	await authenticate({ ...right, ...data }, { ...test.request } as never);

describe('the credential', () => {
	it.each([' KEY\n', '\u200bKEY\ufeff', 'KE\nY', 'Bearer KEY'])(
		'signs requests with the API key, without what comes along when it is copied: %j',
		async (apiKey) => {
			const url = 'https://api.telnyx.com/v2/balance';
			const request = { url, headers: { Accept: 'text/plain' } };
			expect(await authenticate({ ...right, apiKey }, request)).toEqual({
				...request,
				headers: { Accept: 'text/plain', Authorization: 'Bearer KEY' },
			});
		},
	);

	it('shows no key as an example, because somebody may hold its private half', () => {
		const { placeholder } = properties.find(({ name }) => name === 'publicKey')!;
		for (const word of placeholder!.split(' ')) expect(() => readPublicKey(word)).toThrow();
	});

	it('sends commands whatever the public key is: they do not need it', async () => {
		const request = { url: 'https://api.telnyx.com/v2/balance' };
		await expect(authenticate({ ...right, publicKey: 'nonsense' }, request)).resolves.toBeDefined();
	});
});

describe('the test of the credential', () => {
	it('asks Telnyx for what commands need, and sends nothing else', async () => {
		expect(await testRequest({})).toEqual({
			baseURL: 'https://api.telnyx.com/v2',
			url: '/call_control_applications',
			qs: { 'page[size]': 1 },
			disableFollowRedirect: true,
			headers: { Authorization: 'Bearer KEY' },
		});
	});

	it.each([
		['https://api.telnyx.eu/v2', '', 'https://api.telnyx.eu/v2'],
		['custom', ' http://127.0.0.1:4010/v2/ ', 'http://127.0.0.1:4010/v2'],
		['custom', 'https://proxy.example.com/telnyx/v2//', 'https://proxy.example.com/telnyx/v2'],
	])('with %s %j goes to %s', async (baseUrl, customBaseUrl, address) => {
		expect(await testRequest({ baseUrl, customBaseUrl })).toMatchObject({ baseURL: address });
	});

	it.each([
		['no address', { baseUrl: 'custom' }, 'is not a web address'],
		[
			'text that is not an address',
			{ baseUrl: 'custom', customBaseUrl: 'telnyx' },
			'is not a web address',
		],
		[
			'another protocol',
			{ baseUrl: 'custom', customBaseUrl: 'ftp://a/v2' },
			'is not a web address',
		],
		[
			'an address that ends in a question mark',
			{ baseUrl: 'custom', customBaseUrl: 'https://a/v2?' },
			'is not a web address',
		],
		[
			'an address that ends in a hash',
			{ baseUrl: 'custom', customBaseUrl: 'https://a/v2#' },
			'is not a web address',
		],
		[
			'an address with one slash',
			{ baseUrl: 'custom', customBaseUrl: 'http:/127.0.0.1/v2' },
			'is not a web address',
		],
		[
			'an address with a password, which n8n would send instead of the API key',
			{ baseUrl: 'custom', customBaseUrl: 'https://user:pw@a/v2' },
			'must not hold a user name or password',
		],
		[
			'Telnyx without encryption',
			{ baseUrl: 'custom', customBaseUrl: 'http://api.telnyx.com/v2' },
			"has to begin with 'https://'",
		],
		[
			'another region of it without encryption',
			{ baseUrl: 'custom', customBaseUrl: 'HTTP://API.Telnyx.com.au.:80/v2' },
			"has to begin with 'https://'",
		],
		[
			'an address with a query',
			{ baseUrl: 'custom', customBaseUrl: 'https://a/v2?x=1' },
			'is not a web address',
		],
		[
			'an address with a backslash',
			{ baseUrl: 'custom', customBaseUrl: 'https://evil.example\\@api.telnyx.com/v2' },
			'is not a web address',
		],
		[
			'an address with an empty user name',
			{ baseUrl: 'custom', customBaseUrl: 'https://@a/v2' },
			'must not hold a user name or password',
		],
		[
			'a host that is percent-encoded',
			{ baseUrl: 'custom', customBaseUrl: 'https://api%2etelnyx.com/v2' },
			'can be mistaken for others',
		],
		[
			'a host with a letter of another alphabet',
			{ baseUrl: 'custom', customBaseUrl: 'https://api.t\u0435lnyx.com/v2' },
			'can be mistaken for others',
		],
		[
			'a path with a character that cannot be seen',
			{ baseUrl: 'custom', customBaseUrl: 'https://a/v2\u200b' },
			'is not a web address',
		],
		[
			'a public key that is not a point of the curve',
			{ publicKey: `Ag${'A'.repeat(41)}=` },
			"'Public Key' of the credential is not a safe Ed25519 key",
		],
		[
			'a public key that is none',
			{ publicKey: 'abcd' },
			"'Public Key' of the credential holds 3 bytes",
		],
	])('names %s', async (_what, data, message) => {
		await expect(testRequest(data)).rejects.toThrow(message);
	});

	it('passes without a public key, for users who only send commands', async () => {
		await expect(testRequest({ publicKey: ' ' })).resolves.toBeDefined();
	});
});

describe('the credential of a node', () => {
	const reading = (getCredentials: () => Promise<object>) =>
		({ getCredentials }) as unknown as Parameters<typeof credentialOf>[0];

	it('is read once in each run, as n8n decrypts it each time', async () => {
		const getCredentials = jest.fn(async () => right);
		const context = reading(getCredentials);
		expect(await credentialOf(context)).toBe(right);
		expect(await credentialOf(context)).toBe(right);
		expect(getCredentials).toHaveBeenCalledTimes(1);
		await credentialOf(reading(getCredentials));
		expect(getCredentials).toHaveBeenCalledTimes(2);
	});

	it('is read again after n8n could not read it', async () => {
		const getCredentials = jest
			.fn(async () => right)
			.mockRejectedValueOnce(new Error('n8n is just starting'));
		const context = reading(getCredentials);
		await expect(credentialOf(context)).rejects.toThrow('n8n is just starting');
		expect(await credentialOf(context)).toBe(right);
	});
});
