import type { INodeProperties } from 'n8n-workflow';

import type { Operation, Resource } from '../../catalogue/schema/operation';
import { SECTIONS } from '../../catalogue/schema/sections';
import type { Extension } from '../extension';
import { outputProperties } from './output';
import { toProperties } from './property';
import { requestOptions } from './requestOptions';

/** What a node asks for besides the fields of an operation. */
type OwnProperties = Pick<Extension, 'properties'>;

/** The editor form of a node that carries out operations. */
export function toForm(catalogue: readonly Resource[], own: OwnProperties): INodeProperties[] {
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
		...catalogue.flatMap((resource) => resourceFields(resource, own)),
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
 * The fields of all operations of a resource. What several of them have, such as the call control ID or
 * a whole section, is described once: the editor loads the whole description of a node.
 */
function resourceFields({ value, operations }: Resource, own: OwnProperties): INodeProperties[] {
	const forms = Object.entries(operations).map(([name, operation]) => ({
		name,
		properties: operationFields(operation, own),
	}));
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
 * What is always asked, then the node's own settings, then the options. Of a list as in n8n's own nodes:
 * whose it is, then how much of it, then filters and options.
 */
function operationFields(operation: Operation, own: OwnProperties): INodeProperties[] {
	const isList = operation.returns === 'pages';
	const properties = toProperties(operation.fields);
	const isFirst = ({ required, name }: INodeProperties) =>
		isList ? Boolean(required) : !isSection(name);
	const output = outputProperties(operation);
	return [
		...properties.filter(isFirst),
		...own.properties(operation),
		...(isList ? output : []),
		...properties.filter((property) => !isFirst(property)),
		...(isList ? [] : output),
	];
}

const isSection = (name: string) =>
	Object.values(SECTIONS).some((section) => section.name === name);
