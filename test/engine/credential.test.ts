import { CredentialTestContext } from 'n8n-core';
import type { ICredentialsDecrypted, ICredentialTestFunctions } from 'n8n-workflow';

import { TelnyxAdvanced } from '../../nodes/TelnyxAdvanced/TelnyxAdvanced.node';
import { startRecorder, type Recorder } from '../support/recorder';
import { signer } from '../support/signing';

let telnyx: Recorder;
beforeAll(async () => void (telnyx = await startRecorder()));
afterAll(async () => await telnyx.close());
beforeEach(() => {
	telnyx.reset();
	telnyx.answer = ({ headers }) =>
		headers.authorization === 'Bearer KEY-right'
			? { body: { data: [], meta: { total_results: 0 } } }
			: { status: 401, body: { errors: [{ code: '10009', title: 'Authentication failed' }] } };
});

/** Presses 'Test' as n8n does, in its real context for credential tests. */
const test = async (data: Record<string, string>) => {
	const context = new CredentialTestContext({} as never) as unknown as ICredentialTestFunctions;
	const { testTelnyxAdvancedApi } = new TelnyxAdvanced().methods.credentialTest;
	return await testTelnyxAdvancedApi.call(context, {
		data: {
			apiKey: 'KEY-right',
			publicKey: signer().publicKey,
			baseUrl: 'custom',
			customBaseUrl: telnyx.baseUrl,
			...data,
		},
	} as unknown as ICredentialsDecrypted<Record<string, string>>);
};

describe('the test of the credential', () => {
	it('asks Telnyx, and says that the key is accepted', async () => {
		expect(await test({})).toEqual({ status: 'OK', message: expect.any(String) });
		expect(telnyx.requests).toHaveLength(1);
		const [{ method, url }] = telnyx.requests;
		expect(`${method} ${decodeURIComponent(url)}`).toBe(
			'GET /v2/call_control_applications?page[size]=1',
		);
	});

	it.each([
		['blanks around the key', { apiKey: '  KEY-right\n' }],
		['blanks and a slash around the address', {}],
		['no public key, for who only sends commands', { publicKey: '' }],
	])('passes with %s', async (what, data) => {
		const customBaseUrl = what.includes('address') ? ` ${telnyx.baseUrl}/ ` : telnyx.baseUrl;
		expect(await test({ customBaseUrl, ...data })).toMatchObject({ status: 'OK' });
	});

	it.each([
		['a wrong key', { apiKey: 'KEY-wrong' }, 'does not accept the API key'],
		['no key', { apiKey: ' ' }, "'API Key' is empty"],
		[
			'a public key that is none',
			{ publicKey: 'abcd' },
			"'Public Key' of the credential holds 3 bytes",
		],
		['an address that is none', { customBaseUrl: 'telnyx' }, 'is not a web address'],
		['another protocol', { customBaseUrl: 'ftp://127.0.0.1/v2' }, 'is not a web address'],
	])('tells %s', async (_what, data, message) => {
		expect(await test(data)).toEqual({
			status: 'Error',
			message: expect.stringContaining(message),
		});
	});

	it('tells an address where nobody listens from a wrong key', async () => {
		const gone = await startRecorder();
		await gone.close();
		expect(await test({ customBaseUrl: gone.baseUrl })).toEqual({
			status: 'Error',
			message: expect.stringMatching(/^127\.0\.0\.1:\d+ cannot be reached \(ECONNREFUSED\)/),
		});
	});

	it.each([
		[200, '<html>Welcome</html>', 'not as Telnyx does'],
		[404, 'Not Found', 'not as Telnyx does'],
		[302, '', 'not as Telnyx does'],
		[403, { errors: [{ code: '10010' }] }, 'does not let it use Call Control'],
		[429, { errors: [{ code: '10011' }] }, 'busy or out of order'],
		[503, '', 'busy or out of order'],
	])('tells an address that answers %i', async (status, body, message) => {
		telnyx.answer = () => ({ status, body, headers: { location: '/' } });
		expect(await test({})).toEqual({ status: 'Error', message: expect.stringContaining(message) });
	});

	it('never repeats the key', async () => {
		const { message } = await test({ apiKey: 'KEY-wrong' });
		expect(message).not.toContain('KEY-wrong');
	});
});
