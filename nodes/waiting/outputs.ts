import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import type { Outcome } from './outcome';
import { ON_FAILURE, OUTPUTS, WAIT } from './parameters';

/** The names of the outputs, if each outcome has one, in their order. */
export const NAMES = ['Success', 'Failure', 'Hung Up', 'Timeout'];

const PLACES: Readonly<Record<Outcome, number>> = {
	success: 0,
	key: 0,
	failure: 1,
	ended: 2,
	timeout: 3,
};

/** The index of the output for an outcome. */
export const outputFor = (outcome: Outcome): number => PLACES[outcome];

/** All outputs, with items in the one for an outcome. */
export const inOutput = (outcome: Outcome, items: INodeExecutionData[]): INodeExecutionData[][] =>
	NAMES.map((_, place) => (place === outputFor(outcome) ? items : []));

/** Whether each outcome has an output: what `WAITING_OUTPUTS` asks. */
export const hasOutputs = ({
	operation,
	[WAIT]: waits,
	[ON_FAILURE]: onFailure,
}: INodeParameters): boolean =>
	Boolean(waits || operation === 'waitForEvent') && onFailure === OUTPUTS;

const named = JSON.stringify(NAMES.map((displayName) => ({ type: 'main', displayName })));

/** The expression for the outputs in a node's description. */
export const WAITING_OUTPUTS: `={{${string}}}` = `={{ ($parameter.${WAIT} || $parameter.operation === 'waitForEvent') && $parameter.${ON_FAILURE} === '${OUTPUTS}' ? ${named} : ['main'] }}`;
