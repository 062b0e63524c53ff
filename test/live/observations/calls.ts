import type { Observation } from '../observation';

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
];
