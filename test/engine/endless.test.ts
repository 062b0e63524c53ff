/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
/** Large uploads, and replies that never end, trickle in, or cannot be read: from a broken Telnyx, or another server at its address. */
import { randomBytes } from 'node:crypto';
import { createGzip } from 'node:zlib';
import { Readable } from 'node:stream';

import { loadList, runAction } from '../support/engine';
import { holdTimeouts } from '../support/heldTimeouts';
import { useRecorder, type Answer } from '../support/recorder';
import { signer } from '../support/signing';
import { hooks } from '../support/trigger';

const telnyx = useRecorder();
/** Where Telnyx keeps recordings. */
const storage = useRecorder();
const timeouts = holdTimeouts();

const credential = () => ({
	apiKey: 'KEY0123',
	publicKey: signer().publicKey,
	baseUrl: 'custom',
	customBaseUrl: telnyx.baseUrl,
});

const run = async (resource: string, operation: string, fields: object, tries = 1) =>
	await runAction({
		credential: credential(),
		parameters: { resource, operation, request_options: { attempts: tries }, ...fields } as never,
	});

const sendDtmf = async (tries = 1) =>
	await run(
		'input',
		'sendDtmf',
		{ call_control_id: { __rl: true, mode: 'id', value: 'v3:1' }, digits: '1' },
		tries,
	);

const JSON_HEADERS = { 'content-type': 'application/json' };

/** How many chunks were asked for. */
let sent = 0;

/** JSON of any length, a chunk at a time. */
function* spaces(chunks: number) {
	yield '{"data":';
	const chunk = ' '.repeat(1_000_000);
	for (let i = 0; i < chunks; i++) {
		sent += 1;
		yield chunk;
	}
}

/** Sends a little, says so, and never ends. */
function dripping(text: string, onStart: () => unknown): Answer['body'] {
	return new ReadableStream({
		start(stream) {
			stream.enqueue(new TextEncoder().encode(text));
			void onStart();
		},
	});
}

/** The reply has begun, and the time for it is over. */
const timeIsOver = () => setImmediate(() => timeouts[0].abort());

describe('JSON', () => {
	it.each([
		['', () => ({ body: Readable.from(spaces(500)), headers: JSON_HEADERS })],
		[
			' behind gzip',
			() => ({
				body: Readable.from(spaces(500)).pipe(createGzip()),
				headers: { ...JSON_HEADERS, 'content-encoding': 'gzip' },
			}),
		],
	])('that is far too long%s is not read to its end', async (_what, answer) => {
		sent = 0;
		telnyx.answer = answer;
		const { error } = await sendDtmf();
		expect(error?.description).toContain('was larger than 20 MB');
		expect(error?.description).toContain('may have been carried out');
		expect(sent).toBeLessThan(500);
	});

	it('that does not end in time counts as no answer', async () => {
		telnyx.answer = () => ({ body: dripping('{"data":', timeIsOver), headers: JSON_HEADERS });
		const { error } = await sendDtmf();
		expect(error?.message).toBe('Telnyx could not be reached: there was no answer in time');
		expect(error?.description).toContain('It is not known whether Telnyx carried the command out');
	});

	it('whose headers do not come in time counts as no answer, and the connection is closed', async () => {
		let closed: Promise<unknown> = Promise.resolve();
		telnyx.answer = async ({ socket }) => {
			closed = new Promise((resolve) => socket.once('close', resolve));
			timeIsOver();
			await closed;
			return {};
		};
		const { error } = await sendDtmf();
		expect(error?.message).toBe('Telnyx could not be reached: there was no answer in time');
		await closed;
	});

	it('that does not end in time is requested again where that is safe', async () => {
		telnyx.answer = (_request, index) =>
			index === 0
				? { body: dripping('{"data":', timeIsOver), headers: JSON_HEADERS }
				: { body: { data: { result: 'ok' } } };
		const { error, output } = await sendDtmf(2);
		expect(error).toBeUndefined();
		expect(output[0].json).toMatchObject({ result: 'ok' });
	});

	it('that does not end keeps neither a list nor the public key waiting', async () => {
		telnyx.answer = () => ({ body: dripping('{"data":', timeIsOver), headers: JSON_HEADERS });
		await expect(loadList('applications', { credential: credential() })).rejects.toThrow(
			'there was no answer in time',
		);
		timeouts.length = 0;
		const { create } = hooks({ credential: { ...credential(), publicKey: '' } });
		await expect(create()).rejects.toThrow(/Webhooks cannot be verified.*no answer in time/);
	});
});

