import { randomUUID } from 'node:crypto';

import { applicationName, makeApplication } from '../account';
import type { Reply } from '../api';
import { outcomeOf, VOICE, verdictOf, type Live } from '../live';
import type { Observation, Seen } from '../observation';

/** Something that Telnyx refuses with a status and a code, such as `422 90018`. */
const refusal = (
	name: string,
	expected: string,
	ask: (live: Live) => Promise<Reply>,
): Observation => ({
	name: `Refused: ${name}`,
	assumed: `It is refused with HTTP ${expected.replace(' ', ' and code ')}.`,
	where: 'test/simulator/refusals.ts',
	how: 'It is asked for, and the status and the codes of the answer are read.',
	expected,
	observe: async (live) => verdictOf(await ask(live)),
});

const speech = { payload: 'Hello.', voice: VOICE };

/** A command for a call that goes on. */
const toStanding =
	(action: string, body: object = {}) =>
	async (live: Live) =>
		await live.tryCommand((await live.standing()).called, action, body);

const withoutCall: Observation[] = [
	refusal(
		'a wrong API key',
		'401 10009',
		async (live) =>
			await live.request({ method: 'GET', path: '/balance', apiKey: `KEY${'0'.repeat(20)}` }),
	),
	refusal(
		'an address that does not exist',
		'404 10005',
		async (live) => await live.request({ method: 'GET', path: '/nothing_of_the_kind' }),
	),
	refusal(
		'half of a JSON text',
		'400 10023',
		async (live) => await live.request({ method: 'POST', path: '/calls', body: '{"to":' }),
	),
	refusal(
		'a call that never was',
		'422 90015',
		async (live) => await live.request({ method: 'GET', path: '/calls/v3:none' }),
	),
	refusal(
		'a conference that never was',
		'404 90058',
		async (live) => await live.request({ method: 'GET', path: `/conferences/${randomUUID()}` }),
	),
	refusal(
		'a recording that never was',
		'404 10005',
		async (live) => await live.request({ method: 'GET', path: `/recordings/${randomUUID()}` }),
	),
	refusal(
		'a SIPREC connector that never was',
		'404 10005',
		async (live) =>
			await live.request({ method: 'GET', path: `/siprec_connectors/${live.uniqueName('none')}` }),
	),
	refusal(
		'a dial without a number',
		'422 10004',
		async (live) => await live.tryDial(live.first, { to: undefined }),
	),
	refusal(
		'a dial to a number without its country code',
		'422 10016',
		async (live) => await live.tryDial(live.first, { to: '5550100' }),
	),
	refusal(
		'a dial by an application that does not exist',
		'422 10015',
		async (live) => await live.tryDial(live.first, { connection_id: '1' }),
	),
	refusal(
		'a dial with an address for an event that does not exist',
		'422 90057',
		async (live) =>
			await live.tryDial(live.first, {
				webhook_urls: { 'call.sneezed': [live.receiver.addressOf('unused')] },
			}),
	),
	{
		name: 'Refused: a dial by an application without an outbound voice profile',
		assumed:
			'It is refused with 403 and 10010, and D38 is in `telnyx_error` and at the end of the text.',
		where: 'docs/delivery.md#what-a-failed-command-says',
		how: 'An application without a profile dials.',
		expected: { reply: '403 10010', errorCode: 'D38', isInText: true },
		async observe(live) {
			const connection_id = await makeApplication({
				api: live.request,
				cleanUp: live.cleanUp,
				name: applicationName('without a profile'),
				url: live.receiver.addressOf('unused'),
			});
			const reply = await live.tryDial(live.first, { connection_id });
			return {
				reply: verdictOf(reply),
				errorCode: reply.body.telnyx_error?.error_code,
				isInText: / D38$/.test(reply.body.errors?.[0]?.detail ?? ''),
			};
		},
	},
	{
		name: 'The body of a refusal',
		assumed:
			'`errors` has entries with a text as `code`, `title`, `detail`, `source.pointer` and `meta.url`.',
		where: 'nodes/telnyx/http/refusalBody.ts',
		how: 'A call that never was is asked for.',
		expected: {
			code: 'string',
			title: 'string',
			detail: 'string',
			source: '/call_control_id',
			url: 'string',
		},
		async observe(live) {
			const { body } = await live.request({ method: 'GET', path: '/calls/v3:none' });
			const { code, detail, meta, source, title } = body.errors[0];
			return {
				code: typeof code,
				title: typeof title,
				detail: typeof detail,
				source: source?.pointer,
				url: typeof meta?.url,
			};
		},
	},
];

