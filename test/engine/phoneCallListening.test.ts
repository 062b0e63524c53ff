import { firstArrivalOf } from '../../nodes/telnyx/webhooks/arrivals';
import { onTheWay } from '../../nodes/waiting/underway';
import { bodyOf } from '../support/callCommands';
import { eventually, turns } from '../support/eventually';
import { outputsOf as everyOutput, type FlowOptions } from '../support/paused';
import { useRecorder } from '../support/recorder';
import { NODE, useSteps } from '../support/steps';
import { useWakeUps } from '../support/wakeUps';

/** The step *Listen*, in n8n's engine, with the clock that ends what somebody says. */
const { telnyx, begin, outputsOf, commands, sent } = useSteps();

describe('Listen', () => {
	const LISTEN = { operation: 'listen', text: 'How can I help?', pause_secs: 1 };
	const words = (transcript: string, is_final = true) => ({
		transcription_data: { transcript, is_final, confidence: 0.9 },
	});

	describe('and a pause', () => {
		const n8n = useRecorder();
		const { wakeUps, wake: pause, runOut } = useWakeUps(n8n);
		const listen = async (more: object = {}, options: Partial<FlowOptions> = {}) =>
			await begin({ ...LISTEN, ...more }, { origin: n8n.baseUrl, ...options });

		it('ends the words', async () => {
			const one = await listen();
			await sent('speak');
			await one.happen('call.transcription', words('I would like'));
			await one.happen('call.transcription', words('an appointment'));
			const { run } = await pause(one);
			expect(outputsOf(run, NODE)[0]).toMatchObject([
				{ json: { outcome: 'heard', words: 'I would like an appointment', patient: 'Ada' } },
			]);
			await sent('transcription_stop');
		});

		it.each<[string, Array<[string, boolean, string?]>, string]>([
			[
				'were interim only',
				[
					['Yes', false],
					['Yes I would', false],
				],
				'Yes I would',
			],
			[
				'followed the last final ones',
				[
					['I would like', true],
					['an appointment on Monday', false],
				],
				'I would like an appointment on Monday',
			],
			[
				'became final',
				[
					['I would', false],
					['I would like', true],
					['an', false],
					['an appointment', true],
				],
				'I would like an appointment',
			],
			[
				'were followed by nothing',
				[
					['Yes', false],
					['', true],
				],
				'Yes',
			],
			[
				'came after the final ones that replace them',
				[
					['I would like', true, '2026-11-27T12:00:02.000Z'],
					['I would', false, '2026-11-27T12:00:01.000Z'],
				],
				'I would like',
			],
			[
				'came before those that they replace',
				[
					['I would like', false, '2026-11-27T12:00:02.000Z'],
					['I would', false, '2026-11-27T12:00:01.000Z'],
				],
				'I would like',
			],
			[
				'came before final ones that were said earlier',
				[
					['an appointment', false, '2026-11-27T12:00:02.000Z'],
					['I would like', true, '2026-11-27T12:00:01.000Z'],
				],
				'I would like an appointment',
			],
		])('keeps words once that %s', async (_which, results, expected) => {
			const one = await listen();
			await sent('speak');
			for (const [transcript, isFinal, at] of results) {
				const payload = words(transcript, isFinal);
				await one.happen('call.transcription', payload, at ? { occurred_at: at } : {});
			}
			const { run } = await pause(one);
			expect(outputsOf(run, NODE)[0]).toMatchObject([
				{ json: { outcome: 'heard', words: expected } },
			]);
		});

		it('is not waited for once the time is over, and all words are kept', async () => {
			const one = await listen();
			await sent('speak');
			await one.happen('call.transcription', words('I would like', false));
			const { run } = await runOut(one);
			expect(outputsOf(run, NODE)[0]).toMatchObject([
				{ json: { outcome: 'heard', words: 'I would like' } },
			]);
		});

		it('takes no harm from words in another form', async () => {
			const one = await listen();
			await sent('speak');
			for (const transcript of [null, 5, ['Hello'], {}]) {
				await one.happen('call.transcription', words(transcript as never));
			}
			await one.happen('call.transcription', { transcription_data: [] });
			await one.happen('call.transcription', words('Hello'));
			const { run } = await pause(one);
			expect(outputsOf(run, NODE)[0]).toMatchObject([{ json: { words: 'Hello' } }]);
		});

		it('begins when the words came to n8n, not when n8n handed them on', async () => {
			const one = await listen({ pause_secs: 30 });
			await sent('speak');
			const cameAt = Date.now() - 10_000;
			firstArrivalOf('words', cameAt);
			await one.happen('call.transcription', words('I would like'), { id: 'words' });
			const [, at] = await eventually('the pause', () => wakeUps().at(-1));
			expect(at).toBe(cameAt + 30_000);
		});

		it('leaves time for what came meanwhile, even if n8n was so slow that it is over', async () => {
			const one = await listen();
			await sent('speak');
			const handedOnAt = Date.now();
			firstArrivalOf('slow', handedOnAt - 60_000);
			await one.happen('call.transcription', words('I would like'), { id: 'slow' });
			const [, at] = await eventually('the pause', () => wakeUps().at(-1));
			expect(at).toBeGreaterThanOrEqual(handedOnAt + 250);
		});

		it('is not over while more words are on their way to the execution', async () => {
			const one = await listen({}, { executionId: 'more-words' });
			await sent('speak');
			await one.happen('call.transcription', words('I would like'));
			const [name, at, act] = await eventually('the pause', () => wakeUps().at(-1));
			let arrive = () => {};
			const offer = onTheWay(
				'more-words',
				async () => await new Promise<void>((resolve) => (arrive = resolve)),
			);
			act();
			expect(wakeUps().at(-1)).toEqual([name, expect.any(Number), act]);
			arrive();
			await offer;
			await one.happen('call.transcription', words('an appointment'));
			await eventually('the next pause', () => Number(wakeUps().at(-1)?.[1]) > at);
			const { run } = await pause(one);
			expect(outputsOf(run, NODE)[0]).toMatchObject([
				{ json: { words: 'I would like an appointment' } },
			]);
		});

		it('lets the next node begin at once, and its words follow the last command', async () => {
			const one = await listen(
				{},
				{ nodes: { [NODE]: { ...LISTEN }, Reply: { operation: 'say', text: 'Fine' } } },
			);
			await sent('speak');
			await one.happen('call.transcription', words('Good morning'));
			let answerStop = () => {};
			const isAnswered = new Promise<void>((resolve) => (answerStop = resolve));
			telnyx.answer = async ({ url }) => {
				if (url.endsWith('transcription_stop')) await isAnswered;
				return { body: { data: { result: 'ok' } } };
			};
			await pause(one);
			await sent('transcription_stop');
			expect([one.isPaused(), commands('speak').length]).toEqual([true, 1]);
			answerStop();
			expect(bodyOf((await sent('speak', 2))[1])).toMatchObject({ payload: 'Fine' });
		});

		it('ends the transcription also if Telnyx takes that at the second try only', async () => {
			const one = await listen();
			await sent('speak');
			await one.happen('call.transcription', words('Good morning'));
			telnyx.answer = ({ url }) =>
				url.endsWith('transcription_stop') && commands('transcription_stop').length === 1
					? { status: 503, body: {} }
					: { body: { data: { result: 'ok' } } };
			// The execution has gone on.
			n8n.answer = ({ body }) => ({ status: JSON.parse(body).kind === 'question' ? 409 : 200 });
			await pause(one);
			const [first, second] = await sent('transcription_stop', 2);
			expect(bodyOf(second).command_id).toBe(bodyOf(first).command_id);
		});

		it('does not go on if Telnyx refuses the question, whatever is answered first', async () => {
			let take = () => {};
			const isTaken = new Promise<void>((resolve) => (take = resolve));
			telnyx.answer = async ({ url }) => {
				if (url.endsWith('/transcription_start')) await isTaken;
				return url.endsWith('/speak')
					? { status: 422, body: { errors: [{ code: '10015', title: 'Invalid voice' }] } }
					: { body: { data: { result: 'ok' } } };
			};
			const one = await listen({}, { settings: { onError: 'continueRegularOutput' } });
			await sent('speak');
			await sent('transcription_start');
			const refusal = () => n8n.requests.find(({ body }) => JSON.parse(body).kind === 'refused');
			await turns(100);
			expect(refusal()).toBeUndefined();
			take();
			const { body, headers } = await eventually('the execution to be told', refusal);
			const { run } = await one.receive(body, headers as Record<string, string>);
			expect(everyOutput(run, NODE)[1]).toMatchObject([{ json: { error: expect.any(String) } }]);
			await sent('transcription_stop');
		});

		it('stops the question if Telnyx does not take the transcription', async () => {
			telnyx.answer = ({ url }) =>
				url.endsWith('/transcription_start')
					? { status: 422, body: { errors: [{ code: '10015', title: 'Invalid engine' }] } }
					: { body: { data: { result: 'ok' } } };
			const one = await listen({}, { settings: { onError: 'continueRegularOutput' } });
			const { body, headers } = await eventually('the execution to be told', () =>
				n8n.requests.find((request) => JSON.parse(request.body).kind === 'refused'),
			);
			await one.receive(body, headers as Record<string, string>);
			expect(bodyOf((await sent('playback_stop'))[0])).toMatchObject({ stop: 'all' });
		});

		it('without a word is silence, once the question has been heard', async () => {
			const one = await listen();
			const [speak] = await sent('speak');
			expect(wakeUps()).toEqual([]);
			const { client_state } = bodyOf(speak);
			await one.happen('call.speak.ended', { client_state, status: 'completed' });
			const { run } = await pause(one);
			expect(outputsOf(run, NODE)[1]).toMatchObject([{ json: { outcome: 'silence' } }]);
		});

		it('stops no question that has been heard to its end', async () => {
			const one = await listen();
			const [speak] = await sent('speak');
			const { client_state } = bodyOf(speak);
			await one.happen('call.speak.ended', { client_state, status: 'completed' });
			await one.happen('call.transcription', words('Good morning'));
			await eventually('the pause after it', () => wakeUps().length === 2);
			const { run } = await pause(one);
			expect(outputsOf(run, NODE)[0]).toMatchObject([{ json: { words: 'Good morning' } }]);
			expect(telnyx.requests.some(({ url }) => url.endsWith('playback_stop'))).toBe(false);
		});

		it('without a word is silence also where nothing is asked', async () => {
			const one = await listen({ text: '' });
			await sent('transcription_start');
			const { run } = await pause(one);
			expect(outputsOf(run, NODE)[1]).toMatchObject([{ json: { outcome: 'silence' } }]);
		});
	});

	it.each<[object, object]>([
		[{}, { transcription_engine: 'Telnyx' }],
		[{ engine: 'Deepgram' }, { transcription_engine: 'Deepgram' }],
		[
			{ engine: 'Deepgram', spoken_language: 'de' },
			{
				transcription_engine: 'Deepgram',
				transcription_engine_config: {
					transcription_engine: 'deepgram/nova-3',
					transcription_model: 'deepgram/nova-3',
					language: 'de',
				},
			},
		],
		[
			{ engine: 'Deepgram', spoken_language: 'ko' },
			{
				transcription_engine: 'Deepgram',
				transcription_engine_config: {
					transcription_engine: 'deepgram/nova-2',
					transcription_model: 'deepgram/nova-2',
					language: 'ko',
				},
			},
		],
		[
			{ engine: 'Deepgram', deepgram_model: 'deepgram/nova-2' },
			{
				transcription_engine: 'Deepgram',
				transcription_engine_config: {
					transcription_engine: 'deepgram/nova-2',
					transcription_model: 'deepgram/nova-2',
				},
			},
		],
		[
			{ engine: 'Azure', azure_region: 'westeurope', azure_key: 'my_key' },
			{
				transcription_engine: 'Azure',
				transcription_engine_config: {
					transcription_engine: 'Azure',
					region: 'westeurope',
					api_key_ref: 'my_key',
				},
			},
		],
		[
			{ engine: 'xAI', spoken_language: 'fr' },
			{
				transcription_engine: 'xAI',
				transcription_engine_config: { transcription_engine: 'xAI', language: 'fr' },
			},
		],
	])('sends the engine with what it needs: %j', async (set, body) => {
		await begin({ ...LISTEN, options: set });
		const [{ command_id, client_state, ...start }] = (await sent('transcription_start')).map(
			bodyOf,
		);
		expect([typeof command_id, typeof client_state]).toEqual(['string', 'string']);
		expect(start).toEqual(body);
	});

	it.each([
		['the hangup', 'call.hangup', 'hung_up'],
		['a key', 'call.dtmf.received', 'key'],
	])('keeps words that are not final yet at %s', async (_which, type, outcome) => {
		const { happen } = await begin({ ...LISTEN, stop_on_key: true });
		await sent('speak');
		await happen('call.transcription', words('I would like'));
		await happen('call.transcription', words('an appointment', false));
		const { run } = await happen(type, { digit: '#' });
		expect(outputsOf(run, NODE).flat()).toMatchObject([
			{ json: { outcome, words: 'I would like an appointment' } },
		]);
	});

	it('says nothing of words where the call ends before there are any', async () => {
		const { happen } = await begin(LISTEN);
		await sent('speak');
		const { run } = await happen('call.hangup', { hangup_cause: 'normal_clearing' });
		const [item] = outputsOf(run, NODE)[2];
		expect(item.json).toMatchObject({ outcome: 'hung_up', hangup_cause: 'normal_clearing' });
		expect(item.json).not.toHaveProperty('words');
	});

	it('collects the words, stops the question, and ends with the key', async () => {
		const { happen } = await begin({ ...LISTEN, stop_on_key: true });
		await sent('transcription_start');
		await sent('speak');
		await happen('call.transcription', words('I would', false));
		await sent('playback_stop');
		await happen('call.transcription', words('I would like'));
		await happen('call.transcription', words('an appointment'));
		const { run } = await happen('call.dtmf.received', { digit: '#' });
		expect(outputsOf(run, NODE)[1]).toMatchObject([
			{ json: { outcome: 'key', key: '#', words: 'I would like an appointment' } },
		]);
		await sent('transcription_stop');
	});
});
