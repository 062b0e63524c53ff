import { randomBytes } from 'node:crypto';

import { credentialFor } from '../support/credential';
import { runActionAt, type RunOptions } from '../support/engine';
import { useRecorder, type Recorded } from '../support/recorder';
import { skipWaits } from '../support/skipWaits';

/** Bytes of every kind that something could mistake for text or for an end. */
const CONTENT = Buffer.concat([Buffer.from('\r\n--\0\xff\xfe', 'latin1'), randomBytes(300_000)]);

const telnyx = useRecorder();
/** Where Telnyx keeps recordings: another host, which must not see the API key. */
const storage = useRecorder();
skipWaits();

const run = async (operation: string, fields: object, more: Partial<RunOptions> = {}) =>
	await runActionAt(
		telnyx,
		{ resource: 'media', operation, ...fields },
		{ credential: credentialFor(telnyx, { apiKey: 'KEY0123' }), ...more },
	);

const binary = (fileName?: string) => ({
	song: { data: CONTENT.toString('base64'), mimeType: 'audio/mpeg', fileName },
});

/** A file that must not be downloaded unless the user wants it. */
const endless = () =>
	new ReadableStream({
		pull(stream) {
			stream.enqueue(new Uint8Array(CONTENT));
		},
	});

/** The parts of a form, read by Node's own parser. */
const formIn = async ({ bytes, headers }: Recorded) =>
	await new Response(new Uint8Array(bytes), {
		headers: { 'content-type': String(headers['content-type']) },
	}).formData();

const bytesOf = (item: { binary?: Record<string, { data: string }> }, field = 'data') =>
	Buffer.from(String(item.binary?.[field].data), 'base64');

describe('uploading', () => {
	const STORED = {
		media_name: 'welcome',
		content_type: 'audio/mpeg',
		expires_at: '2026-12-01T00:00:00Z',
	};

	it('sends the file of the item as a form, with the other fields beside it', async () => {
		telnyx.answer = () => ({ status: 201, body: { data: STORED } });
		const { output, error } = await run(
			'upload',
			{ media: 'song', media_name: 'welcome', options: { ttl_secs: 3600 } },
			{ binary: binary('grüße "1".mp3') },
		);

		expect(error).toBeUndefined();
		const [sent] = telnyx.requests;
		expect([sent.method, sent.url]).toEqual(['POST', '/v2/media']);
		expect(sent.headers.authorization).toBe('Bearer KEY0123');
		const form = await formIn(sent);
		expect([...form.keys()].sort()).toEqual(['media', 'media_name', 'ttl_secs']);
		expect([form.get('media_name'), form.get('ttl_secs')]).toEqual(['welcome', '3600']);
		const file = form.get('media') as File;
		expect([file.name, file.type]).toEqual(['grüße "1".mp3', 'audio/mpeg']);
		expect(Buffer.from(await file.arrayBuffer()).equals(CONTENT)).toBe(true);
		expect(output).toEqual([{ json: STORED, pairedItem: { item: 0 } }]);
	});

	it('says that a file is empty, and sends nothing', async () => {
		const { error } = await run(
			'upload',
			{ media: 'song' },
			{ binary: { song: { data: '', mimeType: 'audio/mpeg' } } },
		);
		expect(error?.message).toContain("The file in 'song' is empty");
		expect(telnyx.requests).toHaveLength(0);
	});

	it('says that a file is larger than Telnyx takes, and sends nothing', async () => {
		const content = Buffer.alloc(20 * 1024 * 1024 + 1);
		const { error } = await run(
			'upload',
			{ media: 'song' },
			{ binary: { song: { data: content.toString('base64'), mimeType: 'audio/mpeg' } } },
		);
		expect(error?.message).toContain(
			"The file in 'song' is 20.1 MB, but Telnyx takes 20 MB at most",
		);
		expect(telnyx.requests).toHaveLength(0);
	});

	it('does not read a file whose size n8n knows to be too large', async () => {
		const { error } = await run(
			'upload',
			{ media: 'song' },
			{
				binary: {
					song: {
						id: 'filesystem-v2:1',
						data: 'filesystem-v2',
						bytes: 25 * 1024 * 1024,
						mimeType: 'audio/mpeg',
					},
				},
			},
		);
		expect(error?.message).toContain("The file in 'song' is 25.0 MB");
		expect(telnyx.requests).toHaveLength(0);
	});

	it('gives a file a name that has none', async () => {
		await run('upload', { media: 'song' }, { binary: binary() });
		const form = await formIn(telnyx.requests[0]);
		expect([...form.keys()]).toEqual(['media']);
		expect((form.get('media') as File).name).toBe('file');
	});

	it('says which binary field is missing, and sends nothing', async () => {
		const { error } = await run('upload', { media: 'picture' }, { binary: binary() });
		expect(`${error?.message} ${error?.description}`).toContain('picture');
		expect(telnyx.requests).toHaveLength(0);
	});

	it('asks for the binary field in plain words when it is not named', async () => {
		const { error } = await run('upload', { media: '={{ "" }}' }, { binary: binary() });
		expect(error?.message).toContain("'Input Data Field Name' is empty");
		expect(telnyx.requests).toHaveLength(0);
	});

	it("says in the form's terms why Telnyx refuses the file", async () => {
		telnyx.answer = () => ({
			status: 422,
			body: {
				errors: [
					{
						code: '10015',
						title: 'Bad Request',
						detail: 'The file is too large',
						source: { pointer: '/media' },
					},
				],
			},
		});
		const { error } = await run('upload', { media: 'song' }, { binary: binary() });
		expect(error?.description).toContain('The file is too large');
		expect(error?.description).toContain("field 'Input Data Field Name'");
	});

	it('from a URL sends JSON', async () => {
		await run('uploadFromUrl', { media_url: 'https://example.com/a.mp3' });
		const [{ headers, body }] = telnyx.requests;
		expect(headers['content-type']).toBe('application/json');
		expect(body).toBe('{"media_url":"https://example.com/a.mp3"}');
	});
});

