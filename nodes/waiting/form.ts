import type { INodeProperties } from 'n8n-workflow';

import { choice, integer, toggle, type Fields } from '../catalogue/schema/field';
import { sendsRequest, type Operation } from '../catalogue/schema/operation';
import { toProperties } from '../operations/form/property';
import type { VoiceEventType } from '../telnyx/events';
import { canStopOnKey, canWait, makesLeg } from './events';
import {
	CALL_ENDS,
	CONTINUE,
	FAIL,
	ON_CALL_END,
	ON_FAILURE,
	OUTPUTS,
	STOP_ON_KEY,
	TIMEOUT,
	WAIT,
} from './parameters';

const waitForOutcome = {
	[WAIT]: toggle({
		label: 'Wait for the Outcome',
		description:
			'Whether to go on only when Telnyx reports how the command turned out. Otherwise the next node starts at once. The execution waits without using up memory, for one item at a time.',
		onTop: true,
		start: false,
	}),
} as const;

const stopOnKey = {
	[STOP_ON_KEY]: toggle({
		label: 'Stop on Key',
		description:
			"Whether a key that is pressed meanwhile ends this. The output then has the outcome 'key' and the digit.",
		onTop: true,
		start: false,
	}),
} as const;

/** How long to wait, and what to do if the wait does not end in success. */
const limits = (seconds: number) =>
	({
		[TIMEOUT]: integer({
			label: 'Timeout (Seconds)',
			description: 'After how long to give up waiting',
			onTop: true,
			min: 1,
			max: A_DAY_SECS,
			start: seconds,
		}),
		[ON_FAILURE]: choice({
			label: 'On Failure',
			description: 'What to do when Telnyx reports a failure or the time is over',
			onTop: true,
			choices: {
				[FAIL]: {
					name: 'Fail',
					description:
						'The node fails, and its On Error setting says what then. Needs n8n 2 or later.',
				},
				[CONTINUE]: {
					name: 'Continue',
					description: "The output says in 'outcome' what happened: failure or timeout",
				},
				[OUTPUTS]: {
					name: 'One Output Each',
					description:
						'Success, failure, the end of the call and the timeout each have an output. Needs n8n 2.41 or later.',
				},
			},
			start: FAIL,
		}),
		[ON_CALL_END]: choice({
			label: 'If the Call Ends',
			description: 'What to do when somebody hangs up before this is finished',
			onTop: true,
			onlyIf: { [ON_FAILURE]: [FAIL, CONTINUE] },
			choices: {
				[CALL_ENDS]: {
					name: 'End This Branch',
					description: 'No further node of this branch runs. A caller who hangs up is no error.',
				},
				[CONTINUE]: {
					name: 'Continue',
					description: "The output says in 'outcome' that the call ended",
				},
				[FAIL]: {
					name: 'Fail',
					description:
						'The node fails, and its On Error setting says what then. Needs n8n 2 or later.',
				},
			},
			start: CALL_ENDS,
		}),
	}) as const;

const A_DAY_SECS = 86_400;
const USUAL_SECS = 120;

/** The fields about waiting that an operation has. */
export function waitFields(operation: Operation): Fields {
	const { withinSecs = USUAL_SECS } = operation.events;
	return {
		...(canWait(operation) && waitForOutcome),
		...(canStopOnKey(operation) && stopOnKey),
		...((canWait(operation) || !sendsRequest(operation)) && limits(withinSecs)),
	};
}

/** An agent is told in any case. */
const NOT_FOR_TOOLS = [ON_FAILURE, ON_CALL_END];

/** The state of the call when the next node starts, by the event that reports the command's outcome. */
const MEANWHILE: Readonly<Partial<Record<VoiceEventType, string>>> = {
	'call.speak.ended': 'while this is still being spoken',
	'call.playback.ended': 'while this is still being played',
	'call.gather.ended': 'before any key is pressed',
	'call.ai_gather.ended': 'before any question is answered',
	'call.bridged': 'before the two are connected',
};

function meanwhile({ events: { success }, request }: Operation): string {
	if (makesLeg({ request })) return 'while the phone is still ringing';
	const [known] = success.map((type) => MEANWHILE[type]).filter((text) => text !== undefined);
	return known ?? 'before this is done';
}

const notice = (text: string, show?: Record<string, boolean[]>): INodeProperties => ({
	displayName: text,
	name: 'wait_notice',
	type: 'notice',
	default: '',
	displayOptions: { ...(show && { show }), hide: { '@tool': [true] } },
});

/** Shown while the node does not wait for the outcome. */
const startsAtOnce = (operation: Operation) =>
	notice(`The next node starts at once, ${meanwhile(operation)}.`, { [WAIT]: [false] });

const cutsOff = notice(
	`What is still being spoken or played is cut off. To let it end, switch on '${waitForOutcome[WAIT].label}' in the node before this one.`,
);

/** The same fields as properties of the form. */
export function waitProperties(operation: Operation): INodeProperties[] {
	if (operation.request.endsWith('/actions/hangup')) return [cutsOff];
	const needsSwitch = sendsRequest(operation);
	return toProperties(waitFields(operation)).flatMap((property) => {
		const isSwitch = property.name === WAIT;
		const decidesOutputs = [WAIT, ON_FAILURE].includes(property.name);
		const onlyThen = needsSwitch && !isSwitch;
		const shown = {
			...property,
			...(decidesOutputs && { noDataExpression: true }),
			displayOptions: {
				...property.displayOptions,
				...(onlyThen && { show: { ...property.displayOptions?.show, [WAIT]: [true] } }),
				...(NOT_FOR_TOOLS.includes(property.name) && { hide: { '@tool': [true] } }),
			},
		};
		return isSwitch ? [shown, startsAtOnce(operation)] : [shown];
	});
}
