import { base64, verdictOf, type Leg, type Live, type Pair } from '../live';
import type { Observation } from '../observation';

const README = 'test/simulator/README.md#assumptions-to-check-against-the-real-telnyx';
const WAITING = 'docs/waiting.md#not-yet-verified-with-a-real-account';

const BOTH_BRIDGED =
	'`call.bridged` comes for both legs. If several people of a ring group take the call at once, the event of the called leg says who is connected.';
const DOUBLE_BRIDGE =
	'`bridge` with `prevent_double_bridge` is refused with 422 and 10015 if the other call is bridged already. If it gets bridged between the command and the bridge, no event tells.';
const UNANSWERED =
	'`bridge` with a call that nobody has answered is refused with 90034, unless `play_ringtone` is set: then the two are bridged when it is answered.';

/** Calls the first number back from the second one, for the caller of a call that came in. */
const callFor = async (live: Live, { called }: Pair, body: object = {}): Promise<Pair> =>
	await live.ring(live.second, { link_to: called.id, ...body });

const isBridged = (live: Live, leg: Leg) => live.events({ type: 'call.bridged', leg }).length > 0;

/** What happens to a leg from now on, for a while. */
async function whatFollows(live: Live, leg: Leg, run: () => Promise<unknown>, ms = 4000) {
	const before = live.typesOf(leg).length;
	await run();
	await live.quiet(ms);
	return live.typesOf(leg).slice(before);
}

/** Two calls of the second number, whose legs there are not connected yet. */
async function twoCalls(live: Live) {
	const caller = await live.connect();
	const agent = await callFor(live, caller);
	await live.pickUp(agent);
	return { caller, agent };
}

