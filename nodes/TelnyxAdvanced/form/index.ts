import type { INodeProperties } from 'n8n-workflow';

import type { Operation, Resource } from '../catalogue/operation';
import { returnFields } from './output';
import { sharedBy, toProperties } from './property';

/** The editor form of the action node. */
export function toForm(catalogue: readonly Resource[]): INodeProperties[] {
	const [{ value: firstResource }] = catalogue;
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: catalogue.map(({ name, value }) => ({ name, value })),
			default: firstResource,
		},
		...catalogue.map(operationChoice),
		...catalogue.flatMap(resourceFields),
	];
}

function operationChoice({ value, operations }: Resource): INodeProperties {
	const options = Object.entries(operations).map(([name, operation]) => ({
		name: operation.name,
		value: name,
		action: operation.action,
		description: operation.description,
	}));
	const [{ value: firstOperation }] = options;
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [value] } },
		options,
		default: firstOperation,
	};
}

/**
 * The fields of all operations of a resource. What many of them begin with, such as the call control
 * ID, is described once: the editor loads the whole description of a node.
 */
function resourceFields({ value, operations }: Resource): INodeProperties[] {
	const forms = Object.entries(operations).map(([name, operation]) => ({
		name,
		properties: operationFields(operation),
	}));
	const first = forms.flatMap(({ name, properties: [property] }) =>
		property ? [{ name, property }] : [],
	);
	const shownFor = (property: INodeProperties, names: string[]): INodeProperties => ({
		...property,
		displayOptions: {
			show: { resource: [value], operation: names, ...property.displayOptions?.show },
		},
	});
	return [
		...sharedBy(first).map(({ property, names }) => shownFor(property, names)),
		...forms.flatMap(({ name, properties: [, ...others] }) =>
			others.map((property) => shownFor(property, [name])),
		),
	];
}

const operationFields = (operation: Operation): INodeProperties[] => [
	...toProperties(operation.fields),
	...returnFields(operation),
];
