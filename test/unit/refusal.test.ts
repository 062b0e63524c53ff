import type { JsonObject } from 'n8n-workflow';

import { isMissing, TelnyxFailure } from '../../nodes/telnyx/http/failure';
import { linkRefused, noLink } from '../../nodes/telnyx/http/fileFailure';
import { refusal } from '../../nodes/telnyx/http/refusal';

const COMMAND = { changes: true, repeatable: true };
const QUESTION = { changes: false, repeatable: true };

const refused = (statusCode: number, body: unknown, { labels = {}, purpose = COMMAND } = {}) =>
	refusal({ statusCode, body }, labels, purpose);

const withCode = (status: number, code: unknown, detail = 'The detail.') =>
	refused(status, { errors: [{ code, title: 'The title', detail }] });

const everythingIn = ({ message, description, details }: TelnyxFailure) =>
	[message, description, JSON.stringify(details)].join('\n');

describe('a call that the network does not place', () => {
	const NO_PROFILE = 'The application has no outbound voice profile';
	const DISABLED = 'The application, its outbound voice profile or the Telnyx account is disabled';
	const ONLY_VERIFIED = 'The level of the Telnyx account allows calls to verified numbers only';

	it.each([
		['D1', 'The Telnyx account has as many outgoing calls as it may have at once', 'has ended'],
		['D2', 'The outbound voice profile has as many calls as it may have at once', 'limit'],
		['D3', 'The application has as many outgoing calls as it may have at once', 'Channel Limit'],
		['D7', NO_PROFILE, 'choose an outbound voice profile'],
		['D10', DISABLED, 'enable it'],
		['D12', DISABLED, 'enable it'],
		['D13', 'The outbound voice profile does not allow calls to this country', 'Add the country'],
		['D17', DISABLED, 'enable it'],
		['D19', 'The Telnyx account is blocked for billing reasons', 'balance'],
		['D22', 'There are as many calls as there may be at once', 'has ended'],
		[
			'D24',
			/rate per minute .* is above the maximum of the outbound voice profile/,
			'maximum rate',
		],
		['D38', NO_PROFILE, 'choose an outbound voice profile'],
		['D51', "The number in 'From' is not one that the account may show", 'Verified Numbers'],
		['D60', ONLY_VERIFIED, 'Upgrade the account'],
		['D61', ONLY_VERIFIED, 'Upgrade the account'],
		['D99', 'Telnyx does not place this call', 'D99'],
	])('for the reason %s: says %s', (dCode, happened, todo) => {
		const errors = [{ code: 10010, detail: `Something of the network ${dCode}. Something.` }];
		for (const failure of [
			refused(403, { errors, telnyx_error: { error_code: dCode } }),
			refused(403, { errors: [{ code: '10010' }], telnyx_error: dCode }),
			refused(403, { errors: [{ code: '10010' }], telnyx_error: { code: dCode } }),
			refused(403, { errors: [{ code: '10010', telnyx_error: { error_code: dCode } }] }),
			refused(403, { errors: [{ code: '10010', meta: { telnyx_error: dCode } }] }),
			refused(403, {
				errors: [{ code: '10010' }],
				telnyx_error: { error_code: 10010, error_detail: `Something of the network ${dCode}` },
			}),
			refused(403, { errors: [{ code: '10010', title: `Forbidden ${dCode}` }] }),
			refused(403, { data: { call_control_id: 'v3:a' }, errors }),
		]) {
			expect(failure.message).toMatch(happened);
			expect(failure.description).toContain(todo);
			expect(failure.description).not.toContain('API key');
			expect(failure.details).toMatchObject({ code: '10010', d_code: dCode });
		}
	});

	it('is distinguished from text that only looks like such a reason', () => {
		const { message, details } = withCode(422, '10032', 'D38 of a voice is not a reason');
		expect(message).toBe('A value is not one of those that Telnyx allows');
		expect(details).not.toHaveProperty('d_code');
		const telnyx_error = { error_code: 10010, node: 'sip-gw D38' };
		const failure = refused(403, { errors: [{ code: '10010' }], telnyx_error });
		expect(failure.details).not.toHaveProperty('d_code');
	});
});