describe('a success that cannot be read', () => {
	it.each<[string, Answer]>([
		['a web page', { body: '<html>Sign in</html>', headers: { 'content-type': 'text/html' } }],
		['half a JSON', { body: '{"data":{"resu', headers: JSON_HEADERS }],
		['a text', { body: '"ok"', headers: JSON_HEADERS }],
	])('such as %s leaves open whether the command was carried out', async (_what, answer) => {
		telnyx.answer = () => answer;
		const { error } = await sendDtmf();
		expect(error?.message).toBe('The base URL of the credential does not lead to the Telnyx API');
		expect(error?.description).toContain('The command may have been carried out all the same.');
		expect(error?.description).toContain('The answer (HTTP 200) was not JSON');
	});

	const ENDED = { code: '90018', title: 'Call has already ended' };

	it.each<[string, unknown]>([
		['the greeting of another server', { message: 'Welcome to nginx' }],
		['a list', []],
		['a list of something', [{ result: 'ok' }]],
		['data that is nothing', { data: null }],
		['data that is a text', { data: 'ok' }],
		['data that is an empty list', { data: [] }],
		['errors that say nothing', { errors: [{}] }],
		['errors of another server', { error: { message: 'Not allowed' } }],
	])('such as JSON with %s leaves open whether it was carried out', async (_what, body) => {
		telnyx.answer = () => ({ body });
		const commands = [
			['input', 'sendDtmf', { call_control_id: 'v3:1', digits: '1' }],
			['call', 'hangup', { call_control_id: 'v3:1' }],
			['queue', 'create', { queue_name: 'Support' }],
			['recording', 'delete', { recording_id: 'r1' }],
		] as const;
		for (const [resource, operation, fields] of commands) {
			const { error } = await run(resource, operation, fields, 8);
			expect(error?.message).toBe('The base URL of the credential does not lead to the Telnyx API');
			expect(error?.description).toContain('The command may have been carried out all the same.');
			expect(error?.description).toContain('(HTTP 200) was not what Telnyx answers');
		}
		expect(telnyx.requests).toHaveLength(commands.length);
	});

	it.each<[string, string, object, string | RegExp]>([
		['input', 'sendDtmf', { call_control_id: 'v3:1', digits: '1' }, 'The call has already ended'],
		['media', 'delete', { media_name: 'm1' }, 'The call has already ended'],
		['recording', 'delete', { recording_id: 'r1' }, 'The call has already ended'],
	])(
		"such as Telnyx's errors instead of an answer: %s %s",
		async (resource, operation, fields, says) => {
			telnyx.answer = () => ({ body: { errors: [ENDED] } });
			const { error } = await run(resource, operation, fields);
			expect(error?.message).toBe(says);
			expect(error?.description).toContain('The command may have been carried out all the same.');
			expect(error?.description).toContain('Telnyx says: Call has already ended (code 90018).');
		},
	);

	it("with Telnyx's errors says so to a question too", async () => {
		for (const operation of ['list', 'retrieve']) {
			telnyx.answer = () => ({
				body: { data: [], errors: [{ code: '10015', title: 'Bad page' }] },
			});
			const { error } = await run('queue', operation, { queue_name: 'Support' });
			expect(error?.message).toBe('Telnyx does not accept the request');
			expect(error?.description).toContain('Telnyx says: Bad page (code 10015).');
		}
	});

	it('is not one with nothing in it, or where Telnyx does not say what it answers', async () => {
		for (const body of ['', '{}', 'null', '{"data":{}}', '{"data":{"result":"ok"},"errors":[]}']) {
			telnyx.answer = () => ({ body, headers: JSON_HEADERS });
			expect((await sendDtmf()).error).toBeUndefined();
		}
		telnyx.answer = () => ({ status: 204 });
		expect((await sendDtmf()).error).toBeUndefined();
		telnyx.answer = () => ({ body: { status: 'ok' } });
		const { error } = await run('recording', 'deleteMany', { ids: 'r1,r2' });
		expect(error).toBeUndefined();
	});

	it('of a hangup that was too late counts as the user wants it to', async () => {
		telnyx.answer = () => ({ body: { errors: [ENDED] } });
		const { output } = await run('call', 'hangup', {
			call_control_id: 'v3:1',
			already_ended_is_success: true,
		});
		expect(output[0].json).toMatchObject({ already_ended: true });
	});

	it.each<[string, string, string]>([
		['a list', 'queue', 'list'],
		['a list in one piece', 'account', 'listRegions'],
		['a value', 'account', 'retrieveBalance'],
	])('because it lacks %s is said, and is no empty result', async (_what, resource, operation) => {
		for (const body of ['{}', '{"data":null}', '{"status":"ok"}', '[]', '']) {
			telnyx.answer = () => ({ body, headers: JSON_HEADERS });
			const { error } = await run(resource, operation, {});
			expect(error?.message).toBe('The base URL of the credential does not lead to the Telnyx API');
		}
	});

	it('leaves no doubt where nothing was to be changed', async () => {
		telnyx.answer = () => ({ body: '<html>' });
		const { error } = await run('queue', 'list', { returnAll: true });
		expect(error?.description).not.toContain('carried out');
	});

	it.each([[{}], [{ call_control_id: ' ' }], [{ call_control_id: 5 }], [{ call_control_id: {} }]])(
		'such as a dialed call without its ID: the call may be under way, with %j',
		async (data) => {
			telnyx.answer = () => ({ body: { data } });
			const { error, output } = await run('call', 'dial', {
				connection_id: { __rl: true, mode: 'id', value: '7' },
				from: '+13125550001',
				to: '+13125550002',
			});
			expect(output).toEqual([]);
			expect(error?.description).toContain('The command may have been carried out all the same.');
			expect(error?.message).toBe("Telnyx did not answer with 'call_control_id'");
		},
	);
});

