import type { INodeProperties } from 'n8n-workflow';

import type { Fields } from '../catalogue/schema/field';
import { formsTogether, NO_RESOURCE } from '../operations/form';
import { toProperties } from '../operations/form/property';
import { decidesOutputs } from './outputs';
import { STEPS, type StepName } from './steps';
import { ofEveryStep, ofStepsOnCall } from './steps/shared';
import type { Step } from './steps/step';

/** All fields of a step. */
export const fieldsOf = ({ fields, makesCall, hidesEvent }: Step): Fields => ({
	...fields,
	...(makesCall ? {} : ofStepsOnCall),
	...(hidesEvent ? {} : ofEveryStep),
});

/**
 * n8n names nodes, and tells models what a tool does, by the action of an operation that has a resource;
 * its panel lists the actions of a resource by the resource's options.
 */
export const RESOURCE = 'call';

const resource: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'hidden',
	noDataExpression: true,
	options: [{ name: 'Call', value: RESOURCE }],
	default: RESOURCE,
};

/** n8n's condition for whether the node is the tool of an agent. */
const asTool = (isTool: boolean) => ({ '@tool': [isTool] });

const operationChoice: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: [RESOURCE], ...asTool(false) } },
	options: Object.entries(STEPS).map(([value, { name, action, description }]) => ({
		name,
		value,
		action,
		description,
	})),
	default: 'answer',
};

/** A tool begins with the step that does all of a call by itself. */
const operationOfTool: INodeProperties = {
	...operationChoice,
	displayOptions: { show: { resource: [RESOURCE], ...asTool(true) } },
	default: 'announce' satisfies StepName,
};

/** What the model of an agent fills in to begin with: for which steps, and what it is told about it. */
const BY_MODEL: Readonly<Record<string, { steps: readonly StepName[]; says: string }>> = {
	to: { steps: ['announce', 'callSomeone'], says: 'The phone number to call, with country code' },
	text: { steps: ['announce', 'say'], says: 'The text to say' },
};

/** The same as n8n writes it when somebody clicks the button beside the field. */
const byModel = ({ displayName }: INodeProperties, says: string) =>
	`={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${displayName}', \`${says}\`, 'string') }}`;

/** A field, and as tool of an agent another one that starts with what the model fills in. */
function withTool(property: INodeProperties): INodeProperties[] {
	const { steps = [], says = '' } = BY_MODEL[property.name] ?? {};
	const { operation = [], ...show } = property.displayOptions?.show ?? {};
	const [shared, others] = [true, false].map((isShared) =>
		(operation as StepName[]).filter((step) => steps.includes(step) === isShared),
	);
	if (shared.length === 0) return [property];
	const shownFor = (names: string[], more: object = {}) => ({
		...property,
		displayOptions: { show: { ...show, operation: names, ...more } },
	});
	return [
		...(others.length > 0 ? [shownFor(others)] : []),
		shownFor(shared, asTool(false)),
		{ ...shownFor(shared, asTool(true)), default: byModel(property, says) },
	];
}

const NAMES = Object.fromEntries(Object.entries(STEPS).map(([value, { name }]) => [value, name]));

/** Below the node: what is said or who is called, else the step. */
export const SUBTITLE = `={{ $parameter.text || $parameter.to || (${JSON.stringify(NAMES)})[$parameter.operation] }}`;

const propertiesOf = (step: Step): INodeProperties[] => {
	const fixed = decidesOutputs(step);
	return toProperties(fieldsOf(step)).map((property) =>
		fixed.includes(property.name) ? { ...property, noDataExpression: true } : property,
	);
};

/** The editor form: what to do, and what that needs. */
export const properties: INodeProperties[] = [
	resource,
	operationChoice,
	operationOfTool,
	...formsTogether(
		Object.entries(STEPS).map(([operation, step]) => ({
			resource: NO_RESOURCE,
			operation,
			properties: propertiesOf(step),
		})),
	).flatMap(withTool),
];