describe('downloading', () => {
	const media_name = { __rl: true, mode: 'id', value: 'wel/come' };

	it('puts the same bytes into the chosen binary field', async () => {
		telnyx.answer = () => ({
			body: CONTENT,
			headers: {
				'content-type': 'audio/mpeg; charset=binary',
				'content-disposition': 'attachment; filename="welcome.mp3"',
			},
		});
		const { output, error } = await run('download', { media_name, binaryPropertyName: 'song' });

		expect(error).toBeUndefined();
		const [sent] = telnyx.requests;
		expect([sent.method, sent.url]).toEqual(['GET', '/v2/media/wel%2Fcome/download']);
		expect(sent.headers.authorization).toBe('Bearer KEY0123');
		const [item] = output;
		expect(item.json).toEqual({ media_name: 'wel/come' });
		expect(item.pairedItem).toEqual({ item: 0 });
		expect(item.binary?.song).toMatchObject({ fileName: 'welcome.mp3', mimeType: 'audio/mpeg' });
		expect(bytesOf(item as never, 'song').equals(CONTENT)).toBe(true);
	});

	it('takes the name of the media where Telnyx says no file name', async () => {
		telnyx.answer = () => ({ body: CONTENT, headers: { 'content-type': 'audio/wav' } });
		const { output } = await run('download', { media_name: 'welcome' });
		expect(output[0].binary?.data).toMatchObject({
			fileName: 'welcome.wav',
			fileExtension: 'wav',
			mimeType: 'audio/wav',
		});
	});

	it('passes on what Telnyx says when there is no such media', async () => {
		telnyx.answer = () => ({
			status: 404,
			body: {
				errors: [{ code: '10005', title: 'Resource not found', detail: 'No media of this name' }],
			},
		});
		const { error, output } = await run('download', { media_name });
		expect(error?.message).toBe('Telnyx does not know what this refers to');
		expect(error?.description).toContain('Resource not found: No media of this name');
		expect(output).toEqual([]);
	});

	it('does not mistake a web page for the file', async () => {
		telnyx.answer = () => ({
			body: '<html>Sign in</html>',
			headers: { 'content-type': 'text/html; charset=utf-8' },
		});
		const { error, output } = await run('download', { media_name });
		expect(error?.message).toBe('The file could not be downloaded');
		expect(error?.description).toContain('The reply was a web page.');
		expect(output).toEqual([]);
	});

	it('does not mistake an error page for the file', async () => {
		telnyx.answer = () => ({
			status: 502,
			body: '<h1>Bad Gateway</h1>',
			headers: { 'content-type': 'text/html' },
		});
		const { error } = await run('download', { media_name });
		expect(error?.message).toBe('Telnyx has a fault or is overloaded');
	});

	it('says what is known when the connection breaks off within the explanation of a refusal', async () => {
		telnyx.answer = () => ({
			status: 404,
			body: new Blob(['{"errors":[']).stream(),
			headers: { 'content-type': 'application/json', 'content-length': '1000' },
		});
		const { error } = await run('download', { media_name });
		expect(error?.httpCode).toBe('404');
		expect(error?.description).toContain('Telnyx gave no reason (HTTP 404)');
	});

	it.each([200, 204])(
		'does not mistake an answer without content (%i) for the file',
		async (status) => {
			telnyx.answer = () => ({ status, body: '', headers: { 'content-type': 'audio/mpeg' } });
			const { error, output } = await run('download', { media_name });
			expect(error?.message).toBe('The file is empty');
			expect(output).toEqual([]);
		},
	);

	it('does not mistake half a file for the whole', async () => {
		telnyx.answer = () => ({
			body: new Blob([CONTENT.subarray(0, 1000)]).stream(),
			headers: { 'content-type': 'audio/mpeg', 'content-length': String(CONTENT.length) },
		});
		const { error, output } = await run('download', { media_name });
		expect(error?.message).toBe('Only a part of the file arrived');
		expect(error?.description).toContain('Run the node again');
		expect(output).toEqual([]);
	});
});

