import type { INodeProperties } from 'n8n-workflow';

import { choice, integer, toggle, type Fields } from '../catalogue/schema/field';
import { sendsRequest, type Operation } from '../catalogue/schema/operation';
import { toProperties } from '../operations/form/property';
import { canWait, takesEvents } from './outcome';

/** The node's own parameters about waiting. */
export const WAIT = 'wait_for_outcome';
export const WAIT_AT_MOST = 'wait_at_most_secs';
export const ON_FAILURE = 'on_failure';
export const TAKE_EVENTS = 'events_to_this_execution';

/** What a failure, the end of the call or the end of the time makes of the node. */
export const FAIL = 'error';
export const GO_ON = 'continue';

const takeEvents = {
	[TAKE_EVENTS]: toggle({
		label: "Send This Call's Events to This Execution",
		description:
			'Whether later nodes of this execution can wait for what happens on this call. What they can wait for then comes here instead of to the application, all else still goes to the application.',
		onTop: true,
		start: false,
	}),
} as const;

const wait = {
	[WAIT]: toggle({
		label: 'Wait for the Outcome',
		description:
			'Whether to go on only when Telnyx reports how the command turned out. The execution waits without using up memory, for one item at a time.',
		onTop: true,
		start: false,
	}),
} as const;

/** How long to wait, and what if it is in vain. */
const limit = (seconds: number) =>
	({
		[WAIT_AT_MOST]: integer({
			label: 'Wait at Most (Seconds)',
			description:
				'After how long to give up. It can take a minute longer, because n8n looks only once a minute whether the time is over.',
			onTop: true,
			min: 1,
			start: seconds,
		}),
		[ON_FAILURE]: choice({
			label: 'If It Does Not Work Out',
			description:
				'What to do when Telnyx reports a failure, the call ends first, or the time is over',
			onTop: true,
			choices: {
				[FAIL]: {
					name: 'Fail',
					description:
						'The node fails, and its On Error setting says what then. Needs n8n 2 or later.',
				},
				[GO_ON]: {
					name: 'Go On',
					description: "The output says in 'outcome' what happened: failure, ended or timeout",
				},
			},
			start: FAIL,
		}),
	}) as const;

const LIMIT_SECS = 120;

/** What the node asks about waiting for an operation. */
export function waitFields(operation: Operation): Fields {
	const { withinSecs = LIMIT_SECS } = operation.events;
	return {
		...(takesEvents(operation) && takeEvents),
		...(canWait(operation) && wait),
		...((canWait(operation) || !sendsRequest(operation)) && limit(withinSecs)),
	};
}

const asTool: INodeProperties = {
	displayName:
		'As a tool, the node does not wait for the outcome: n8n cannot pause the tool of an agent.',
	name: 'no_waiting_notice',
	type: 'notice',
	default: '',
	displayOptions: { show: { '@tool': [true] } },
};

/** How the form asks for it. n8n cannot let an agent's tool wait, so there the switches are not offered. */
export function waitProperties(operation: Operation): INodeProperties[] {
	const properties = toProperties(waitFields(operation));
	if (!sendsRequest(operation)) return properties;
	return properties.flatMap((property) => {
		const { name } = property;
		const isSwitch = name === WAIT || name === TAKE_EVENTS;
		const shown = {
			...property,
			...(isSwitch && { noDataExpression: true }),
			displayOptions: {
				...(!isSwitch && { show: { [WAIT]: [true] } }),
				hide: { '@tool': [true] },
			},
		};
		return name === WAIT ? [asTool, shown] : [shown];
	});
}
