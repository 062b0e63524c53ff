import { NodeOperationError, UserError, type INode } from 'n8n-workflow';

import { startRecorder, useRecorder, type Answer } from '../support/recorder';
import { credentialFor } from '../support/credential';
import { runActionAt, type RunOptions } from '../support/engine';
import { signer } from '../support/signing';
import { hooks } from '../support/trigger';

const ID = 'v3:abc';

const telnyx = useRecorder();

const credential = () => credentialFor(telnyx, { apiKey: 'KEY-must-not-show' });

const run = async (fields: Record<string, unknown>, more: Partial<RunOptions> = {}) =>
	await runActionAt(
		telnyx,
		{ call_control_id: ID, request_options: { attempts: 1 }, ...fields },
		{ credential: credential(), ...more },
	);

const dtmf = { resource: 'input', operation: 'sendDtmf' };
const siprec = { resource: 'siprec', operation: 'startSiprec' };
const noise = { resource: 'noiseSuppression', operation: 'startNoiseSuppression' };
const state = { resource: 'call', operation: 'updateClientState' };

const refuses =
	(status: number, ...errors: unknown[]) =>
	() => ({ status, body: { errors } });

describe('input that must be wrong', () => {
	const engine = (noise_suppression_engine: string, noise_suppression_engine_config: unknown) => ({
		...noise,
		options: { noise_suppression_engine, noise_suppression_engine_config },
	});

	it.each([
		['no digits', { ...dtmf, digits: '={{ "" }}' }, "'Digits' is empty"],
		['a letter that is no tone', { ...dtmf, digits: '12x' }, "'Digits' may only hold the tones"],
		['lower-case tones', { ...dtmf, digits: 'abcd' }, "'Digits' may only hold the tones"],
		[
			'a list of digits',
			{ ...dtmf, digits: '={{ [1] }}' },
			"'Digits' has to be text, but is a list",
		],
		[
			'tones too short',
			{ ...dtmf, digits: '1', options: { duration_millis: 99 } },
			"'Tone Duration (Milliseconds)' is '99', but has to be a whole number from 100 to 500",
		],
		[
			'tones too long',
			{ ...dtmf, digits: '1', options: { duration_millis: 501 } },
			'from 100 to 500',
		],
		[
			'half a millisecond',
			{ ...dtmf, digits: '1', options: { duration_millis: 100.5 } },
			'whole number',
		],
		[
			'a session timeout of 89',
			{ ...siprec, options: { session_timeout_secs: 89 } },
			"'Session Timeout (Seconds)' is '89', but has to be a whole number of at least 90, or 0",
		],
		[
			'an unknown transport',
			{ ...siprec, options: { sip_transport: '={{ "sctp" }}' } },
			"'SIP Transport' is 'sctp', but has to be one of: udp, tcp, tls",
		],
		[
			'a switch that is a word',
			{ ...siprec, options: { secure: '={{ "perhaps" }}' } },
			"'Secure' is 'perhaps', but has to be true or false",
		],
		[
			'a level above 100',
			engine('Krisp', { suppression_level: 101 }),
			"'Engine Settings > Suppression Level' is '101', but has to be a number from 0 to 100",
		],
		['no client state', { ...state, client_state: ' ' }, "'Client State' is empty"],
		[
			'a client state that is not Base64',
			{ ...state, client_state: 'a state', options: { client_state_encoded: true } },
			"'Client State' is not Base64",
		],
		[
			'a role that does not exist',
			{ resource: 'call', operation: 'switchSupervisorRole', role: '={{ "listen" }}' },
			"'Role' is 'listen', but has to be one of: monitor, whisper, barge",
		],
		[
			'a choice that the form calls something else',
			{
				resource: 'audio',
				operation: 'speak',
				payload: 'Hi',
				wait_for_outcome: true,
				on_failure: '={{ "stop" }}',
			},
			"'On Failure' is 'stop', but has to be one of: error (Fail), continue, outputs (One Output Each)",
		],
		[
			'an ID that would change the path',
			{ ...dtmf, call_control_id: '..', digits: '1' },
			"'Call Control ID' is not an ID that Telnyx gives out",
		],
		[
			'an operation whose name holds a code of Node.js',
			{ resource: 'call', operation: 'preexisting' },
			"There is no operation 'preexisting'",
		],
		[
			'an operation of a later version',
			{ resource: 'call', operation: 'teleport' },
			"There is no operation 'teleport' in the resource 'call'",
		],
	])('%s: is named, and nothing is sent', async (_what, fields, message) => {
		const { error } = await run(fields);
		expect(error?.message).toContain(message);
		expect(error?.description).toBe('Nothing was sent to Telnyx.');
		expect(telnyx.requests).toHaveLength(0);
	});

	it.each([
		['digits', dtmf, '={{ 12345678901234567890 }}', 'cannot be written out exactly'],
		['digits', dtmf, '={{ NaN }}', 'cannot be written out exactly'],
		['digits', dtmf, '1E', 'may only hold the tones'],
		['call_control_id', { ...dtmf, digits: '1' }, '={{ NaN }}', 'cannot be written out exactly'],
		['client_state', state, '={{ 0/0 }}', 'is not a number that can be sent'],
	])('a number or tone in %s that would go out changed', async (field, fields, value, message) => {
		const { error } = await run({ ...fields, [field]: value });
		expect(error?.message).toContain(message);
		expect(telnyx.requests).toHaveLength(0);
	});

	it('a command ID that is not a number, which would be the same for every command', async () => {
		const { error } = await run({ ...dtmf, digits: '1', options: { command_id: '={{ NaN }}' } });
		expect(error?.message).toContain("'Command ID' is a number that cannot be written out exactly");
	});

	it.each([
		['sparrow', 'vf_l', 'Voice Focus Large goes only with quail'],
		['quail', 'xs', 'Extra Small goes only with sparrow'],
	])('a model of the family %s with the size %s', async (family, size, message) => {
		const { error } = await run(engine('AiCoustics', { family, size }));
		expect(error?.message).toContain(message);
	});

	it.each<[{ operation: string; options?: object }, string, number, number]>([
		[dtmf, 'duration_millis', 100, 500],
		[siprec, 'session_timeout_secs', 90, Infinity],
		[engine('DeepFilterNet', {}), 'attenuation_limit', 0, 100],
		[engine('Krisp', {}), 'suppression_level', 0, 100],
		[engine('AiCoustics', {}), 'enhancement_level', 0, 1],
		[engine('AiCoustics', {}), 'voice_gain', 0.1, 4],
	])('%j: %s is from %d to %s', async (fields, name, min, max) => {
		const accepts = async (value: number) => {
			telnyx.reset();
			const options = fields.options
				? { ...fields.options, noise_suppression_engine_config: { [name]: value } }
				: { [name]: value };
			await run({ digits: '1', ...fields, options });
			return telnyx.requests.length === 1;
		};
		expect(await accepts(min)).toBe(true);
		expect(await accepts(min - 0.5)).toBe(false);
		if (max === Infinity) return;
		expect(await accepts(max)).toBe(true);
		expect(await accepts(max + 0.5)).toBe(false);
	});

	it('names everything at once', async () => {
		const { error } = await run({
			...dtmf,
			call_control_id: '={{ $json.nothing }}',
			digits: 'x',
			options: { duration_millis: 1 },
		});
		expect(error?.message).toMatch(/Call Control ID.*Digits.*Tone Duration/);
	});

	it('does not repeat the digits, which may be a PIN', async () => {
		const { error } = await run({ ...dtmf, digits: '1234x' });
		expect(JSON.stringify([error?.message, error?.description])).not.toContain('1234');
	});
});

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
		const { error } = await run({ ...dtmf, digits: '1' });
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
		[409, 'Telnyx refused the command'],
		[422, 'Telnyx refused the command'],
		[429, 'Telnyx received too many requests'],
		[500, 'Telnyx has a fault or is overloaded'],
		[503, 'Telnyx has a fault or is overloaded'],
		[302, 'The base URL of the credential does not lead to the Telnyx API'],
	])('%i without a reason: %s', async (status, message) => {
		telnyx.answer = () => ({ status, body: '<html>', headers: { location: '/elsewhere' } });
		const { error } = await run({ ...dtmf, digits: '1' });
		expect(error?.message).toBe(message);
		expect(error?.description).toContain(`HTTP ${status}`);
		expect(telnyx.requests).toHaveLength(1);
	});

	it.each([408, 409, 415])(
		'%i with an explanation of Telnyx is a refusal by Telnyx',
		async (status) => {
			telnyx.answer = refuses(status, { code: '10099', title: 'Something new' });
			const { error } = await run({ ...dtmf, digits: '1' });
			expect(error?.message).toBe('Telnyx refused the command');
			expect(error?.description).toContain('Something new (code 10099)');
		},
	);

	it.each(['constructor', '__proto__', 'toString'])(
		'a code named %s is simply unknown',
		async (code) => {
			telnyx.answer = refuses(422, { code, title: 'Odd' });
			const { error } = await run({ ...dtmf, digits: '1' });
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
		const { error } = await run({ ...dtmf, digits: '1' });
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
		const { error } = await run(noise);
		expect(error?.description).toContain("field 'Engine Settings > Suppression Level'");
	});

	it('keeps its text even if that contains a code of Node.js', async () => {
		telnyx.answer = refuses(422, { code: '1', title: 'ENOENT', detail: 'Call is preexisting' });
		const { error } = await run({ ...dtmf, digits: '1' });
		expect(error?.message).toBe('Telnyx refused the command');
		expect(error?.description).toContain('ENOENT: Call is preexisting');
	});

	it('a page instead of JSON, with success: the base URL is named', async () => {
		telnyx.answer = () => ({
			body: '<html>Sign in</html>',
			headers: { 'content-type': 'text/html' },
		});
		const { error } = await run({ ...dtmf, digits: '1' });
		expect(error?.message).toBe('The base URL of the credential does not lead to the Telnyx API');
	});
});