describe('a refusal for lack of permission', () => {
	it('does not blame the API key first', () => {
		const { message, description } = withCode(403, '10010');
		expect(message).toBe('Telnyx does not allow this');
		expect(description).toContain('Telnyx says: The title: The detail (code 10010).');
	});
});

describe('money', () => {
	it.each([
		['20100', { errors: [{ code: '20100', title: 'Insufficient Funds' }] }],
		['no code', { message: 'Payment required' }],
		['no reason', undefined],
	])('that does not exist, with %s, has nothing to do with the state of a call', (_what, body) => {
		const { message, description } = refused(402, body);
		expect(message).toBe('The Telnyx account does not have enough funds');
		expect(description).toContain('Add funds');
		expect(description).not.toContain('state');
	});
});

describe('a code of Telnyx', () => {
	it.each([
		[401, 20002, 'The API key has been revoked'],
		[401, 20006, 'The API key has expired'],
		[401, 20008, 'Telnyx does not accept the API key'],
		[403, 20012, 'The Telnyx account is not active'],
		[403, 20013, 'The Telnyx account is blocked'],
		[403, 20014, 'The Telnyx account is not verified for this'],
		[403, 20015, 'The feature is not switched on for the Telnyx account'],
		[403, 20016, 'The Telnyx account is not verified at level 1'],
		[403, 20017, 'The Telnyx account is not verified at level 2'],
		[422, 90000, 'A value is not one that Telnyx allows'],
		[422, 90020, 'The call has no audio yet, so it cannot be recorded'],
		[422, 90029, 'A value is not one that Telnyx allows'],
		[422, 90031, 'The audio of the call is not being forked'],
		[422, 90032, 'The conference is full'],
		[422, 90033, 'The conference does not allow this now'],
		[422, 90035, 'The call is not in a queue'],
		[422, 90036, 'The queue is full'],
		[422, 90037, 'The size of a queue that exists cannot be changed by this command'],
		[422, 90038, 'The call is already in this queue'],
		[400, 90040, 'Telnyx could not download the audio file in time'],
		[403, 90041, 'The Telnyx account has as many outgoing calls as it may have at once'],
		[403, 90042, 'The outbound voice profile has as many calls as it may have at once'],
		[403, 90043, 'The application has as many outgoing calls as it may have at once'],
		[422, 90044, 'The call is already in this conference'],
		[422, 90045, 'This is not possible while the media of the call is streamed'],
		[422, 90046, 'The media streaming could not be started'],
		[422, 90048, 'This is only possible while the media of the call is streamed'],
		[422, 90053, /recording that ends by silence cannot start while the call is transcribed/],
		[422, 90054, 'The call is already being transcribed'],
		[422, 90055, 'The transcription cannot stop while a recording that ends by silence runs'],
		[422, 90057, 'An event type that Telnyx does not know has a webhook URL'],
		[404, 90058, 'There is no such conference'],
		[422, 90061, 'The call does not allow this now'],
		[422, 90102, 'An outgoing call cannot be answered by a command'],
		[429, 90103, 'The account has dialed too many calls within a few seconds'],
	])('%i with %i: says %s', (status, code, happened) => {
		const { message, details } = withCode(status, code);
		expect(message).toMatch(happened);
		expect(details).toMatchObject({ code: String(code), todo: expect.stringMatching(/\.$/) });
	});

	it('90103 says how many dials a second Telnyx allows', () => {
		expect(withCode(429, '90103').description).toContain('30 dials a second');
	});

	it.each([
		[500, 'Telnyx has a fault or is overloaded'],
		[503, 'Telnyx has a fault or is overloaded'],
		[404, 'Telnyx does not know what this refers to'],
		[422, 'Telnyx had an unexpected error'],
	])('10007, an unexpected error, with %i: %s', (status, happened) => {
		expect(withCode(status, '10007').message).toBe(happened);
	});

	it('10011 speaks of too many requests only with 429', () => {
		expect(withCode(429, '10011').message).toBe('Telnyx received too many requests');
		expect(withCode(422, '10011').message).toBe('Telnyx refused the command');
	});

	it('10015 points at the application where that may be the reason', () => {
		const labels = { connection_id: 'Call Control Application', to: 'To' };
		const badRequest = (source?: object) =>
			refused(422, { errors: [{ code: '10015', title: 'Bad Request', source }] }, { labels });
		for (const failure of [badRequest(), badRequest({ pointer: '/connection_id' })]) {
			expect(failure.message).toBe('Telnyx does not accept the request');
			expect(failure.description).toContain('a Call Control application that has a webhook URL');
		}
		expect(badRequest({ pointer: '/to' }).description).not.toContain('application');
		expect(withCode(422, '10015').description).not.toContain('application');
	});

	it.each([
		['an object', { value: 'x' }],
		['a list', ['x']],
		['true', true],
		['null', null],
	])('that is %s is left out', (_what, code) => {
		const failure = withCode(422, code);
		expect(everythingIn(failure)).not.toContain('[object Object]');
		expect(failure.description).toContain('Telnyx says: The title: The detail.');
		expect(failure.details).not.toHaveProperty('code');
	});
});

