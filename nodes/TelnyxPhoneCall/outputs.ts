import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { ROWS } from '../operations/layout';
import { STEPS } from './steps';
import type { OutputRule, Step } from './steps/step';

/** Runs in the editor as the text of an expression, so it needs nothing but its arguments. */
const namesOf = (
	rules: Record<string, OutputRule[]>,
	parameters: Record<string, unknown>,
	rowsName: string,
): string[] =>
	(Object.hasOwn(rules, String(parameters.operation))
		? rules[String(parameters.operation)]
		: []
	).flatMap(({ name, if: condition, each, names = {} }) => {
		if (condition && !condition.is.includes(parameters[condition.field] as string)) return [];
		if (each === undefined) return [name];
		const set = parameters[each] as Record<string, unknown> | unknown[] | undefined;
		const rows = (Array.isArray(set) ? set : set?.[rowsName]) as unknown[] | undefined;
		return (Array.isArray(rows) ? rows : []).map((row, index) => {
			const own = typeof row === 'string' ? names[row] : (row as { name?: string })?.name;
			return String(own || `${name} ${index + 1}`);
		});
	});

const RULES = Object.fromEntries(
	Object.entries(STEPS).map(([name, { outputs }]) => [name, [...outputs]]),
);

/** The settings that decide which outputs a step has. Outputs are fixed before anything runs. */
export const decidesOutputs = ({ outputs }: Pick<Step, 'outputs'>): string[] =>
	outputs.flatMap(({ each, if: condition }) =>
		[each, condition?.field].filter((name) => name !== undefined),
	);

/** The names of a node's outputs. */
export const outputNames = (parameters: INodeParameters | IDataObject): string[] =>
	namesOf(RULES, parameters, ROWS);

/** The expression for the outputs in the node's description. */
export const OUTPUTS: `={{${string}}}` = `={{ ${withoutEnd(
	`(${namesOf.toString()})(${JSON.stringify(RULES)}, $parameter, '${ROWS}')`,
)}.map((displayName) => ({ type: 'main', displayName })) }}`;

/** n8n takes the first two braces in a row for the end of an expression. */
function withoutEnd(code: string): string {
	return code.replace(/\}(?=\})/g, '} ');
}
