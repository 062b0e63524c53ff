import type { INodeProperties } from 'n8n-workflow';

import { decimal, integer, toggle, type Fields } from '../../catalogue/schema/field';
import { REPEATABLE_SECS } from '../../telnyx/http/retryPolicy';
import { toCollection } from './property';

/** Where the form holds them. */
export const REQUEST_OPTIONS = 'request_options';

/** How the node talks to Telnyx: the same for every operation, and for all items of a run. */
export const requestOptionFields = {
	most_at_once: integer({
		label: 'Commands at Once',
		description: 'How many commands may be on their way at the same time',
		min: 1,
		max: 200,
		start: 25,
	}),
	commands_per_second: decimal({
		label: 'Commands per Second',
		description:
			'How many commands may start within a second, if you know what your Telnyx account allows. Without it, the node sends as fast as Telnyx answers and slows down when told to.',
		min: 0.1,
		max: 1000,
		start: 10,
	}),
	longest_wait_seconds: decimal({
		label: 'Longest Wait (Seconds)',
		description:
			'How long after its first try a command may be tried again, and how long Telnyx may keep all commands waiting. Telnyx recognizes a repeated command for 60 seconds.',
		min: 0,
		max: REPEATABLE_SECS,
		start: 40,
	}),
	already_ended_is_success: toggle({
		label: 'Treat Already Ended as Success',
		description:
			'Whether it is fine for hang up and the stop commands when the call or conference has already ended. The output then has already_ended.',
		start: true,
	}),
	tries: integer({
		label: 'Tries',
		description:
			'How often a command is tried before it fails. Only failures that another try may cure, and that are safe to repeat, are tried again.',
		min: 1,
		max: 20,
		start: 8,
	}),
} as const satisfies Fields;

/** Last in the form. */
export const requestOptions: INodeProperties = {
	...toCollection(
		{ name: REQUEST_OPTIONS, title: 'Request Options', add: 'Add request option' },
		Object.entries(requestOptionFields),
	),
	description: 'Read once for all items, so an expression sees the first item only',
};
