import { choice } from '../schema/field';

/** Which legs hear it. */
export const targetLegs = choice({
	label: 'Legs',
	description: 'Which legs hear it. By default, only this leg does.',
	choices: {
		self: { name: 'Self', description: 'This leg' },
		opposite: { name: 'Opposite', description: 'The other leg' },
		both: { name: 'Both', description: 'Both legs of the call' },
	},
	start: 'self',
});

/** Which audio to stop: the current one, or also those queued after it. */
export const stop = choice({
	label: 'Stop First',
	description: 'What to stop before this is heard. Otherwise it waits until the others have ended.',
	open: true,
	choices: {
		current: { name: 'Current', description: 'Stop the current audio and continue with the queue' },
		all: { name: 'All', description: 'Stop the current audio and everything in the queue' },
	},
	start: 'all',
});
