import type { IDataObject, NodeTypeAndVersion } from 'n8n-workflow';

import { catalogue, findOperation } from '../catalogue';
import { sendsRequest, type Operation } from '../catalogue/schema/operation';
import type { NodeName } from '../shared/nodeTypes';
import type { VoiceEventType } from '../telnyx/events';
import { WAIT } from './parameters';
import { HANGUP, KEY } from './outcome';

/**
 * Whether Telnyx reports the outcome of an operation by events of its call. A hangup takes effect at once,
 * so the reply to the command already says as much as its event.
 */
export const canWait = ({ request, events }: Operation): boolean =>
	events.success.some((type) => type !== HANGUP) &&
	/^POST \/calls(?:$|\/\{call_control_id\})/.test(request);

/** Whether an operation can say where the events of its call go. */
export const canDirectEvents = ({ fields }: Operation): boolean => 'webhook_urls' in fields;

/** Whether an operation creates a leg. */
export const makesLeg = ({ request }: Pick<Operation, 'request'>): boolean =>
	request === 'POST /calls' || request.endsWith('/transfer');

const ANNOUNCEMENTS: readonly VoiceEventType[] = ['call.speak.ended', 'call.playback.ended'];

/** Whether the operation plays something that ends by itself. */
export const canStopOnKey = ({ request, events: { success } }: Operation): boolean =>
	/\/actions\/(?:speak|playback_start)$/.test(request) &&
	success.some((type) => ANNOUNCEMENTS.some((one) => one === type));

/**
 * Events that can come at any time, even while the execution runs. They go to a published trigger, because
 * n8n refuses requests to an execution that is not waiting.
 */
const AT_ANY_TIME: readonly VoiceEventType[] = [
	HANGUP,
	KEY,
	'call.machine.greeting.ended',
	'call.machine.premium.greeting.ended',
	'call.recording.saved',
	'call.recording.error',
	'call.transcription',
];

/** The events that end a wait for a command. */
export function awaitedEvents({ events }: Operation, values: IDataObject) {
	const { answering_machine_detection: detection = 'disabled' } = values;
	const { success, failure, detected = [] } = events;
	return {
		success: [...(detection !== 'disabled' && detected.length > 0 ? detected : success)],
		failure: [...failure],
	};
}

const outcomesOf = ({ events: { success, failure, detected = [] } }: Operation): string[] => [
	...success,
	...failure,
	...detected,
];

/** Every event that a node of this package can wait for. */
const awaitable: readonly string[] = [
	...new Set([
		...catalogue
			.flatMap(({ operations }) => Object.values(operations as Record<string, Operation>))
			.filter(canWait)
			.flatMap(outcomesOf),
		...AT_ANY_TIME,
	]),
];

/** What the later nodes of the workflow wait for. */
export interface LaterNodes {
	/** Whether any of them waits. */
	readonly waits: boolean;
	/** Outcomes that every later node which can cause them waits for. */
	readonly outcomes: readonly string[];
	/** Whether another workflow may wait for the call as well. */
	readonly callsWorkflows: boolean;
}

/** The node whose operations wait if the user wants that, and the one whose steps always do. */
const ONE_COMMAND: NodeName = 'telnyxAdvanced';
const ONE_STEP_AFTER_THE_OTHER: NodeName = 'telnyxPhoneCall';

/** @param nodes with their parameters */
export function readLaterNodes(
	nodes: Array<NodeTypeAndVersion & { parameters?: IDataObject }>,
	ownType: string,
): LaterNodes {
	const isOn = nodes.filter(({ disabled }) => !disabled);
	const [packageName] = ownType.split('.');
	const ofType = (name: string) => isOn.filter(({ type }) => type === `${packageName}.${name}`);
	const hasSteps = ofType(ONE_STEP_AFTER_THE_OTHER).length > 0;
	const ours = ofType(ONE_COMMAND).flatMap(({ parameters = {} }) => {
		const operation = findOperation(parameters.resource, parameters.operation);
		const waits = operation && (!sendsRequest(operation) || parameters[WAIT] === true);
		return operation ? [{ operation, waits: waits === true }] : [];
	});
	const waiting = [
		...ours.filter(({ waits }) => waits).flatMap(({ operation }) => outcomesOf(operation)),
		...(hasSteps ? awaitable : []),
	];
	const others = ours
		.filter(({ waits }) => !waits)
		.flatMap(({ operation }) => outcomesOf(operation));
	const callsWorkflows = isOn.some(({ type }) => /executeWorkflow$|toolWorkflow$/.test(type));
	return {
		waits: callsWorkflows || hasSteps || ours.some(({ waits }) => waits),
		outcomes: waiting.filter((type) => !others.includes(type)),
		callsWorkflows,
	};
}

/**
 * The events that Telnyx is to send straight to the execution. Without a trigger to receive the others:
 * all that can be waited for. With one: outcomes that only come while the execution waits for them.
 */
export function straightEvents(
	own: readonly string[],
	later: LaterNodes,
	hasTrigger: boolean,
): string[] {
	if (!hasTrigger) return [...awaitable];
	const others = later.callsWorkflows ? [] : later.outcomes;
	return [...new Set([...own, ...others])].filter(
		(type) => !AT_ANY_TIME.some((one) => one === type),
	);
}