describe('the reason is shown', () => {
	it.each<[string, unknown, string]>([
		['a message', { message: 'No credit' }, 'No credit'],
		['an error', { error: 'No credit' }, 'No credit'],
		['an error with a message', { error: { message: 'No credit', code: 7 } }, 'No credit (code 7)'],
		['errors that are one', { errors: { detail: 'No credit' } }, 'No credit'],
		['errors that are text', { errors: 'No credit' }, 'No credit'],
		['a list of texts', { errors: ['No credit'] }, 'No credit'],
		['errors by field', { errors: { to: ['is empty'] } }, "is empty (field 'To')"],
		[
			'a list of places',
			{ detail: [{ loc: ['body', 'to'], msg: 'is empty', type: 'missing' }] },
			"is empty (field 'To')",
		],
		['a detail', { detail: 'No credit' }, 'No credit'],
		['a detail with a message', { errors: [{ detail: { message: 'No credit' } }] }, 'No credit'],
		['a title without detail', { errors: [{ title: 'No credit' }] }, 'No credit'],
		['a list', [{ code: 7, message: 'No' }], 'No (code 7)'],
		['a text alone', 'upstream connect error', 'upstream connect error'],
		['a list of texts as the message', { message: ['a is bad', 'b is bad'] }, 'a is bad; b is bad'],
		['a message beside an empty list', { errors: [], message: 'No' }, 'No'],
		['a message beside an empty object', { errors: {}, error: null, message: 'No' }, 'No'],
		['errors within an error', { error: { errors: [{ message: 'No' }] } }, 'No'],
		['errors within errors', { errors: { errors: [{ detail: 'No' }] } }, 'No'],
		['the words of OAuth', { error: 'invalid', error_description: 'Expired' }, 'Expired'],
		[
			'the words of a framework',
			{ statusCode: 400, message: ['a is bad'], error: 'Bad Request' },
			'a is bad',
		],
		['a problem of RFC 9457', { type: 'about:blank', title: 'No', detail: 'Why' }, 'No: Why'],
		['a reason', { success: false, reason: 'Limit reached' }, 'Limit reached'],
		['a fault', { fault: { faultstring: 'Quota', detail: { errorcode: 'q' } } }, 'Quota'],
		[
			'errors of a field that are objects',
			{ errors: { to: [{ message: 'No' }] } },
			'{"errors":{"to":[{"message":"No"}]}}',
		],
		[
			'errors inside of data',
			{ data: { errors: [{ detail: 'No' }] } },
			'{"data":{"errors":[{"detail":"No"}]}}',
		],
		['a message of its own kind', { message: { text: 'No' } }, '{"message":{"text":"No"}}'],
		['lists in a list', { errors: [['No']] }, '{"errors":[["No"]]}'],
		['words of its own', { status: 'denied', quota: 5 }, '{"status":"denied","quota":5}'],
	])('from a body with %s', (_what, body, says) => {
		const { description } = refused(409, body, { labels: { to: 'To' } });
		expect(description).toContain(`Telnyx says: ${says}.`);
		expect(description).not.toContain('no reason');
	});

	it.each<[string, unknown]>([
		['an empty object', {}],
		['an empty list', { errors: [] }],
		['nothing that makes sense', { errors: [null, {}, { detail: {} }, [], true] }],
		['text', '<html>'],
		['nothing', undefined],
		['a list of nothing', [null, {}]],
		['values without words', { status: null, ok: false }],
	])('unless there is none in %s', (_what, body) => {
		expect(refused(409, body).description).toContain('Telnyx gave no reason (HTTP 409).');
	});

	it('but not at any length', () => {
		const long = 'a-'.repeat(5_000);
		const source = { pointer: `/${long}` };
		const errors = Array.from({ length: 1000 }, () => ({ code: long, detail: long, source }));
		const failure = refused(409, { errors, telnyx_error: { error_detail: long } });
		expect(everythingIn(failure).length).toBeLessThan(50_000);
	});

	it('with what the network adds', () => {
		const telnyx_error = { error_code: 'D38', error_detail: 'No profile' };
		const { details } = refused(403, { errors: [{ code: '10010' }], telnyx_error });
		expect(details).toMatchObject({ telnyx_error });
	});

	it("even if the network's details are endless", () => {
		let telnyx_error: object = {};
		for (let level = 0; level < 20_000; level++) telnyx_error = { telnyx_error };
		const failure = refused(403, { errors: [{ code: '10010', title: 'No' }], telnyx_error });
		expect(failure.message).toBe('Telnyx does not allow this');
	});

	it.each([404, 302])('as that of another server, if it may not be from Telnyx (%i)', (status) => {
		expect(refused(status, undefined).message).toBe(
			'The base URL of the credential does not lead to the Telnyx API',
		);
	});

	it("of a 404 that is not in Telnyx's format: the ID may be wrong as well", () => {
		const { message, description } = refused(404, { message: 'Not Found' }, { purpose: QUESTION });
		expect(message).toBe('The base URL of the credential does not lead to the Telnyx API');
		expect(description).toMatch(/'Base URL'.*check the ID.*Telnyx says: Not Found\./);
	});

	it.each([
		[false, { error: { code: 404, message: 'Not Found' } }],
		[false, { code: '404', message: 'Not Found' }],
		[true, { errors: [{ code: '404', title: 'Not Found' }] }],
	])('as missing at Telnyx: %s of %j', (expected, body) => {
		expect(isMissing(refused(404, body))).toBe(expected);
	});

	it("of a 404 in Telnyx's format without a code: the ID is wrong", () => {
		expect(refused(404, { errors: { detail: 'Not Found' } }).message).toBe(
			'Telnyx does not know what this refers to',
		);
	});
});