const duringCall: Observation[] = [
	refusal(
		'a client state that is not Base64',
		'422 90017',
		toStanding('speak', { ...speech, client_state: '!' }),
	),
	refusal('speech without words', '422 10004', toStanding('speak', { voice: VOICE })),
	refusal('a key that does not exist', '422 90014', toStanding('send_dtmf', { digits: 'x' })),
	refusal(
		'a key that is held for two seconds',
		'422 90027',
		toStanding('send_dtmf', { digits: '1', duration_millis: 2000 }),
	),
	refusal('the end of a stream that was not forked', '422 90031', toStanding('fork_stop', {})),
	refusal('leaving a queue from outside', '422 90035', toStanding('leave_queue')),
	refusal('answering a call that is answered', '422 10015', toStanding('answer')),
	refusal(
		'answering a call that goes out',
		'422 90102',
		async (live) => await live.tryCommand((await live.standing()).caller, 'answer'),
	),
	{
		name: 'Refused: transcribing and waiting for silence at the same time',
		assumed:
			'A second transcription is refused with 90054, a recording that waits for silence during a transcription with 90053, and the end of a transcription during such a recording with 90055.',
		where: 'test/simulator/refusals.ts',
		how: 'A transcription is started twice, then a recording with `timeout_secs`; in another call first the recording, then the transcription, which is stopped.',
		expected: { twice: '422 90054', recording: '422 90053', stop: '422 90055' },
		async observe(live) {
			const recording = { channels: 'single', format: 'mp3', timeout_secs: 60 };
			const { called } = await live.connect();
			await live.command(called, 'transcription_start');
			const twice = await live.tryCommand(called, 'transcription_start');
			const second = await live.tryCommand(called, 'record_start', recording);
			const other = await live.connect();
			await live.command(other.called, 'record_start', recording);
			await live.tryCommand(other.called, 'transcription_start');
			const stop = await live.tryCommand(other.called, 'transcription_stop');
			return {
				twice: verdictOf(twice),
				recording: verdictOf(second),
				stop: verdictOf(stop),
			};
		},
	},
	{
		name: 'Refused: commands before the answer and after the end',
		assumed:
			'A call that nobody has answered refuses to speak with 90034, one that has ended with 90018, also a second hangup.',
		where: 'docs/delivery.md#many-items',
		how: 'A call is spoken to while it rings and after it was hung up, and is hung up again.',
		expected: { before: '422 90034', after: '422 90018', hangup: '422 90018' },
		async observe(live): Promise<Seen> {
			const { called, caller } = await live.ring();
			const before = await live.tryCommand(called, 'speak', speech);
			await live.pickUp({ called, caller });
			await live.command(called, 'hangup');
			await live.event({ type: 'call.hangup', leg: called });
			const after = await live.tryCommand(called, 'speak', speech);
			const hangup = await live.tryCommand(called, 'hangup');
			return {
				before: verdictOf(before),
				after: verdictOf(after),
				hangup: verdictOf(hangup),
			};
		},
	},
];

const gathering = { payload: 'Press one.', voice: VOICE };

