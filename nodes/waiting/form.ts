import type { INodeProperties } from 'n8n-workflow';

import type { Operation } from '../catalogue/schema/operation';
import { canWait, takesEvents } from './outcome';

/** The node's own parameters about waiting. */
export const WAIT = 'wait_for_outcome';
export const WAIT_AT_MOST = 'wait_at_most_secs';
export const ON_FAILURE = 'on_failure';
export const TAKE_EVENTS = 'events_to_this_execution';

/** What a failure, the end of the call or the end of the time makes of the node. */
export const FAIL = 'error';
export const GO_ON = 'continue';

// n8n cannot let an agent's tool wait, so there the switches are not offered.
const notAsTool = { hide: { '@tool': [true] } };

const takeEvents: INodeProperties = {
	displayName: "Send This Call's Events to This Execution",
	name: TAKE_EVENTS,
	type: 'boolean',
	noDataExpression: true,
	default: false,
	displayOptions: notAsTool,
	description:
		'Whether later nodes of this execution can wait for what happens on this call. What they can wait for then comes here instead of to the application, all else still goes to the application.',
};

const wait: INodeProperties = {
	displayName: 'Wait for the Outcome',
	name: WAIT,
	type: 'boolean',
	noDataExpression: true,
	default: false,
	displayOptions: notAsTool,
	description:
		'Whether to go on only when Telnyx reports how the command turned out. The execution waits without using up memory, for one item at a time.',
};

const asTool: INodeProperties = {
	displayName:
		'As a tool, the node does not wait for the outcome: n8n cannot pause the tool of an agent.',
	name: 'no_waiting_notice',
	type: 'notice',
	default: '',
	displayOptions: { show: { '@tool': [true] } },
};

/** How long to wait, and what if it is in vain. */
export const limit: INodeProperties[] = [
	{
		displayName: 'Wait at Most (Seconds)',
		name: WAIT_AT_MOST,
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 120,
		description:
			'After how long to give up. It can take a minute longer, because n8n looks only once a minute whether the time is over.',
	},
	{
		displayName: 'If It Does Not Work Out',
		name: ON_FAILURE,
		type: 'options',
		options: [
			{
				name: 'Fail',
				value: FAIL,
				description:
					'The node fails, and its On Error setting says what then. Needs n8n 2 or later.',
			},
			{
				name: 'Go On',
				value: GO_ON,
				description: "The output says in 'outcome' what happened: failure, ended or timeout",
			},
		],
		default: FAIL,
		description:
			'What to do when Telnyx reports a failure, the call ends first, or the time is over',
	},
];

/** The fields about waiting that an operation has before its options. */
export const waitFields = (operation: Operation): INodeProperties[] => [
	...(takesEvents(operation) ? [takeEvents] : []),
	...(canWait(operation)
		? [
				asTool,
				wait,
				...limitOf(operation).map((property) => shownFor(property, { [WAIT]: [true] })),
			]
		: []),
];

const limitOf = ({ events: { withinSecs } }: Operation) =>
	limit.map((property) =>
		property.name === WAIT_AT_MOST && withinSecs ? { ...property, default: withinSecs } : property,
	);

const shownFor = (property: INodeProperties, show: Record<string, boolean[]>): INodeProperties => ({
	...property,
	displayOptions: { show, ...notAsTool },
});