describe('the named field', () => {
	const labels = {
		to: 'To',
		name: 'Conference Name',
		'tags.name': 'Tags > Name',
		'filter.name.contains': 'Filter > Name Contains',
	};
	it.each([
		['a field', { pointer: '/to' }, 'To'],
		['a field of the body', { pointer: '/body/to' }, 'To'],
		['a pointer that is a fragment', { pointer: '#/to' }, 'To'],
		['one of a list', { pointer: '/to/0' }, 'To'],
		['a field inside of another', { pointer: '/tags/1/name' }, 'Tags > Name'],
		['the outer field of that name', { pointer: '/name' }, 'Conference Name'],
		['a query parameter', { parameter: 'filter[name][contains]' }, 'Filter > Name Contains'],
		['a field that only the inner name tells', { pointer: '/contains' }, 'Filter > Name Contains'],
		['a field without a label', { pointer: '/other/thing' }, 'thing'],
	])('is that of %s', (_what, source, label) => {
		const { description } = refused(422, { errors: [{ title: 'Wrong', source }] }, { labels });
		expect(description).toContain(`Telnyx says: Wrong (field '${label}').`);
	});
});

describe('a file that cannot be fetched', () => {
	it.each([
		['gs://bucket/a/b.mp3', 'Google Cloud Storage'],
		['s3://bucket/a/b.mp3', 'Amazon S3'],
	])("by %s: names the customer's storage", (link, storage) => {
		const { description } = noLink(link);
		expect(description).toContain(`your own storage: get it with n8n's node for ${storage}`);
		expect(description).not.toContain('run the node again');
	});

	it.each([
		[401, 'own storage'],
		[403, 'own storage'],
		[404, 'no longer there'],
		[407, 'user name and password'],
		[410, 'no longer there'],
		[503, 'again in a minute'],
	])('because its storage answers %i: does not advise a new link', (status, todo) => {
		const { description } = linkRefused(status);
		expect(description).toContain(todo);
		expect(description).not.toContain('new link');
	});
});