/** Values that only Telnyx's list of error codes rules out. */
const limits: Observation[] = [
	refusal(
		'a terminating key that is a letter',
		'422 90007',
		toStanding('gather', { terminating_digit: 'A' }),
	),
	refusal('a letter as a valid key', '422 90008', toStanding('gather', { valid_digits: '12A' })),
	refusal(
		'a file that is played no time at all',
		'422 90009',
		toStanding('playback_start', { media_name: 'none', loop: 0 }),
	),
	refusal(
		'more digits than a gather can ask for at least',
		'422 90022',
		toStanding('gather', { minimum_digits: 129 }),
	),
	refusal(
		'more digits than a gather can take',
		'422 90023',
		toStanding('gather', { maximum_digits: 129 }),
	),
	refusal(
		'more tries than a gather has',
		'422 90024',
		toStanding('gather_using_speak', { ...gathering, maximum_tries: 129 }),
	),
	refusal(
		'a longer time between digits than two minutes',
		'422 90026',
		toStanding('gather', { inter_digit_timeout_millis: 120_001 }),
	),
];

/** Values that only Telnyx's documentation knows. */
const accepted: Observation[] = [
	{
		name: 'Accepted: a detection of call screening',
		assumed: '`premium_ios_call_screening_detection` with `prompt_end_timeout_millis` is accepted.',
		where: 'test/contract/facts.ts',
		how: 'A call is dialed with it.',
		expected: '200',
		observe: async (live) =>
			verdictOf(
				await live.tryDial(live.first, {
					answering_machine_detection: 'premium_ios_call_screening_detection',
					answering_machine_detection_config: { prompt_end_timeout_millis: 30_000 },
				}),
			),
	},
	{
		name: 'Accepted: causes of a rejection',
		assumed: '`NOT_FOUND` and `TEMPORARILY_UNAVAILABLE` are accepted.',
		where: 'test/contract/facts.ts',
		how: 'A call is rejected with each.',
		expected: ['200', '200'],
		async observe(live) {
			const replies: string[] = [];
			for (const cause of ['NOT_FOUND', 'TEMPORARILY_UNAVAILABLE']) {
				const { called } = await live.ring();
				replies.push(verdictOf(await live.tryCommand(called, 'reject', { cause })));
			}
			return replies;
		},
	},
	{
		name: 'AMR-WB as a preferred codec',
		assumed: 'Transfer takes it; answer and dial, whose reference does not list it, refuse it.',
		where: 'test/contract/facts.ts',
		how: 'A call is answered, transferred and dialed with it.',
		expected: { answer: 'refused', transfer: 'accepted', dial: 'refused' },
		async observe(live) {
			const preferred_codecs = 'AMR-WB,PCMU';
			const outcome = (command: string, reply: Reply) => {
				live.figures[`answer to ${command}`] = verdictOf(reply);
				return outcomeOf(reply);
			};
			const pair = await live.ring();
			const answer = outcome(
				'answer',
				await live.tryCommand(pair.called, 'answer', { preferred_codecs }),
			);
			if (answer === 'accepted') await live.event({ type: 'call.answered', leg: pair.caller });
			else await live.pickUp(pair);
			const transfer = outcome(
				'transfer',
				await live.tryTransfer(pair.called, { preferred_codecs }),
			);
			if (transfer === 'accepted') await live.comesIn(live.first);
			const dial = outcome('dial', await live.tryDial(live.first, { preferred_codecs }));
			return { answer, transfer, dial };
		},
	},
	{
		name: 'A long SIP INFO message',
		assumed: 'A body of 1,400 bytes is accepted, a longer one is refused.',
		where: 'test/contract/facts.ts',
		how: 'Both are sent in a call.',
		expected: { longest: 'accepted', longer: 'refused' },
		async observe(live) {
			const { called } = await live.standing();
			const send = async (bytes: number) => {
				const body = { content_type: 'text/plain', body: 'x'.repeat(bytes) };
				const reply = await live.tryCommand(called, 'send_sip_info', body);
				live.figures[`answer to ${bytes} bytes`] = verdictOf(reply);
				return outcomeOf(reply);
			};
			return { longest: await send(1400), longer: await send(1401) };
		},
	},
];

/** Refusals and what they look like, and what is not refused. */
export const refusals: Observation[] = [...withoutCall, ...duringCall, ...limits, ...accepted];