describe('no answer', () => {
	it.each([
		['a command with a command ID', { ...dtmf, digits: '1' }, "'Retry On Fail'"],
		['a command without', siprec, 'Look whether it took effect before you send it again'],
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
		const { error } = await run({ ...dtmf, digits: '1' });
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
		const { output } = await run({ ...dtmf, digits: '1' }, { thrown, settings });
		expect(output[0].json.error).toBe('The host is not allowed');
		expect(output[0].json.details).toMatchObject({ description: 'Nothing was sent.' });
		const stopped = await run({ ...dtmf, digits: '1' }, { thrown });
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
		const { error } = await run({ ...dtmf, digits: '1' }, { thrown });
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
		const { error } = await run({ ...dtmf, digits: '1' });
		expect(error?.message).toMatch(/^Telnyx could not be reached/);
		expect(error?.description).toContain('It is not known whether Telnyx carried the command out');
		expect(telnyx.requests).toHaveLength(1);
	});

	it('because nothing listens: says that nothing was sent', async () => {
		const gone = await startRecorder();
		await gone.close();
		const { error } = await run(
			{ ...dtmf, digits: '1' },
			{ credential: { ...credential(), customBaseUrl: gone.baseUrl } },
		);
		expect(error?.message).toBe('Telnyx could not be reached: the connection was refused');
		expect(error?.description).toContain('Nothing was sent.');
		expect(error?.description).toContain('ECONNREFUSED');
	});

	it.each([
		['ENOTFOUND', /^127\.0\.0\.1\S* could not be found: is n8n online\?$/, 3],
		['EAI_AGAIN', /^127\.0\.0\.1\S* could not be found: is n8n online\?$/, 3],
		['CERT_HAS_EXPIRED', 'its certificate is not trusted', 1],
		['DEPTH_ZERO_SELF_SIGNED_CERT', 'its certificate is not trusted', 1],
		['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'its certificate is not trusted', 1],
		['ERR_TLS_CERT_ALTNAME_INVALID', 'its certificate is not trusted', 1],
	])(
		'because of %s: says so, sends nothing, and tries again only where that may help',
		async (code, reason, tries) => {
			const thrown = dueTo(new Error(code), { ...axios, code });
			const request_options = { attempts: 3 };
			const { error } = await run({ ...dtmf, digits: '1', request_options }, { thrown });
			expect(error?.message).toMatch(reason);
			expect(error?.description).toContain('Nothing was sent.');
			const details = (
				await run(
					{ ...dtmf, digits: '1', request_options },
					{ thrown, settings: { onError: 'continueRegularOutput' } },
				)
			).output[0].json.details as { tries?: number };
			expect(details.tries ?? 1).toBe(tries);
		},
	);

	it('because a server without TLS listens: says so', async () => {
		const customBaseUrl = telnyx.baseUrl.replace('http:', 'https:');
		const { error } = await run(
			{ ...dtmf, digits: '1' },
			{ credential: { ...credential(), customBaseUrl } },
		);
		expect(error?.message).toBe('Telnyx could not be reached: the address does not speak HTTPS');
		expect(telnyx.requests).toHaveLength(0);
	});

	it('because the base URL is not a web address: says so', async () => {
		const { error } = await run(
			{ ...dtmf, digits: '1' },
			{ credential: { ...credential(), customBaseUrl: 'telnyx' } },
		);
		expect(error?.message).toContain('The base URL of the credential is not a web address');
	});
});

describe('On Error', () => {
	const items = [
		{ digit: '1', name: 'Ann' },
		{ digit: 'x', name: 'Bob' },
		{ digit: '3', name: 'Cem' },
	];
	const fields = { ...dtmf, digits: '={{ $json.digit }}' };
	beforeEach(() => {
		telnyx.answer = ({ body }) =>
			body.includes('"digits":"3"')
				? refuses(422, { code: '90018', title: 'Call has already ended' })()
				: { body: { data: { result: 'ok' } } };
	});

	const invalid = {
		error: expect.stringContaining("'Digits' may only hold"),
		details: expect.objectContaining({ complaints: [expect.stringContaining("'Digits'")] }),
	};
	const ended = {
		error: 'The call has already ended',
		details: expect.objectContaining({
			http_status: 422,
			code: '90018',
			title: 'Call has already ended',
			todo: expect.any(String),
			description: expect.any(String),
		}),
	};

	it('= stop: the first failed item in order is the one that is shown', async () => {
		const { error } = await run(fields, { items });
		expect(error?.message).toContain("'Digits'");
		expect(error?.context).toMatchObject({ itemIndex: 1 });
	});

	it('= continue: failed items keep their input and their link', async () => {
		const { output, error } = await run(fields, {
			items,
			settings: { onError: 'continueRegularOutput' },
		});
		expect(error).toBeUndefined();
		expect(output).toEqual([
			{ json: expect.objectContaining({ result: 'ok' }), pairedItem: { item: 0 } },
			{ json: { ...items[1], ...invalid }, pairedItem: { item: 1 } },
			{ json: { ...items[2], ...ended }, pairedItem: { item: 2 } },
		]);
	});

	it('= continue (using error output): failed items go there, with input and link', async () => {
		const { output, errorOutput } = await run(fields, {
			items,
			settings: { onError: 'continueErrorOutput' },
		});
		expect(output).toEqual([
			{ json: expect.objectContaining({ result: 'ok' }), pairedItem: { item: 0 } },
		]);
		expect(errorOutput).toEqual([
			{ json: { ...items[1], ...invalid }, pairedItem: { item: 1 } },
			{ json: { ...items[2], ...ended }, pairedItem: { item: 2 } },
		]);
	});

	it.each([
		[
			'a base URL that is none',
			() => ({ ...credential(), customBaseUrl: 'x' }),
			'is not a web address',
		],
		['a credential that was deleted', () => undefined, 'the credential was deleted'],
	])(
		'= continue: with %s every item fails, and none counts as sent',
		async (_what, data, message) => {
			const failed = items.map((json, item) => ({
				json: { ...json, error: expect.stringContaining(message), details: expect.anything() },
				pairedItem: { item },
			}));
			const more = { items, credential: data() };
			const regular = await run(fields, {
				...more,
				settings: { onError: 'continueRegularOutput' },
			});
			expect(regular.output).toEqual(failed);
			const branched = await run(fields, { ...more, settings: { onError: 'continueErrorOutput' } });
			expect(branched.output).toEqual([]);
			expect(branched.errorOutput).toEqual(failed);
			const stopped = await run(fields, more);
			expect(stopped.error?.message).toContain(message);
		},
	);

	it('= continue: failed items keep their binary data', async () => {
		const binary = { data: { data: 'YQ==', mimeType: 'text/plain' } };
		const settings = { onError: 'continueRegularOutput' } as const;
		const { output } = await run({ ...dtmf, digits: '={{ "x" }}' }, { binary, settings });
		expect(output[0].binary).toEqual(binary);
	});

	it('= continue: details have every reason, that of the message first, and the request ID', async () => {
		telnyx.answer = () => ({
			status: 422,
			body: { errors: [{ title: 'Other' }, { code: '90034', title: 'Not answered' }] },
			headers: { 'x-request-id': 'request-7' },
		});
		const settings = { onError: 'continueRegularOutput' } as const;
		const { output } = await run({ ...dtmf, digits: '1' }, { settings });
		expect(output[0].json.details).toMatchObject({
			code: '90034',
			errors: [{ title: 'Other' }, { code: '90034', title: 'Not answered' }],
			request_id: 'request-7',
		});
	});

	it('= the old Continue On Fail: like continue', async () => {
		const { output } = await run(fields, { items, settings: { continueOnFail: true } });
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
		expect(output[1].json).toMatchObject({ name: 'Bob', ...invalid });
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
		const stopped = await run({ ...dtmf, digits: '1' });
		const continued = await run(
			{ ...dtmf, digits: '1' },
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

describe('publishing a workflow says what went wrong', () => {
	/** The error when the application is read, or changed, and Telnyx answers like this. */
	const failureOf = async (method: 'GET' | 'PATCH', answer: Answer): Promise<string> => {
		telnyx.answer = (request) =>
			request.method === method
				? answer
				: { body: { data: { id: '7', application_name: 'Support', webhook_event_url: '' } } };
		const { create } = hooks({
			credential: credentialFor(telnyx, { publicKey: signer().publicKey }),
			parameters: {
				setup: 'automatic',
				connection_id: { mode: 'id', value: '7', __rl: true },
				events: ['*'],
			},
		});
		const error: unknown = await create().then(
			() => undefined,
			(thrown: unknown) => thrown,
		);
		expect(error).toBeInstanceOf(Error);
		return (error as Error).message;
	};

	const refused = (status: number, ...errors: object[]): Answer => ({ status, body: { errors } });

	/** There is no call, no command and no such setting of a trigger. */
	const OF_COMMANDS = /\bcalls?\b|command\b|Retry On Fail|Request Options/;

	const FAILURES: Array<[string, Answer, isUncertain: boolean]> = [
		['a broken connection', { drop: true }, true],
		['500', refused(500, { code: '10007', title: 'Fault' }), true],
		['503 without a reason', { status: 503, body: '' }, true],
		['403', refused(403, { code: '10010', title: 'Not allowed' }), false],
		['403 without a reason', { status: 403, body: '' }, false],
		['429', refused(429, { code: '10011', title: 'Too many' }), false],
		['422', refused(422, { code: '99999', title: 'Something new' }), false],
	];

	it.each(FAILURES)('%s, when the application is changed', async (_what, answer, isUncertain) => {
		const message = await failureOf('PATCH', answer);
		expect(message).not.toMatch(OF_COMMANDS);
		expect(message.includes('It is not known whether Telnyx changed the application')).toBe(
			isUncertain,
		);
		expect(message.includes('To put it right, publish or unpublish the workflow again.')).toBe(
			isUncertain,
		);
	});

	it.each(FAILURES)('%s, when the application is read', async (_what, answer, isUncertain) => {
		const message = await failureOf('GET', answer);
		expect(message).not.toMatch(OF_COMMANDS);
		expect(message.includes('Nothing was changed.')).toBe(isUncertain);
	});

	it('a reply that is not an application is refused, and nothing is changed', async () => {
		const message = await failureOf('GET', { body: {} });
		expect(message).toContain('The base URL of the credential does not lead to the Telnyx API');
		expect(telnyx.requests.map(({ method }) => method)).not.toContain('PATCH');
	});
});

describe('an expression', () => {
	it.each([
		[
			'that found nothing is shown, because a name in it may be misspelt',
			{ ...dtmf, digits: '={{ $json.digitz }}' },
			"'Digits' is empty: the expression {{ $json.digitz }} found nothing",
		],
		[
			'that was not written yet is asked for',
			{ ...dtmf, digits: '=' },
			"'Digits' is empty: it is set to an expression, so write one, or set it to Fixed",
		],
		[
			'that cannot be read is shown with its field',
			{ ...dtmf, digits: '={{ $json.digits.trim( }}' },
			"'Digits' holds an expression that cannot be read: {{ $json.digits.trim( }}. See if a bracket or a quotation mark is missing",
		],
		[
			'that cannot be read, in an option',
			{ ...dtmf, digits: '1', options: { duration_millis: '={{ ($json.long }}' } },
			"'Tone Duration (Milliseconds)' holds an expression that cannot be read: {{ ($json.long }}",
		],
		[
			'that cannot be read, behind More Options',
			{
				resource: 'call',
				operation: 'answer',
				more_options: { webhook_options: { webhook_url: '={{ ($json.address }}' } },
			},
			"'Webhook URL' holds an expression that cannot be read: {{ ($json.address }}",
		],
		[
			'that cannot be read, in a row of a list',
			{
				resource: 'call',
				operation: 'answer',
				more_options: {
					sip_options: { custom_headers: { items: [{ name: 'X', value: '={{ [1 }}' }] } },
				},
			},
			"'Custom Headers' holds an expression that cannot be read: {{ [1 }}",
		],
	])('%s', async (_what, parameters, message) => {
		const { error } = await runActionAt(telnyx, parameters);
		expect(error?.message).toContain(message);
		expect(telnyx.requests).toHaveLength(0);
	});

	it('that the node starts with says what to do instead', async () => {
		const { error } = await runActionAt(
			telnyx,
			{ ...dtmf, digits: '1' },
			{ items: [{ json: {} }] },
		);
		expect(error?.message).toContain("'Call Control ID' is empty: connect the node");
	});
});