describe('a file', () => {
	const download = async () =>
		await run('recording', 'download', {
			recording_id: { __rl: true, mode: 'id', value: 'recording-1' },
		});

	beforeEach(() => {
		const mp3 = `${new URL(storage.baseUrl).origin}/1.mp3`;
		telnyx.answer = () => ({ body: { data: { id: 'recording-1', download_urls: { mp3 } } } });
	});

	it('that trickles in is broken off', async () => {
		// The first time is that of the recording, the second that of the link, the third that of the file.
		storage.answer = () => ({
			body: dripping('ID3', async () => {
				await until(() => timeouts.length > 2);
				// n8n has begun to read it.
				await new Promise((resolve) => setImmediate(resolve));
				timeouts[2].abort();
			}),
			headers: { 'content-type': 'audio/mpeg' },
		});
		const { error } = await download();
		expect(error?.message).toBe('Only a part of the file arrived');
	});

	it('whose beginning does not come in time is given up', async () => {
		storage.answer = async ({ socket }) => {
			setImmediate(() => timeouts[1].abort());
			await new Promise((resolve) => socket.once('close', resolve));
			return {};
		};
		const { error } = await download();
		expect(error?.message).toBe('Telnyx could not be reached: there was no answer in time');
	});
});

it('a file of 20 MB is uploaded whole', async () => {
	const large = randomBytes(20 * 1024 * 1024);
	const { error } = await runAction({
		credential: credential(),
		parameters: { resource: 'media', operation: 'upload', media: 'song' } as never,
		binary: { song: { data: large.toString('base64'), mimeType: 'audio/mpeg' } },
	});
	expect(error).toBeUndefined();
	expect(telnyx.requests[0].bytes.includes(large)).toBe(true);
});

async function until(condition: () => boolean) {
	while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}