describe('secrets in what Telnyx says', () => {
	it.each([
		['a password in an address', 'https://me:hunter2@example.com/hook is not allowed'],
		['an odd password in an address', 'bad: sip:x, wss://me:p@hunter2@example.com/hook'],
		['a token in an address', 'https://example.com/hook?x=1&key=hunter2#a is not allowed'],
		['an API key', 'No key found matching KEY0123456789ABCDEFhunter2_aBcDhunter2'],
		['an API key with other characters', 'No key found matching KEY01-a_b-hunter2_aBcD-hunter2.'],
		['an API key that soon has others', 'KEY0194F3A2C7D1E5B8-x_hunter2-hunter2 is unknown'],
		['a header', 'Authorization: Bearer abc1hunter2'],
		['a header without its scheme', 'authorization: abc1hunter2'],
		['headers in JSON', '{"authorization":"hunter2","cookie":"hunter2","a":1}'],
		['a header for a user', 'Authorization: Basic hunter2aGk='],
		['a token', 'Token eyJhbGciOi.hunter2.hunter2 is wrong'],
		['a value', 'password=hunter2'],
		['a value in JSON', '{"api_key":"hunter2 hunter2","a":1}'],
		['a value after a colon', 'sip_auth_password: hunter2'],
	])('%s: is neither in a message nor in the output', (_what, detail) => {
		for (const failure of [
			refused(422, { errors: [{ title: detail, detail }] }),
			refused(409, { message: detail }),
			refused(403, { errors: [{ code: '10010' }], telnyx_error: { error_detail: detail } }),
			new TelnyxFailure({
				happened: detail,
				description: detail,
				details: { said: [detail] } as JsonObject,
				httpCode: 'none',
			}),
		]) {
			expect(everythingIn(failure)).not.toContain('hunter2');
		}
	});

	it('a value whose name says that it is a secret is left out as a whole', () => {
		const telnyx_error = { error_code: 'D38', sip_auth_password: 'hunter2' };
		const failure = refused(403, { errors: [{ code: '10010' }], telnyx_error });
		expect(everythingIn(failure)).not.toContain('hunter2');
	});

	it.each([
		'4111111111111111',
		'4111 1111 1111 1111',
		'5500-0000-0000-0004',
		'4111.1111.1111.1111',
		'4111\u00a01111\u00a01111\u00a01111',
		'378282246310005',
		'3782 822463 10005',
		'3056 930902 5904',
		'2223003122003222',
		'6304 0000 0000 0000',
		'4000 0000 0000 0000 006',
		'4222222222222',
		'6216 3000 0000 0001',
	])('the number of a payment card, %s, is left out', (card) => {
		const detail = `The digits ${card} are not valid`;
		const failure = refused(422, { errors: [{ code: '10015', title: detail, detail }] });
		expect(everythingIn(failure)).not.toContain(card);
		expect(failure.description).toContain('The digits … are not valid');
	});

	it('the number of a payment card is left out behind other numbers, and as a number', () => {
		const telnyx_error = { error_code: 'D38', digits: 4111111111111111, line: 4 };
		const errors = [{ code: '10010', detail: 'Line 3 4111 1111 1111 1111 4' }];
		const failure = refused(403, { errors, telnyx_error });
		expect(failure.description).toContain('Line 3 … 4');
		expect(failure.details).toMatchObject({ telnyx_error: { digits: '…', line: 4 } });
	});

	it.each([
		'+4915112345678',
		'+49 4930 1234 5678 90',
		'4930123456789',
		'4930 1234 56789',
		'0049301234567',
		'1293384261075731461',
		'5203384261075731461',
		'2223384261075731461',
		'f0f43b00-4111-1111-1111-4111111111111',
		'2026-11-27 22.15.30',
	])('a phone number, an ID and a time stay: %s', (detail) => {
		expect(everythingIn(refused(422, { errors: [{ detail }] }))).toContain(detail);
	});

	it.each([
		'Expired access token: The access token provided is expired',
		'Invalid API Key secret: The secret provided is invalid',
		'Basic authentication is not supported',
		'KEY_NOT_FOUND in the storage',
		'Authorization failed: error D38 of connection 12',
		'See https://telnyx.com/upgrade for options',
	])('sentences stay as they are: %s', (title) => {
		expect(refused(409, { errors: [{ title }] }).description).toContain(`Telnyx says: ${title}.`);
	});
});
