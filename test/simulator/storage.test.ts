import { toFile } from 'telnyx';

import { expectDeclared, refusal, startHarness, type Harness } from './harness';

let harness: Harness;

beforeEach(async () => (harness = await startHarness()));
afterEach(async () => await harness.close());
afterEach(() => expectDeclared(harness.received()));

describe('queues', () => {
	it('list the calls that wait in them, the longest first', async () => {
		const { queues } = harness.client;
		await queues.create({ queue_name: 'support', max_size: 10 });
		const first = await harness.answeredCall();
		const second = await harness.answeredCall();
		await harness.client.calls.actions.enqueue(first, { queue_name: 'support' });
		await harness.pass(5000);
		await harness.client.calls.actions.enqueue(second, { queue_name: 'support' });

		expect((await queues.retrieve('support')).data).toMatchObject({
			current_size: 2,
			max_size: 10,
		});
		expect((await queues.calls.list('support')).data).toMatchObject([
			{ call_control_id: first, queue_position: 1, wait_time_secs: 5 },
			{ call_control_id: second, queue_position: 2, wait_time_secs: 0 },
		]);
		await harness.news();

		await queues.calls.remove(first, { queue_name: 'support' });
		expect(await harness.news()).toEqual(['call.dequeued']);
		expect(await refusal(queues.calls.retrieve(first, { queue_name: 'support' }))).toMatchObject({
			status: 404,
		});
	});

	it('are created with the first call that waits in them, and can be changed and deleted', async () => {
		const { queues } = harness.client;
		const call = await harness.answeredCall();
		await harness.client.calls.actions.enqueue(call, { queue_name: 'sales' });
		await queues.update('sales', { max_size: 5 });
		expect((await queues.list()).data).toMatchObject([{ name: 'sales', max_size: 5 }]);

		await queues.delete('sales');
		expect((await queues.list()).data).toEqual([]);
		expect(await refusal(queues.retrieve('sales'))).toMatchObject({ status: 404 });
	});
});

describe('recordings', () => {
	/** A call of which two seconds were recorded. */
	async function recorded() {
		const call = await harness.answeredCall();
		await harness.client.calls.actions.startRecording(call, {
			channels: 'single',
			format: 'mp3',
			transcription: true,
		});
		harness.simulator.say(call, 'I would like to order');
		await harness.pass(2000);
		await harness.client.calls.actions.stopRecording(call, {});
		await harness.pass(5000);
		return call;
	}

	it('are listed, found by their call, and fetched by a link without the API key', async () => {
		const { recordings } = harness.client;
		const call = await recorded();
		await recorded();

		expect((await recordings.list()).data).toHaveLength(2);
		const { data } = await recordings.list({ filter: { call_control_id: call } });
		expect(data).toMatchObject([{ call_control_id: call, duration_millis: 2000 }]);
		const [{ id, download_urls }] = data ?? [];
		expect((await recordings.retrieve(String(id))).data).toEqual(data?.[0]);
		const file = await fetch(String(download_urls?.mp3));
		expect(file.headers.get('content-type')).toBe('audio/mpeg');
		expect((await file.arrayBuffer()).byteLength).toBeGreaterThan(1000);
	});

	it('are deleted individually or together', async () => {
		const { recordings } = harness.client;
		await recorded();
		await recorded();
		await recorded();
		const ids = ((await recordings.list()).data ?? []).map(({ id }) => String(id));

		await recordings.delete(ids[0]);
		expect((await recordings.list()).data).toHaveLength(2);
		await recordings.actions.delete({ ids: ids.slice(1) });
		expect((await recordings.list()).data).toEqual([]);
		expect(await refusal(recordings.retrieve(ids[0]))).toMatchObject({ status: 404 });
	});

	it('have transcriptions', async () => {
		await recorded();
		const { recordingTranscriptions } = harness.client;
		const { data } = await recordingTranscriptions.list();
		expect(data).toMatchObject([{ transcription_text: 'I would like to order' }]);
		const id = String(data?.[0].id);
		expect((await recordingTranscriptions.retrieve(id)).data).toEqual(data?.[0]);
		await recordingTranscriptions.delete(id);
		expect((await recordingTranscriptions.list()).data).toEqual([]);
	});
});

describe('media', () => {
	it('keeps a file that is uploaded, byte for byte', async () => {
		const { media } = harness.client;
		// Every byte there is: none may be taken for a letter.
		const content = Buffer.from(Array.from({ length: 1024 }, (_, index) => index % 256));
		const form = { media: await toFile(content, 'a.mp3', { type: 'audio/mpeg' }) };
		await media.upload({ ...form, media_name: 'greeting' } as never);

		const { data } = await media.retrieve('greeting');
		expect(data).toMatchObject({ media_name: 'greeting', content_type: 'audio/mpeg' });
		const downloaded = await media.download('greeting');
		expect(Buffer.from(await downloaded.arrayBuffer())).toEqual(content);
	});

	it('may have 20 MB, and no more', async () => {
		const { media } = harness.client;
		const largest = 20 * 1024 * 1024;
		const upload = async (bytes: number) => {
			const file = await toFile(Buffer.alloc(bytes), 'a.mp3', { type: 'audio/mpeg' });
			return await media.upload({ media: file, media_name: 'long' } as never);
		};
		expect(await upload(largest)).toMatchObject({ data: { media_name: 'long' } });
		expect(await refusal(upload(largest + 1))).toMatchObject({ status: 422, codes: ['10033'] });
	});

	it('is listed, changed and deleted', async () => {
		const { media } = harness.client;
		await media.upload({ media_url: 'https://example.com/a.mp3', media_name: 'menu' });
		await media.update('menu', { ttl_secs: 60 });
		expect((await media.list()).data).toMatchObject([{ media_name: 'menu' }]);
		await media.delete('menu');
		expect((await media.list()).data).toEqual([]);
		expect(await refusal(media.download('menu'))).toMatchObject({ status: 404 });
	});
});

describe('connections', () => {
	it('list the active calls', async () => {
		const call = await harness.answeredCall();
		const { connections } = harness.client;
		const active = await connections.listActiveCalls(harness.application);
		expect(active.data).toMatchObject([{ call_control_id: call }]);
		harness.simulator.hangup(call);
		expect((await connections.listActiveCalls(harness.application)).data).toEqual([]);
	});
});
