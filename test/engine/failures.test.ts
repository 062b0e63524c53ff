import { NodeOperationError, UserError, type INode } from 'n8n-workflow';

import { startRecorder, type Answer } from '../support/recorder';
import { DTMF, NOISE, refuses, SIPREC, useOneAction } from '../support/oneAction';
import { skipWaits } from '../support/skipWaits';

const { telnyx, credential, run } = useOneAction();
skipWaits();

describe('a refusal by Telnyx', () => {
	it.each([
		[401, '10009', 'Telnyx does not accept the API key'],
		[403, '10010', 'Telnyx does not allow this'],
		[404, '10005', 'Telnyx does not know what this refers to'],
		[422, '10004', 'A required value is missing'],
		[422, '10015', 'Telnyx does not accept the request'],
		[422, '90014', 'The digits cannot be sent as DTMF'],
		[422, '90015', 'The call control ID is not valid'],
		[422, '90017', 'The client state is not Base64'],
		[422, '90018', 'The call has already ended'],
		[422, '90027', 'The tone duration is not allowed'],
		[422, '90034', 'The call has not been answered yet'],
		[429, '10011', 'Telnyx received too many requests'],
	])('%i with code %s: %s', async (status, code, message) => {
		telnyx.answer = refuses(status, {
			code,
			title: 'The title',
			detail: 'The detail.',
			source: { pointer: '/digits' },
		});
		const { error } = await run({ ...DTMF, digits: '1' });
		expect(error?.message).toBe(message);
		expect(error?.httpCode).toBe(String(status));
		expect(error?.context).toMatchObject({ itemIndex: 0 });
		expect(error?.description).toContain(
			`Telnyx says: The title: The detail (code ${code}, field 'Digits').`,
		);
	});

	it.each([
		[400, 'Telnyx does not accept the request'],
		[401, 'Telnyx does not accept the API key'],
		[402, 'The Telnyx account does not have enough funds'],
		[403, 'Telnyx does not allow this'],
		[404, 'The base URL of the credential does not lead to the Telnyx API'],
		[407, 'A proxy between n8n and Telnyx asks for a login'],
		[409, 'Telnyx refused the command'],
		[422, 'Telnyx refused the command'],
		[429, 'Telnyx received too many requests'],
		[500, 'Telnyx has a fault or is overloaded'],
		[503, 'Telnyx has a fault or is overloaded'],
		[302, 'The base URL of the credential does not lead to the Telnyx API'],
	])('%i without a reason: %s', async (status, message) => {
		telnyx.answer = () => ({ status, body: '<html>', headers: { location: '/elsewhere' } });
		const { error } = await run({ ...DTMF, digits: '1' });
		expect(error?.message).toBe(message);
		expect(error?.description).toContain(`HTTP ${status}`);
		expect(telnyx.requests).toHaveLength(1);
	});

	it.each([408, 409, 415])(
		'%i with an explanation of Telnyx is a refusal by Telnyx',
		async (status) => {
			telnyx.answer = refuses(status, { code: '10099', title: 'Something new' });
			const { error } = await run({ ...DTMF, digits: '1' });
			expect(error?.message).toBe('Telnyx refused the command');
			expect(error?.description).toContain('Something new (code 10099)');
		},
	);

	it.each(['constructor', '__proto__', 'toString'])(
		'a code named %s is simply unknown',
		async (code) => {
			telnyx.answer = refuses(422, { code, title: 'Odd' });
			const { error } = await run({ ...DTMF, digits: '1' });
			expect(error?.message).toBe('Telnyx refused the command');
			expect(error?.description).toContain('Odd');
		},
	);

	it('with numeric codes, with several reasons, or with no usable reason', async () => {
		telnyx.answer = refuses(
			422,
			null,
			{ code: 90018 },
			{ title: 'Second', source: { pointer: '/a/b' } },
		);
		const { error } = await run({ ...DTMF, digits: '1' });
		expect(error?.message).toBe('The call has already ended');
		expect(error?.description).toContain("Telnyx says: Second (field 'b').");
	});

	it.each([
		[
			'the second ID, if that is sent',
			{ call_control_id_to_bridge_with: 'v3:b' },
			' to Bridge With',
		],
		['the ID in the path, if it is the only one', { options: { queue: 'support' } }, ''],
	])('names %s, of two fields with one name', async (_what, fields, label) => {
		const pointer = '/call_control_id';
		telnyx.answer = refuses(422, { code: '90015', title: 'Invalid', source: { pointer } });
		const { error } = await run({ resource: 'call', operation: 'bridge', ...fields });
		expect(telnyx.requests).toHaveLength(1);
		expect(error?.description).toContain(`field 'Call Control ID${label}'`);
	});

	it('names a nested field with both labels', async () => {
		const pointer = '/noise_suppression_engine_config/suppression_level';
		telnyx.answer = refuses(422, { code: '10033', title: 'Too high', source: { pointer } });
		const { error } = await run(NOISE);
		expect(error?.description).toContain("field 'Engine Settings > Suppression Level'");
	});

	it('keeps its text even if that contains a code of Node.js', async () => {
		telnyx.answer = refuses(422, { code: '1', title: 'ENOENT', detail: 'Call is preexisting' });
		const { error } = await run({ ...DTMF, digits: '1' });
		expect(error?.message).toBe('Telnyx refused the command');
		expect(error?.description).toContain('ENOENT: Call is preexisting');
	});

	it('a page instead of JSON, with success: the base URL is named', async () => {
		telnyx.answer = () => ({
			body: '<html>Sign in</html>',
			headers: { 'content-type': 'text/html' },
		});
		const { error } = await run({ ...DTMF, digits: '1' });
		expect(error?.message).toBe('The base URL of the credential does not lead to the Telnyx API');
	});
});

