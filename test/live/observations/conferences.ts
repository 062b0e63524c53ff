import { assertRemoved } from '../api';
import type { Leg, Live } from '../live';
import { verdictOf } from '../live';
import type { Observation } from '../observation';

/** Of a conference that somebody opens with a call. */
async function open(live: Live, { id }: Leg): Promise<string> {
	const { id: conference } = await live.send({
		method: 'POST',
		path: '/conferences',
		body: { call_control_id: id, name: live.uniqueName('conference') },
	});
	live.cleanUp.push('a conference', async () =>
		assertRemoved(await act(live, conference, 'end'), 'Ending a conference'),
	);
	return String(conference);
}

const act = async (live: Live, conference: string, action: string, body: object = {}) =>
	await live.request({
		method: 'POST',
		path: `/conferences/${conference}/actions/${action}`,
		body,
	});

/** The events of a conference, in alphabetical order: they may come in any. */
const typesOf = (live: Live, conference: string) =>
	live
		.events({ where: ({ payload }) => payload.conference_id === conference })
		.map(({ type }) => type)
		.sort();

/** Conferences and queues. */
export const conferences: Observation[] = [
	{
		name: 'The events of a conference',
		assumed:
			'`conference.created`, `conference.participant.joined` for each, `conference.participant.left` for each, `conference.ended` when the last one has left.',
		where: 'test/simulator/conferences.ts',
		how: 'A call opens a conference, another one joins, and both hang up.',
		expected: {
			types: [
				'conference.created',
				'conference.ended',
				'conference.participant.joined',
				'conference.participant.joined',
				'conference.participant.left',
				'conference.participant.left',
			],
			reason: 'all_left',
		},
		async observe(live) {
			const one = await live.connect();
			const two = await live.connect();
			const conference = await open(live, one.called);
			await act(live, conference, 'join', { call_control_id: two.called.id });
			await live.quiet(3000);
			await live.command(one.caller, 'hangup');
			await live.command(two.caller, 'hangup');
			const ended = await live.event({
				type: 'conference.ended',
				where: ({ payload }) => payload.conference_id === conference,
			});
			await live.quiet(3000);
			return { types: typesOf(live, conference), reason: ended.payload.reason };
		},
	},
	{
		name: 'A conference that is ended by a command',
		assumed: 'Its calls are hung up, and later commands are refused with 90019.',
		where: 'test/simulator/commands/conference.ts',
		how: 'A conference with one call is ended.',
		expected: { goesOn: false, later: '422 90019' },
		async observe(live) {
			const { called } = await live.connect();
			const conference = await open(live, called);
			await live.quiet(2000);
			await act(live, conference, 'end');
			await live.quiet(4000);
			const later = await act(live, conference, 'mute');
			return { goesOn: await live.isAlive(called), later: verdictOf(later) };
		},
	},
	{
		name: 'Joining a conference twice',
		assumed: 'It is refused with 422 and 90044.',
		where: 'test/simulator/refusals.ts',
		how: 'The call that opened the conference joins it.',
		expected: '422 90044',
		async observe(live) {
			const { called } = await live.connect();
			const conference = await open(live, called);
			await live.quiet(2000);
			return verdictOf(await act(live, conference, 'join', { call_control_id: called.id }));
		},
	},
	{
		name: 'What everybody in a conference hears',
		assumed:
			'`conference.speak.started` and `conference.speak.ended` are sent once, without a `call_control_id`; with named participants, events of these instead.',
		where: 'test/simulator/events.ts',
		how: 'Something is said to everybody, and then to one participant.',
		expected: {
			everybody: ['conference.speak.ended', 'conference.speak.started'],
			one: ['conference.participant.speak.ended', 'conference.participant.speak.started'],
			haveLeg: false,
		},
		async observe(live) {
			const { called } = await live.connect();
			const conference = await open(live, called);
			await live.quiet(2000);
			const say = async (more: object) => {
				const before = typesOf(live, conference);
				await act(live, conference, 'speak', {
					payload: 'Hello.',
					voice: 'Telnyx.KokoroTTS.af',
					...more,
				});
				await live.quiet(5000);
				const left = [...before];
				return typesOf(live, conference).filter((type) => {
					const index = left.indexOf(type);
					if (index >= 0) left.splice(index, 1);
					return index < 0 && type.includes('speak');
				});
			};
			const everybody = await say({});
			const one = await say({ call_control_ids: [called.id] });
			const shared = live.events({ type: 'conference.speak.started' });
			return { everybody, one, haveLeg: shared.some(({ payload }) => payload.call_control_id) };
		},
	},
	{
		name: 'A queue',
		assumed:
			'`call.enqueued` when a call enters it, `call.dequeued` when it is bridged with somebody; a second entry is refused with 90038.',
		where: 'test/simulator/queues.ts',
		how: 'A call enters a queue twice, and an agent is bridged with the queue.',
		expected: {
			twice: '422 90038',
			caller: ['call.enqueued', 'call.dequeued', 'call.bridged'],
			reason: 'bridged',
		},
		async observe(live) {
			const caller = await live.connect();
			const agent = await live.connect(live.second);
			const queue_name = live.uniqueName('queue');
			live.cleanUp.push('a queue', async () => {
				const path = `/queues/${queue_name}`;
				assertRemoved(await live.request({ method: 'DELETE', path }), 'Deleting a queue');
			});
			const before = live.typesOf(caller.called).length;
			await live.command(caller.called, 'enqueue', { queue_name });
			await live.event({ type: 'call.enqueued', leg: caller.called });
			const twice = await live.tryCommand(caller.called, 'enqueue', { queue_name });
			await live.command(agent.caller, 'bridge', { queue: queue_name });
			await live.event({ type: 'call.bridged', leg: caller.called });
			await live.quiet(3000);
			const [{ payload }] = live.events({ type: 'call.dequeued', leg: caller.called });
			return {
				twice: verdictOf(twice),
				caller: live.typesOf(caller.called).slice(before),
				reason: payload.reason,
			};
		},
	},
];
