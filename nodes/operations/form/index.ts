import type { INodeProperties } from 'n8n-workflow';

import type { Operation, Resource } from '../../catalogue/schema/operation';
import { SECTIONS } from '../../catalogue/schema/sections';
import { requestOptions } from '../run/options';
import { waitFields } from '../../waiting/form';
import { WAIT_FOR_EVENT, waitForEvent, waitForEventFields } from '../../waiting/waitForEvent';
import { returnFields } from './output';
import { toProperties } from './property';

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
		requestOptions,
	];
}

function operationChoice({ value, operations }: Resource): INodeProperties {
	const options = Object.entries(operations).map(([name, operation]) => ({
		name: operation.name,
		value: name,
		action: operation.action,
		description: operation.description,
	}));
	if (value === WAIT_FOR_EVENT.resource) options.push(waitingChoice);
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

const { name, action, description } = waitForEvent;
const waitingChoice = { name, action, description, value: String(WAIT_FOR_EVENT.operation) };

/**
 * The fields of all operations of a resource. What several of them have, such as the call control ID or
 * a whole section, is described once: the editor loads the whole description of a node.
 */
function resourceFields({ value, operations }: Resource): INodeProperties[] {
	const forms = Object.entries(operations).map(([name, operation]) => ({
		name,
		properties: operationFields(operation),
	}));
	if (value === WAIT_FOR_EVENT.resource) {
		forms.push({ name: WAIT_FOR_EVENT.operation, properties: waitForEventFields() });
	}
	return merged(forms).map(({ property, names }) => ({
		...property,
		displayOptions: {
			...property.displayOptions,
			show: { resource: [value], operation: names, ...property.displayOptions?.show },
		},
	}));
}

interface Form {
	readonly name: string;
	readonly properties: INodeProperties[];
}

/** The fields of several forms in one list, in which each form's own fields stay in their order. */
function merged(forms: Form[]) {
	const list: Array<{ text: string; property: INodeProperties; names: string[] }> = [];
	for (const { name, properties } of forms) {
		let next = 0;
		for (const property of properties) {
			const text = JSON.stringify(property);
			const known = list.findIndex((entry, index) => index >= next && entry.text === text);
			if (known < 0) list.splice(next, 0, { text, property, names: [name] });
			else list[known].names.push(name);
			next = (known < 0 ? next : known) + 1;
		}
	}
	return list;
}

/**
 * What is always asked, then about waiting, then the options. Of a list as in n8n's own nodes: whose it
 * is, then how much of it, then filters and options.
 */
function operationFields(operation: Operation): INodeProperties[] {
	const properties = toProperties(operation.fields);
	const isFirst = ({ required, name }: INodeProperties) =>
		operation.returns === 'pages' ? Boolean(required) : !isSection(name);
	return [
		...properties.filter(isFirst),
		...(operation.returns === 'pages' ? returnFields(operation) : waitFields(operation)),
		...properties.filter((property) => !isFirst(property)),
		...(operation.returns === 'pages' ? [] : returnFields(operation)),
	];
}

const isSection = (name: string) =>
	Object.values(SECTIONS).some((section) => section.name === name);
