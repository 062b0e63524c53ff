import type { INodeProperties } from 'n8n-workflow';

import { decimal, integer, type Fields } from '../../catalogue/schema/field';
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
			'How many commands may start within a second. Left out, the node slows down when Telnyx asks for it.',
		min: 0.1,
		max: 1000,
		start: 10,
	}),
	longest_wait_seconds: decimal({
		label: 'Longest Wait (Seconds)',
		description:
			'How long a command may be tried again. Telnyx recognizes a repeated one for 60 seconds.',
		min: 0,
		max: REPEATABLE_SECS,
		start: 40,
	}),
	attempts: integer({
		label: 'Attempts per Command',
		description: 'How often a command is sent at most, where another attempt can help and is safe',
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
	description: 'Read once for all items: an expression sees the first one',
};