/** How legs are connected with each other. */
export const bridging: Observation[] = [
	{
		name: 'A linked call that ends',
		assumed:
			'A leg that was dialed with `link_to` rings on when the linked call ends, and stays unbridged if it is answered then.',
		where: README,
		how: 'An agent is dialed for a caller, who hangs up; then the agent answers.',
		expected: { ringsOn: true, agent: ['call.answered'] },
		async observe(live) {
			const caller = await live.connect();
			const agent = await callFor(live, caller, { bridge_on_answer: true });
			await live.command(caller.caller, 'hangup');
			await live.event({ type: 'call.hangup', leg: caller.called });
			await live.quiet(3000);
			const ringsOn = await live.isAlive(agent.caller);
			const types = await whatFollows(
				live,
				agent.caller,
				async () => await live.tryCommand(agent.called, 'answer'),
			);
			return { ringsOn, agent: types };
		},
	},
	{
		name: 'Two agents, the second of whom answers too late',
		assumed:
			'With `prevent_double_bridge`, a leg that is answered too late gets `call.answered` first and `call.hangup` with `normal_clearing` right after it.',
		where: README,
		how: 'Two agents are dialed for a caller with `bridge_on_answer` and `prevent_double_bridge`, and answer one after the other.',
		expected: {
			first: ['call.answered', 'call.bridged'],
			second: ['call.answered', 'call.hangup'],
			cause: 'normal_clearing',
		},
		async observe(live) {
			const caller = await live.connect();
			const body = { bridge_on_answer: true, prevent_double_bridge: true };
			const one = await callFor(live, caller, body);
			const two = await callFor(live, caller, body);
			const first = await whatFollows(live, one.caller, async () => await live.pickUp(one));
			const second = await whatFollows(
				live,
				two.caller,
				async () => await live.command(two.called, 'answer'),
			);
			const [end] = live.events({ type: 'call.hangup', leg: two.caller });
			return { first, second, cause: end?.payload.hangup_cause };
		},
	},
	{
		name: 'Two agents who answer at once',
		assumed: BOTH_BRIDGED,
		where: WAITING,
		how: 'Two agents are dialed for a caller with `bridge_on_answer` and `prevent_double_bridge`, and answer at the same time.',
		expected: { bridgedAgents: 1, callerIsBridged: true, calls: 1 },
		async observe(live) {
			const caller = await live.connect();
			const body = { bridge_on_answer: true, prevent_double_bridge: true };
			const agents = [await callFor(live, caller, body), await callFor(live, caller, body)];
			await Promise.all(agents.map(async ({ called }) => await live.tryCommand(called, 'answer')));
			await live.quiet(6000);
			const alive = await Promise.all(
				agents.map(async (agent) => await live.isAlive(agent.caller)),
			);
			return {
				bridgedAgents: agents.filter((agent) => isBridged(live, agent.caller)).length,
				callerIsBridged: isBridged(live, caller.called),
				calls: alive.filter(Boolean).length,
			};
		},
	},
	{
		name: 'The events of a bridge',
		assumed: BOTH_BRIDGED,
		where: WAITING,
		how: 'Two calls are bridged, and the events of their four legs are read.',
		expected: { ofCaller: true, ofAgent: true, ofOtherEnds: false },
		async observe(live) {
			const { agent, caller } = await twoCalls(live);
			await live.command(caller.called, 'bridge', { call_control_id: agent.caller.id });
			await live.event({ type: 'call.bridged', leg: caller.called });
			await live.quiet(3000);
			return {
				ofCaller: isBridged(live, caller.called),
				ofAgent: isBridged(live, agent.caller),
				ofOtherEnds: isBridged(live, caller.caller) || isBridged(live, agent.called),
			};
		},
	},
	{
		name: 'A bridge with a call that is bridged already',
		assumed: DOUBLE_BRIDGE,
		where: README,
		how: 'A third call is bridged with one of two that are bridged, with `prevent_double_bridge`.',
		expected: '422 10015',
		async observe(live) {
			const { agent, caller } = await twoCalls(live);
			await live.command(caller.called, 'bridge', { call_control_id: agent.caller.id });
			await live.event({ type: 'call.bridged', leg: caller.called });
			const third = await live.connect();
			return verdictOf(
				await live.tryCommand(third.called, 'bridge', {
					call_control_id: agent.caller.id,
					prevent_double_bridge: true,
				}),
			);
		},
	},
	{
		name: 'A bridge with a call that nobody has answered',
		assumed: UNANSWERED,
		where: README,
		how: 'A caller is bridged with an agent whose phone rings, first without and then with `play_ringtone`; then the agent answers.',
		expected: { without: '422 90034', with: '200', before: false, after: true },
		async observe(live) {
			const caller = await live.connect();
			const agent = await callFor(live, caller);
			const body = { call_control_id: agent.caller.id };
			const without = await live.tryCommand(caller.called, 'bridge', body);
			const withTone = await live.tryCommand(caller.called, 'bridge', {
				...body,
				play_ringtone: true,
			});
			await live.quiet(3000);
			const before = isBridged(live, caller.called);
			await live.command(agent.called, 'answer');
			await live.quiet(5000);
			return {
				without: verdictOf(without),
				with: verdictOf(withTone),
				before,
				after: isBridged(live, caller.called),
			};
		},
	},
	{
		name: 'A bridge on answer with a caller whom nobody has answered',
		assumed: '`bridge_on_answer` answers the linked call if nobody has answered it.',
		where: README,
		how: 'An agent is dialed for a caller who still hears the ringing, and answers.',
		expected: ['call.answered', 'call.bridged'],
		async observe(live) {
			const caller = await live.ring();
			const agent = await callFor(live, caller, { bridge_on_answer: true });
			return await whatFollows(
				live,
				caller.called,
				async () => await live.command(agent.called, 'answer'),
			);
		},
	},
	{
		name: 'An announcement during which a leg is bridged',
		assumed: 'What is being played or spoken goes on when the leg is bridged.',
		where: README,
		how: 'A long text is read out to a caller, who is then bridged with an agent.',
		expected: { endedBeforeBridge: false, status: 'completed' },
		async observe(live) {
			const { agent, caller } = await twoCalls(live);
			const text = 'This is a text that is still being read out when the two are connected. ';
			await live.speak(caller.called, text.repeat(2));
			await live.event({ type: 'call.speak.started', leg: caller.called });
			await live.command(caller.called, 'bridge', { call_control_id: agent.caller.id });
			await live.event({ type: 'call.bridged', leg: caller.called });
			const ended = () => live.events({ type: 'call.speak.ended', leg: caller.called });
			const endedBeforeBridge = ended().length > 0;
			await live.event({ type: 'call.speak.ended', leg: caller.called });
			return { endedBeforeBridge, status: ended()[0].payload.status };
		},
	},
	{
		name: 'A key that is pressed in a bridge',
		assumed: "The keys that a person presses in a bridge are events of that person's leg only.",
		where: README,
		how: 'Two calls are bridged, and the caller presses a key.',
		expected: { ofCaller: 1, ofAgent: 0 },
		async observe(live) {
			const { agent, caller } = await twoCalls(live);
			await live.command(caller.called, 'bridge', { call_control_id: agent.caller.id });
			await live.event({ type: 'call.bridged', leg: caller.called });
			await live.command(caller.caller, 'send_dtmf', { digits: '5' });
			await live.quiet(4000);
			const keysOf = (leg: Leg) => live.events({ type: 'call.dtmf.received', leg }).length;
			return { ofCaller: keysOf(caller.called), ofAgent: keysOf(agent.caller) };
		},
	},
	{
		name: 'The end of a bridge',
		assumed:
			'When one of the two hangs up, the other leg ends too, unless it was bridged with `park_after_unbridge`.',
		where: 'test/simulator/calls.ts',
		how: 'Two calls are bridged without and two with the option, and the agents hang up.',
		expected: { without: false, with: true },
		async observe(live) {
			const goesOn = async (body: object) => {
				const { agent, caller } = await twoCalls(live);
				await live.command(caller.called, 'bridge', { call_control_id: agent.caller.id, ...body });
				await live.event({ type: 'call.bridged', leg: caller.called });
				await live.command(agent.called, 'hangup');
				await live.event({ type: 'call.hangup', leg: agent.caller });
				await live.quiet(3000);
				return await live.isAlive(caller.called);
			};
			return { without: await goesOn({}), with: await goesOn({ park_after_unbridge: 'self' }) };
		},
	},
	{
		name: 'The client states of a transfer',
		assumed: 'The client state given for the new leg of a transfer is in all events of that leg.',
		where: WAITING,
		how: 'A call is transferred with a client state for each leg, and the events of both are read.',
		expected: {
			target: {
				'call.initiated': 'new',
				'call.answered': 'new',
				'call.bridged': 'new',
				'call.hangup': 'new',
			},
			old: { 'call.bridged': 'old', 'call.hangup': 'old' },
		},
		async observe(live) {
			const caller = await live.connect();
			const from = live.typesOf(caller.called).length;
			await live.transfer(caller.called, {
				client_state: base64('old'),
				target_leg_client_state: base64('new'),
			});
			const arrived = await live.comesIn(live.first);
			const target = await live.newLeg(live.second);
			await live.command(arrived, 'answer');
			await live.event({ type: 'call.bridged', leg: caller.called });
			await live.command(caller.caller, 'hangup');
			await live.event({ type: 'call.hangup', leg: target });
			await live.event({ type: 'call.hangup', leg: caller.called });
			const statesOf = (leg: Leg, first = 0) =>
				Object.fromEntries(
					live
						.events({ leg })
						.slice(first)
						.map(({ payload: { client_state }, type }) => [
							type,
							client_state ? Buffer.from(client_state, 'base64').toString() : null,
						]),
				);
			return { target: statesOf(target), old: statesOf(caller.called, from) };
		},
	},
	{
		name: 'A transfer with a file to play',
		assumed: 'A transfer with a file to play bridges when the file has ended.',
		where: README,
		how: 'A call is transferred with a file for the new leg, which is answered.',
		expected: ['call.answered', 'call.playback.started', 'call.playback.ended', 'call.bridged'],
		async observe(live) {
			const caller = await live.connect();
			await live.transfer(caller.called, { audio_url: live.receiver.beepUrl });
			const arrived = await live.comesIn(live.first);
			const target = await live.newLeg(live.second);
			return await whatFollows(
				live,
				target,
				async () => await live.command(arrived, 'answer'),
				8000,
			);
		},
	},
	{
		name: 'A transfer that nobody takes',
		assumed: 'The new leg ends, and the transferred call goes on without any event.',
		where: 'nodes/TelnyxPhoneCall/steps/transfer.ts',
		how: 'A call is transferred, and the new call is declined.',
		expected: { target: ['call.initiated', 'call.hangup'], old: [], goesOn: true },
		async observe(live) {
			const caller = await live.connect();
			const before = live.typesOf(caller.called).length;
			await live.transfer(caller.called);
			const arrived = await live.comesIn(live.first);
			const target = await live.newLeg(live.second);
			await live.command(arrived, 'reject', { cause: 'USER_BUSY' });
			await live.quiet(4000);
			const old = live.typesOf(caller.called).slice(before);
			return {
				target: live.typesOf(target),
				old,
				goesOn: await live.isAlive(caller.called),
			};
		},
	},
];
