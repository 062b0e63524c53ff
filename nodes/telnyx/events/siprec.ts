import type { VoiceEvent } from './event';

/** The copy of a call that goes to a session recording server. */
export const siprecEvents = [
	{
		type: 'siprec.failed',
		name: 'SIPREC Failed',
		when: 'a SIPREC session fails',
		short: 'No SIPREC',
		description: 'The session recording server could not be reached or refused',
		payload: { failure_cause: 'string' },
	},
	{
		type: 'siprec.started',
		name: 'SIPREC Started',
		when: 'a SIPREC session starts',
		short: 'SIPREC On',
		description: 'Audio goes to the session recording server',
		payload: {},
	},
	{
		type: 'siprec.stopped',
		name: 'SIPREC Stopped',
		when: 'a SIPREC session stops',
		short: 'SIPREC Off',
		description: 'Audio no longer goes to the session recording server',
		payload: { hangup_cause: 'string' },
	},
] as const satisfies readonly VoiceEvent[];
