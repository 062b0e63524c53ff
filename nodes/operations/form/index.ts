import type { INodeProperties } from 'n8n-workflow';

import type { Operation, Resource } from '../../catalogue/schema/operation';
import { MORE_OPTIONS, SECTIONS } from '../../catalogue/schema/sections';
import type { Extension } from '../extension';
import { outputProperties } from './output';
import { toProperties } from './property';
import { requestOptions } from './requestOptions';

/** A node's own settings, besides the fields of an operation. */
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
		...operationForms(catalogue, own),
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

/** Where a property is shown. */
interface OperationPlace {
	readonly resource: string;
	readonly operation: string;
}

interface Form extends OperationPlace {
	readonly properties: INodeProperties[];
}

const operationForms = (catalogue: readonly Resource[], own: OwnProperties): INodeProperties[] =>
	formsTogether(
		catalogue.flatMap(({ value: resource, operations }) =>
			Object.entries(operations).map(([operation, record]) => ({
				resource,
				operation,
				properties: operationFields(record, own),
			})),
		),
	);

/**
 * The fields of all operations. What several of them have, such as the call control ID or a whole
 * section, is described once: the editor loads the whole description of a node, and n8n walks through all
 * properties of each node of a workflow, several times for every webhook.
 */
export const formsTogether = (forms: readonly Form[]): INodeProperties[] =>
	merged(forms).map(({ property, shown }) => ({
		...property,
		displayOptions: {
			...property.displayOptions,
			show: {
				...(!shown.resources.has(NO_RESOURCE) && { resource: [...shown.resources] }),
				operation: [...shown.operations],
				...property.displayOptions?.show,
			},
		},
	}));

/** Of a node that has operations only. */
export const NO_RESOURCE = '';

interface Entry {
	readonly text: string;
	readonly property: INodeProperties;
	readonly shown: { readonly resources: Set<string>; readonly operations: Set<string> };
	readonly places: OperationPlace[];
}

/** The fields of several forms in one list, in which each form's own fields stay in their order. */
function merged(forms: readonly Form[]): Entry[] {
	const list: Entry[] = [];
	for (const form of forms) {
		let next = 0;
		for (const property of form.properties) {
			const text = JSON.stringify(property);
			const known = list.findIndex(
				(entry, index) => index >= next && entry.text === text && canShow(entry, form, forms),
			);
			if (known < 0) list.splice(next, 0, newEntry(text, property));
			const index = known < 0 ? next : known;
			const { shown, places } = list[index];
			shown.resources.add(form.resource);
			shown.operations.add(form.operation);
			places.push(form);
			next = index + 1;
		}
	}
	return list;
}

const newEntry = (text: string, property: INodeProperties): Entry => ({
	text,
	property,
	shown: { resources: new Set(), operations: new Set() },
	places: [],
});

/** n8n shows a property for each of its operations in each of its resources: no other may be among them. */
function canShow(
	{ shown, places }: Entry,
	form: OperationPlace,
	forms: readonly OperationPlace[],
): boolean {
	const isShown = ({ resource, operation }: OperationPlace) =>
		(shown.resources.has(resource) || resource === form.resource) &&
		(shown.operations.has(operation) || operation === form.operation);
	return forms.filter(isShown).every((place) => place === form || places.includes(place));
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
	return [
		...properties.filter(isFirst),
		...own.properties(operation),
		...outputProperties(operation),
		...properties.filter((property) => !isFirst(property)),
	];
}

const isSection = (name: string) =>
	[...Object.values(SECTIONS), MORE_OPTIONS].some((section) => section.name === name);
