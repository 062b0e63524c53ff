import type { Answer, Operation } from '../nodes/catalogue/schema/operation';
import { HUNG_UP, type Step } from '../nodes/TelnyxPhoneCall/steps/step';
import { requestLine } from '../nodes/operations/request/requestLine';

/** The fields of a step's output items, on one of its outputs or another. */
export const outputOfStep = ({ outputs, results }: Step): Answer => ({
	call_control_id: 'string',
	outcome: 'string',
	...results,
	...(outputs.includes(HUNG_UP) && { hangup_cause: 'string', hangup_source: 'string' }),
});

/** The fields of an operation's output items with the node's default settings. */
export function outputOf(operation: Operation): Answer {
	const { fields, answer, returns, simplified } = operation;
	const { pathNames } = requestLine(operation);
	const commandIds = Object.keys(fields).filter((name) => fields[name].kind === 'commandId');
	const ids: Answer = Object.fromEntries(
		[...pathNames, ...commandIds].map((name) => [name, 'string'] as const),
	);
	switch (returns) {
		case 'list':
		case 'pages':
			return simplified ? only(simplified, answer) : answer;
		case 'deleted':
			return { ...ids, deleted: 'boolean' };
		default:
			return simplified ? only(simplified, { ...ids, ...answer }) : { ...ids, ...answer };
	}
}

const only = (names: readonly string[], answer: Answer): Answer =>
	Object.fromEntries(Object.entries(answer).filter(([name]) => names.includes(name)));
