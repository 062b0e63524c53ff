import { base64, verdictOf, type Leg, type Live } from '../live';
import type { Observation } from '../observation';

/** How a leg's end is reported. */
async function endOf(live: Live, leg: Leg) {
	const { payload } = await live.event({ type: 'call.hangup', leg, timeoutMs: 60_000 });
	const { hangup_cause, hangup_source } = payload;
	return `${hangup_cause}, ${hangup_source}`;
}

async function endsOf(live: Live, { called, caller }: { called: Leg; caller: Leg }) {
	return { caller: await endOf(live, caller), called: await endOf(live, called) };
}

const ENDING = {
	where: 'test/simulator/calls.ts',
	how: 'It is done, and `hangup_cause` and `hangup_source` of both legs are read.',
};

/** How long Telnyx knows a command ID, and how long it does not any more. */
const KNOWN_MS = 50_000;
const FORGOTTEN_MS = 15_000;

/** Beginnings, ends, client states and repeated commands. */
export const calls: Observation[] = [
	{
		name: 'The events of a call from its beginning to its end',
		assumed: 'Events of a call arrive in the order in which things happen.',
		where: 'test/simulator/webhooks.ts',
		how: 'A call is answered, something is said, and it is hung up.',
		expected: {
			caller: ['call.initiated', 'call.answered', 'call.hangup'],
			called: [
				'call.initiated',
				'call.answered',
				'call.speak.started',
				'call.speak.ended',
				'call.hangup',
			],
		},
		async observe(live) {
			const { caller, called } = await live.connect();
			await live.speak(called, 'Hello.');
			await live.event({ type: 'call.speak.ended', leg: called });
			await live.command(called, 'hangup');
			await live.event({ type: 'call.hangup', leg: called });
			await live.event({ type: 'call.hangup', leg: caller });
			return { caller: live.typesOf(caller), called: live.typesOf(called) };
		},
	},
	{
		name: 'When events arrive beside the answer to their command',
		assumed:
			'The first event of a command arrives from 20 ms before its answer to 400 ms after it.',
		where: 'docs/waiting.md#bursts',
		how: 'Commands are sent one after the other, and the time from the answer to the arrival of the event is measured.',
		expected: { areWithin: true },
		async observe(live) {
			const { called, caller } = await live.connect();
			const measure = async (action: string, type: string, body: object) => {
				const before = new Set(live.events({ leg: called, type }).map(({ id }) => id));
				const { answeredAt, sentAt } = await live.command(called, action, body);
				const { at } = await live.event({ type, leg: called, where: ({ id }) => !before.has(id) });
				live.figures[`${type}, ms after the answer`] = at - answeredAt;
				live.figures[`answer to ${action}, ms after the command`] = answeredAt - sentAt;
				return at - answeredAt;
			};
			const times = [
				await measure('speak', 'call.speak.started', {
					payload: 'This is a somewhat longer sentence.',
					voice: 'Telnyx.KokoroTTS.af',
				}),
				await measure('playback_stop', 'call.speak.ended', {}),
				await measure('playback_start', 'call.playback.started', {
					audio_url: live.receiver.beepUrl,
				}),
				await measure('gather', 'call.gather.ended', { timeout_millis: 1 }),
				await measure('hangup', 'call.hangup', {}),
			];
			await endOf(live, caller);
			return { areWithin: times.every((ms) => ms >= -20 && ms <= 400) };
		},
	},
	{
		name: 'The client state of a command',
		assumed: 'The client state of the last command is in the events of that command.',
		where: 'docs/waiting.md#not-yet-verified-with-a-real-account',
		how: 'Two commands, each with a client state of its own, are sent to one call, and their events are read.',
		expected: { unset: null, first: 'one', second: 'two', key: 'two', hangup: 'two' },
		async observe(live) {
			const { called, caller } = await live.connect();
			const stateOf = async (type: string) => {
				const { client_state } = (await live.event({ type, leg: called })).payload;
				return client_state ? Buffer.from(client_state, 'base64').toString() : null;
			};
			const unset = await stateOf('call.answered');
			await live.speak(called, 'Hello.', { client_state: base64('one') });
			const first = await stateOf('call.speak.ended');
			await live.command(called, 'playback_start', {
				audio_url: live.receiver.beepUrl,
				client_state: base64('two'),
			});
			const second = await stateOf('call.playback.ended');
			await live.command(caller, 'send_dtmf', { digits: '5' });
			const key = await stateOf('call.dtmf.received');
			await live.command(caller, 'hangup');
			return { unset, first, second, key, hangup: await stateOf('call.hangup') };
		},
	},
	{
		name: 'A client state without a command',
		assumed:
			'A client state that is set by `client_state_update` is in all later events of the leg.',
		where: 'test/simulator/commands/control.ts',
		how: 'It is set during a call, in which a key is pressed then.',
		expected: { isIn: true },
		async observe(live) {
			const { called, caller } = await live.standing();
			const client_state = base64(live.uniqueName('state'));
			await live.command(called, 'client_state_update', { client_state });
			await live.command(caller, 'send_dtmf', { digits: '7' });
			const wanted = { type: 'call.dtmf.received', leg: called, timeoutMs: 10_000 };
			const event = await live.eventIfAny({
				...wanted,
				where: ({ payload }) => payload.client_state === client_state,
			});
			return { isIn: event !== undefined };
		},
	},
	{
		name: 'A long client state',
		assumed:
			'A client state of 8,000 characters comes back as it was sent: no limit is documented.',
		where: 'nodes/telnyx/ownedClientState.ts',
		how: 'It is sent with a command, and compared with that of its event.',
		expected: { reply: '200', isTheSame: true },
		async observe(live) {
			const { called } = await live.connect();
			const client_state = base64('0123456789ab'.repeat(500));
			const reply = await live.tryCommand(called, 'playback_start', {
				audio_url: live.receiver.beepUrl,
				client_state,
			});
			const event = await live.eventIfAny({ type: 'call.playback.ended', leg: called });
			return {
				reply: verdictOf(reply),
				isTheSame: event?.payload.client_state === client_state,
			};
		},
	},
	{
		name: 'Fields of events that no schema has',
		assumed:
			'`call.initiated` has `calling_party_type`, `from_sip_uri` and `to_sip_uri`; `call.hangup` has `end_time` besides.',
		where: 'test/contract/facts.ts',
		how: 'The events of a call are read.',
		expected: { initiated: [], hangup: [] },
		async observe(live) {
			const { called, caller } = await live.ring();
			await live.command(called, 'reject', { cause: 'CALL_REJECTED' });
			await endOf(live, caller);
			const missing = async (type: string, fields: string[]) => {
				const { payload } = await live.event({ type, leg: called });
				return fields.filter((field) => !(field in payload));
			};
			const shared = ['calling_party_type', 'from_sip_uri', 'to_sip_uri'];
			return {
				initiated: await missing('call.initiated', shared),
				hangup: await missing('call.hangup', [...shared, 'end_time']),
			};
		},
	},
	{
		name: 'Whether a call goes on',
		assumed: '`is_alive` of a call is true until it has ended, also while it rings.',
		where: 'nodes/waiting/ownership.ts',
		how: 'A call is read while it rings, after the answer, and after its end.',
		expected: { ringing: true, answered: true, ended: false },
		async observe(live) {
			const { called, caller } = await live.ring();
			const ringing = await live.isAlive(caller);
			await live.pickUp({ called, caller });
			const answered = await live.isAlive(caller);
			await live.command(called, 'hangup');
			await endOf(live, caller);
			await live.quiet(2000);
			return { ringing, answered, ended: await live.isAlive(caller) };
		},
	},
	{
		...ENDING,
		name: 'The end: the caller hangs up',
		assumed: 'Both legs end with `normal_clearing`, and both say that the caller did it.',
		expected: { caller: 'normal_clearing, caller', called: 'normal_clearing, caller' },
		async observe(live) {
			const pair = await live.connect();
			await live.command(pair.caller, 'hangup');
			return await endsOf(live, pair);
		},
	},
	{
		...ENDING,
		name: 'The end: the called one hangs up',
		assumed: 'Both legs end with `normal_clearing`, and both say that the callee did it.',
		expected: { caller: 'normal_clearing, callee', called: 'normal_clearing, callee' },
		async observe(live) {
			const pair = await live.connect();
			await live.command(pair.called, 'hangup');
			return await endsOf(live, pair);
		},
	},
	{
		...ENDING,
		name: 'The end: the caller gives up',
		assumed: 'Both legs end with `originator_cancel`.',
		expected: { caller: 'originator_cancel, caller', called: 'originator_cancel, caller' },
		async observe(live) {
			const pair = await live.ring();
			await live.command(pair.caller, 'hangup');
			return await endsOf(live, pair);
		},
	},
	{
		...ENDING,
		name: 'The end: nobody answers',
		assumed: 'The outgoing leg ends with `timeout` after `timeout_secs`.',
		expected: 'timeout, unknown',
		async observe(live) {
			const { caller } = await live.ring(live.first, { timeout_secs: 10 });
			return await endOf(live, caller);
		},
	},
	{
		...ENDING,
		name: 'The end: the line is busy',
		assumed: 'A call that is rejected with `USER_BUSY` ends for its caller with `user_busy`.',
		expected: { caller: 'user_busy, callee', called: 'user_busy, callee' },
		async observe(live) {
			const pair = await live.ring();
			await live.command(pair.called, 'reject', { cause: 'USER_BUSY' });
			return await endsOf(live, pair);
		},
	},
	{
		...ENDING,
		name: 'The end: the call is declined',
		assumed:
			'A call that is rejected with `CALL_REJECTED` ends for its caller with `call_rejected`.',
		expected: { caller: 'call_rejected, callee', called: 'call_rejected, callee' },
		async observe(live) {
			const pair = await live.ring();
			await live.command(pair.called, 'reject', { cause: 'CALL_REJECTED' });
			return await endsOf(live, pair);
		},
	},
	{
		...ENDING,
		name: 'The end: the time limit',
		assumed: 'A call with `time_limit_secs` ends with `time_limit`.',
		expected: 'time_limit, unknown',
		async observe(live) {
			const { caller } = await live.connect(live.first, { time_limit_secs: 30 });
			return await endOf(live, caller);
		},
	},
	{
		name: 'A key that is sent',
		assumed:
			'Keys that are sent are events of the leg at the other end only, one for each key, without the pauses.',
		where: 'test/simulator/digits.ts',
		how: '`1w2#` is sent in a call.',
		expected: { received: ['1', '2', '#'], ofSender: 0 },
		async observe(live) {
			const { called, caller } = await live.connect();
			await live.command(caller, 'send_dtmf', { digits: '1w2#' });
			await live.event({
				type: 'call.dtmf.received',
				leg: called,
				where: ({ payload }) => payload.digit === '#',
			});
			const keys = live.events({ type: 'call.dtmf.received', leg: called });
			return {
				received: keys.map(({ payload }) => payload.digit),
				ofSender: live.events({ type: 'call.dtmf.received', leg: caller }).length,
			};
		},
	},
	{
		name: 'A dial that is repeated with the same command ID',
		assumed: 'Telnyx answers as to the first one, and no second call is made.',
		where: 'docs/delivery.md#once-only',
		how: 'The same dial is sent twice.',
		expected: { isTheSame: true, calls: 1 },
		async observe(live) {
			const command_id = live.uniqueName('dial');
			const one = await live.dial(live.first, { command_id });
			const two = await live.dial(live.first, { command_id });
			await live.comesIn();
			await live.quiet(5000);
			const incoming = live.events({
				type: 'call.initiated',
				where: ({ payload }) =>
					payload.direction === 'outgoing' && [one.id, two.id].includes(payload.call_control_id),
			});
			return { isTheSame: one.id === two.id, calls: incoming.length };
		},
	},
	{
		name: 'A command that is repeated with the same command ID',
		assumed:
			'Telnyx knows a command ID for 60 seconds: it answers a repetition as if it had carried it out, and does nothing. After that it carries it out.',
		where: 'docs/delivery.md#what-is-tried-again',
		how: `The same \`speak\` is sent again at once, after ${KNOWN_MS / 1000} seconds, and ${FORGOTTEN_MS / 1000} seconds later.`,
		expected: { replies: ['200', '200', '200', '200'], spoken: [1, 1, 1, 2] },
		async observe(live) {
			const { called } = await live.connect();
			const body = {
				payload: 'Hello.',
				voice: 'Telnyx.KokoroTTS.af',
				command_id: live.uniqueName('speak'),
			};
			const replies: string[] = [];
			const spoken: number[] = [];
			for (const waitMs of [0, 0, KNOWN_MS, FORGOTTEN_MS]) {
				await live.quiet(waitMs);
				const reply = await live.tryCommand(called, 'speak', body);
				live.figures[`answer no. ${replies.length + 1}`] = JSON.stringify(reply.body);
				replies.push(verdictOf(reply));
				await live.quiet(3000);
				spoken.push(live.events({ type: 'call.speak.started', leg: called }).length);
			}
			return { replies, spoken };
		},
	},
	{
		name: 'The events of a call that is over',
		assumed:
			'`GET /call_events` lists the events of a call by its `call_leg_id`, each with the event in `metadata.event`.',
		where: 'nodes/operations/run/callSummary.ts',
		how: 'The events of a call that was just hung up are listed.',
		expected: { areAll: true, haveEvent: true },
		async observe(live) {
			const { called, caller } = await live.connect();
			await live.command(caller, 'hangup');
			await endOf(live, called);
			await live.quiet(5000);
			const path = `/call_events?filter[leg_id]=${called.legId}`;
			const events = await live.send({ method: 'GET', path });
			const webhooks = events.filter(({ type }: { type: string }) => type === 'webhook');
			const names = webhooks.map(({ name }: { name: string }) => name);
			const wanted = ['call.initiated', 'call.answered', 'call.hangup'];
			return {
				areAll: wanted.every((type) => names.includes(type)),
				haveEvent: webhooks.every(
					({ metadata }: { metadata?: { event?: object } }) => metadata?.event !== undefined,
				),
			};
		},
	},
];