describe('no answer', () => {
	it.each([
		['a command with a command ID', { ...DTMF, digits: '1' }, "'Retry On Fail'"],
		['a command without', SIPREC, 'Look whether it took effect before you send it again'],
	])('because the connection broke off, to %s: says what is known', async (_what, fields, todo) => {
		telnyx.answer = () => ({ drop: true });
		const { error } = await run(fields);
		expect(error?.message).toMatch(/^Telnyx could not be reached: the connection broke off$/);
		expect(error?.description).toContain('It is not known whether Telnyx carried the command out');
		expect(error?.description).toContain(todo);
	});

	it.each<[string, Answer]>([
		['a broken connection', { drop: true }],
		['500', refuses(500, { code: '10007', title: 'Fault' })()],
		['503 without a reason', { status: 503, body: '' }],
		['422', refuses(422, { code: '99999', title: 'Something new' })()],
		['403', { status: 403, body: '' }],
	])('%s, to a question: speaks of no command', async (_what, answer) => {
		telnyx.answer = () => answer;
		const { error } = await run({ resource: 'recording', operation: 'list' });
		const said = `${error?.message} ${error?.description}`;
		expect(said).not.toMatch(/\bcalls?\b|command\b|carried|Retry On Fail/);
		const { drop, status = 0 } = answer;
		expect(said.includes('Nothing was changed.')).toBe(drop || status >= 500);
	});

	it('a fault that Telnyx explains: the command may have been carried out', async () => {
		telnyx.answer = refuses(500, { code: '10007', title: 'Fault' });
		const { error } = await run({ ...DTMF, digits: '1' });
		expect(error?.description).toContain('The command may have been carried out all the same.');
	});

	/** Another error that led to this one, as n8n and axios pass them on. */
	const dueTo = (cause: Error, more: object) =>
		Object.assign(new Error(cause.message, { cause }), more);
	const axios = { isAxiosError: true };

	it.each<[string, Error]>([
		['by a rule of its own', new UserError('The host is not allowed')],
		['by a rule, while connecting', dueTo(new UserError('The host is not allowed'), axios)],
		['by an error in the program', new TypeError('The host is not allowed')],
		[
			'because of the credential',
			new NodeOperationError({ name: 'Telnyx' } as INode, 'The host is not allowed'),
		],
	])('because n8n refuses to send it %s: says what n8n says', async (_what, thrown) => {
		const settings = { onError: 'continueRegularOutput' } as const;
		const { output } = await run({ ...DTMF, digits: '1' }, { thrown, settings });
		expect(output[0].json.error).toBe('The host is not allowed');
		expect(output[0].json.details).toMatchObject({ description: 'Nothing was sent.' });
		const stopped = await run({ ...DTMF, digits: '1' }, { thrown });
		expect(stopped.error?.message).toBe('The host is not allowed');
	});

	it.each<[string, Error]>([
		['broke off', dueTo(new Error('socket hang up'), { ...axios, code: 'ECONNRESET' })],
		['broke off, without axios', Object.assign(new Error('aborted'), { code: 'ECONNRESET' })],
		[
			'broke off within the answer',
			Object.assign(new Error('stream has been aborted'), { ...axios, code: 'ERR_BAD_RESPONSE' }),
		],
		['took too long', Object.assign(new Error('timeout'), { ...axios, code: 'ECONNABORTED' })],
		['took too long, by the system', Object.assign(new TypeError('x'), { code: 'ETIMEDOUT' })],
		['failed for a reason that axios does not name', Object.assign(new Error('x'), axios)],
		['failed for a reason that nobody names', new Error('aborted')],
	])('because it %s: may have been carried out', async (_what, thrown) => {
		const { error } = await run({ ...DTMF, digits: '1' }, { thrown });
		expect(error?.message).toMatch(/^Telnyx could not be reached/);
		expect(error?.description).toContain('It is not known whether Telnyx carried the command out');
	});

	it.each<[string, () => Answer]>([
		[
			'only half of it came',
			() => ({
				body: new Blob(['{"data":']).stream(),
				headers: { 'content-type': 'application/json', 'content-length': '1000' },
			}),
		],
		[
			'it is unreadable',
			() => ({ body: 'not compressed', headers: { 'content-encoding': 'gzip' } }),
		],
	])('because %s: may have been carried out', async (_what, answer) => {
		telnyx.answer = answer;
		const { error } = await run({ ...DTMF, digits: '1' });
		expect(error?.message).toMatch(/^Telnyx could not be reached/);
		expect(error?.description).toContain('It is not known whether Telnyx carried the command out');
		expect(telnyx.requests).toHaveLength(1);
	});

	it('because nothing listens: says that nothing was sent', async () => {
		const gone = await startRecorder();
		await gone.close();
		const { error } = await run(
			{ ...DTMF, digits: '1' },
			{ credential: { ...credential(), customBaseUrl: gone.baseUrl } },
		);
		expect(error?.message).toBe('Telnyx could not be reached: the connection was refused');
		expect(error?.description).toContain('Nothing was sent.');
		expect(error?.description).toContain('ECONNREFUSED');
	});

	it.each([
		['ENOTFOUND', /^127\.0\.0\.1\S* could not be found: is n8n online\?$/, 3],
		['EAI_AGAIN', /^127\.0\.0\.1\S* could not be found: is n8n online\?$/, 3],
		['EAI_FAIL', /^127\.0\.0\.1\S* could not be found: is n8n online\?$/, 3],
		['EADDRNOTAVAIL', 'this machine has too many connections', 3],
		['EMFILE', 'the connection failed', 3],
		['ENETDOWN', 'there is no way to the address', 3],
		['CERT_HAS_EXPIRED', 'its certificate is not trusted', 1],
		['DEPTH_ZERO_SELF_SIGNED_CERT', 'its certificate is not trusted', 1],
		['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'its certificate is not trusted', 1],
		['ERR_TLS_CERT_ALTNAME_INVALID', 'its certificate is not trusted', 1],
	])(
		'because of %s: says so, sends nothing, and tries again only where that may help',
		async (code, reason, tries) => {
			const thrown = dueTo(new Error(code), { ...axios, code });
			const request_options = { attempts: 3 };
			const { error } = await run({ ...DTMF, digits: '1', request_options }, { thrown });
			expect(error?.message).toMatch(reason);
			expect(error?.description).toContain('Nothing was sent.');
			const details = (
				await run(
					{ ...DTMF, digits: '1', request_options },
					{ thrown, settings: { onError: 'continueRegularOutput' } },
				)
			).output[0].json.details as { tries?: number };
			expect(details.tries ?? 1).toBe(tries);
		},
	);

	it('because a server without TLS listens: says so', async () => {
		const customBaseUrl = telnyx.baseUrl.replace('http:', 'https:');
		const { error } = await run(
			{ ...DTMF, digits: '1' },
			{ credential: { ...credential(), customBaseUrl } },
		);
		expect(error?.message).toBe('Telnyx could not be reached: the address does not speak HTTPS');
		expect(telnyx.requests).toHaveLength(0);
	});

	it('because the base URL is not a web address: says so', async () => {
		const { error } = await run(
			{ ...DTMF, digits: '1' },
			{ credential: { ...credential(), customBaseUrl: 'telnyx' } },
		);
		expect(error?.message).toContain('The base URL of the credential is not a web address');
	});
});

describe('secrets', () => {
	it.each([
		['a refusal', () => void (telnyx.answer = refuses(401, { code: '10009' }))],
		['a broken connection', () => void (telnyx.answer = () => ({ drop: true }))],
		[
			'a refusal that repeats them',
			() =>
				void (telnyx.answer = refuses(401, {
					code: '10009',
					detail:
						'No access with api_key=KEY-must-not-show to https://me:KEY-must-not-show@example.com',
				})),
		],
	])('are in no error and no output after %s', async (_what, arrange) => {
		arrange();
		const stopped = await run({ ...DTMF, digits: '1' });
		const continued = await run(
			{ ...DTMF, digits: '1' },
			{ settings: { onError: 'continueRegularOutput' } },
		);
		const everything = [
			JSON.stringify(continued.output),
			JSON.stringify(stopped.error),
			stopped.error?.message,
			stopped.error?.stack,
		].join();
		expect(everything).not.toContain('KEY-must-not-show');
		expect(everything).not.toContain('Bearer');
	});
});
