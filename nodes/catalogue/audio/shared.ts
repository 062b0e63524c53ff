import { choice } from '../schema/field';

/** Who hears it. */
export const targetLegs = choice({
	label: 'Legs',
	description: 'Who hears it. Telnyx takes this leg alone unless you choose.',
	choices: {
		self: { name: 'Self', description: 'This leg' },
		opposite: { name: 'Opposite', description: 'The other leg' },
		both: { name: 'Both', description: 'Both legs of the call' },
	},
	start: 'self',
});

/** What plays already, and what is in the queue behind it. */
export const stop = choice({
	label: 'Stop First',
	description: 'What to stop before this is heard. Otherwise it waits until the others have ended.',
	open: true,
	choices: {
		current: { name: 'Current', description: 'What plays now, and go on with the queue' },
		all: { name: 'All', description: 'What plays now and all that is in the queue' },
	},
	start: 'all',
});
