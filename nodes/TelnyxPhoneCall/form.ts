import type { INodeProperties } from 'n8n-workflow';

import type { Fields } from '../catalogue/schema/field';
import { formsTogether, NO_RESOURCE } from '../operations/form';
import { toProperties } from '../operations/form/property';
import { STEPS } from './steps';
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

const operationChoice: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: [RESOURCE] } },
	options: Object.entries(STEPS).map(([value, { name, action, description }]) => ({
		name,
		value,
		action,
		description,
	})),
	default: 'answer',
};

const NAMES = Object.fromEntries(Object.entries(STEPS).map(([value, { name }]) => [value, name]));

/** Below the node: what is said or who is called, else the step. */
export const SUBTITLE = `={{ $parameter.text || $parameter.to || (${JSON.stringify(NAMES)})[$parameter.operation] }}`;

/** The editor form: what to do, and what that needs. */
export const properties: INodeProperties[] = [
	resource,
	operationChoice,
	...formsTogether(
		Object.entries(STEPS).map(([operation, step]) => ({
			resource: NO_RESOURCE,
			operation,
			properties: toProperties(fieldsOf(step)),
		})),
	),
];
