import type { INodeProperties, INodePropertyOptions, INodePropertyTypeOptions } from 'n8n-workflow';

import {
	CLIENT_STATE_ENCODED,
	clientStateEncoded,
	type Choice,
	type Field,
	type NumberField,
	type SettingsField,
} from './catalogue/fields';
import type { Operation, Resource } from './catalogue/operation';

/** Where the editor keeps an operation's optional fields. */
export const OPTIONS = 'options';

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
		...catalogue.flatMap((resource) =>
			Object.entries(resource.operations).flatMap(([value, operation]) =>
				operationFields(operation).map((property) => ({
					...property,
					displayOptions: { show: { resource: [resource.value], operation: [value] } },
				})),
			),
		),
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

/** Required fields one below the other, then the optional ones to be added, in alphabetical order. */
function operationFields({ fields }: Operation): INodeProperties[] {
	const all = Object.entries(fields);
	const required = all.filter(([, field]) => field.required);
	const optional = all
		.filter(([, field]) => !field.required)
		.flatMap(([name, field]) => toProperties(name, field));
	if (all.some(([, { kind }]) => kind === 'clientState')) {
		optional.push(...toProperties(CLIENT_STATE_ENCODED, clientStateEncoded));
	}
	const alwaysShown = required.flatMap(([name, field]) => toProperties(name, field));
	if (optional.length === 0) return alwaysShown;
	return [
		...alwaysShown,
		{
			displayName: 'Options',
			name: OPTIONS,
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: optional.sort(byLabel),
		},
	];
}

const byLabel = (a: INodeProperties, b: INodeProperties) =>
	a.displayName.localeCompare(b.displayName, 'en');

function toProperties(name: string, field: Field): INodeProperties[] {
	const { label, description, required, placeholder } = field;
	const common = {
		displayName: label,
		name,
		description,
		...(required && { required }),
		...(placeholder && { placeholder }),
	};
	switch (field.kind) {
		case 'text':
			return [{ ...common, type: 'string', default: field.start ?? '' }];
		case 'commandId':
			return [{ ...common, type: 'string', default: '' }];
		case 'clientState':
			return [{ ...common, type: 'string', typeOptions: { rows: 2 }, default: '' }];
		case 'toggle':
			return [{ ...common, type: 'boolean', default: field.start }];
		case 'number':
			return [{ ...common, type: 'number', typeOptions: bounds(field), default: field.start }];
		case 'choice': {
			const options = Object.entries(field.choices).map(toOption);
			return [{ ...common, type: 'options', options, default: field.start }];
		}
		case 'settings':
			return [settingsProperty(common, field)];
	}
}

const bounds = ({ min, max, also = [], whole }: NumberField): INodePropertyTypeOptions => ({
	minValue: Math.min(min, ...also),
	...(max !== undefined && { maxValue: max }),
	numberPrecision: whole ? 0 : 2,
});

/**
 * One collection, of whose settings the editor hides those that belong to other choices. It says what to
 * hide rather than what to show: n8n's engine does not see the choice from in here, and would drop every
 * setting that is to be shown for something.
 */
function settingsProperty(
	common: Pick<INodeProperties, 'displayName' | 'name' | 'description'>,
	{ by, variants }: SettingsField,
): INodeProperties {
	const choices = Object.keys(variants);
	const settingsOf = (choice: string) =>
		Object.entries(variants[choice])
			.flatMap(([name, field]) => toProperties(name, field))
			.map((property) => ({
				...property,
				displayOptions: {
					hide: { [`/${OPTIONS}.${by}`]: choices.filter((other) => other !== choice) },
				},
			}));
	return {
		...common,
		type: 'collection',
		placeholder: 'Add setting',
		displayOptions: { show: { [by]: choices } },
		default: {},
		options: choices.flatMap(settingsOf).sort(byLabel),
	};
}

function toOption([value, choice]: [string, Choice]): INodePropertyOptions {
	if (typeof choice === 'string') return { name: choice, value };
	const { name, description } = choice;
	return { name, value, description };
}