describe('downloading a recording', () => {
	const RECORDING = { id: 'recording-1', duration_millis: 60_000 };
	const link = (path: string) => `${new URL(storage.baseUrl).origin}${path}`;
	const downloadRecording = async (fields: object = {}) =>
		await run('download', {
			resource: 'recording',
			recording_id: { __rl: true, mode: 'id', value: RECORDING.id },
			...fields,
		});

	beforeEach(() => {
		telnyx.answer = () => ({
			body: {
				data: {
					...RECORDING,
					download_urls: { mp3: link('/1.mp3?signature=a%2Fb%3D'), wav: link('/1.wav') },
				},
			},
		});
		storage.answer = () => ({ body: CONTENT, headers: { 'content-type': 'audio/mpeg' } });
	});

	it('fetches the link at once, as it is, without the API key', async () => {
		const { output, error } = await downloadRecording();

		expect(error).toBeUndefined();
		expect(telnyx.requests.map(({ url }) => url)).toEqual(['/v2/recordings/recording-1']);
		expect(telnyx.requests[0].headers.authorization).toBe('Bearer KEY0123');
		expect(storage.requests.map(({ url }) => url)).toEqual(['/1.mp3?signature=a%2Fb%3D']);
		expect(JSON.stringify(storage.requests[0].headers)).not.toMatch(/authorization|KEY0123/i);
		expect(bytesOf(output[0] as never).equals(CONTENT)).toBe(true);
		expect(output[0].json).toMatchObject(RECORDING);
		expect(output[0].binary?.data).toMatchObject({
			fileName: 'recording-1.mp3',
			fileExtension: 'mp3',
			mimeType: 'audio/mpeg',
		});
	});

	it('names the file by when the call was recorded, in the time zone of the workflow', async () => {
		const recorded = { ...RECORDING, recording_started_at: '2026-11-26T21:54:03Z' };
		telnyx.answer = () => ({
			body: { data: { ...recorded, download_urls: { mp3: link('/1.mp3') } } },
		});
		const { output } = await downloadRecording();
		expect(output[0].binary?.data.fileName).toMatch(/^call-2026-11-2[67]-\d{4}\.mp3$/);
	});

	it('fetches the format that was chosen', async () => {
		await downloadRecording({ format: 'wav' });
		expect(storage.requests.map(({ url }) => url)).toEqual(['/1.wav']);
	});

	it('says which formats there are when the chosen one is missing', async () => {
		telnyx.answer = () => ({
			body: { data: { ...RECORDING, download_urls: { mp3: link('/1.mp3') } } },
		});
		const { error } = await downloadRecording({ format: 'wav' });
		expect(error?.message).toBe('There is no WAV file');
		expect(error?.description).toContain('mp3');
		expect(storage.requests).toHaveLength(0);
	});

	it.each([
		['is not there yet', { mp3: 'link', wav: null }, 'Choose another format: mp3.'],
		['has an empty link', { mp3: 'link', wav: '' }, 'Choose another format: mp3.'],
		['and the other are not there yet', { mp3: null, wav: null }, 'Wait for the event'],
		['is in no list', 'none', 'Wait for the event'],
	])(
		'offers only formats that there are, where the chosen one %s',
		async (_what, download_urls, says) => {
			telnyx.answer = () => ({ body: { data: { ...RECORDING, download_urls } } });
			const { error } = await downloadRecording({ format: 'wav' });
			expect(error?.message).toBe('There is no WAV file');
			expect(error?.description).toContain(says);
		},
	);

	it.each([404, 503])('closes the connection of a refused file (%i)', async (status) => {
		const closed: Array<Promise<unknown>> = [];
		storage.answer = ({ socket }) => {
			closed.push(new Promise((resolve) => socket.once('close', resolve)));
			return { status, body: endless() };
		};
		const { error } = await downloadRecording({ request_options: { attempts: 2 } });
		expect(error?.message).toBe('The file could not be downloaded');
		expect(closed).toHaveLength(status === 503 ? 2 : 1);
		await Promise.all(closed);
	});

	it('says in plain words that a link is not a web address', async () => {
		telnyx.answer = () => ({
			body: { data: { ...RECORDING, download_urls: { mp3: 'not yet?signature=1' } } },
		});
		const { error } = await downloadRecording();
		expect(error?.message).toBe('The file could not be downloaded');
		expect(error?.description).toContain('The link that Telnyx gave is not a web address');
		expect(JSON.stringify(error)).not.toContain('signature');
	});

	it.each([
		['gs://mine/1.mp3', 'Google Cloud Storage'],
		['s3://mine/1.mp3', 'Amazon S3'],
	])(
		"in the customer's own storage (%s): names the storage, and promises no new link",
		async (mp3, storage_name) => {
			telnyx.answer = () => ({ body: { data: { ...RECORDING, download_urls: { mp3 } } } });
			const { error } = await downloadRecording();
			expect(error?.description).toContain(storage_name);
			expect(error?.description).not.toContain('link');
		},
	);

	it('says what to do when the storage refuses the link, without the link', async () => {
		storage.answer = () => ({ status: 403, body: '<Error><Code>AccessDenied</Code></Error>' });
		const { error } = await downloadRecording();
		expect(error?.message).toBe('The file could not be downloaded');
		expect(error?.description).toContain('HTTP 403');
		expect(error?.description).not.toContain('new link');
		expect(JSON.stringify(error)).not.toContain('signature');
	});
});
