import type { INodeProperties } from 'n8n-workflow';

import type { Operation } from '../../catalogue/schema/operation';

/** n8n's own names for what a user may say about the output. */
export const RETURN_ALL = 'returnAll';
export const LIMIT = 'limit';
export const FORMAT = 'format';
export const SIMPLIFY = 'simplify';
export const OUTPUT_FIELD = 'binaryPropertyName';

/** What the form asks about the output of an operation, in n8n's own words. */
export function returnFields({ returns, simplified }: Operation): INodeProperties[] {
	return [
		...(returns === 'pages' ? paging : []),
		...(simplified ? [simplify] : []),
		...(returns === 'linkedFile' ? [format] : []),
		...(returns === 'file' || returns === 'linkedFile' ? [outputField] : []),
	];
}

const paging: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: RETURN_ALL,
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: LIMIT,
		type: 'number',
		typeOptions: { minValue: 1 },
		displayOptions: { show: { [RETURN_ALL]: [false] } },
		default: 50,
		description: 'Max number of results to return',
	},
];

const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: SIMPLIFY,
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

const format: INodeProperties = {
	displayName: 'Format',
	name: FORMAT,
	type: 'options',
	options: [
		{ name: 'MP3', value: 'mp3' },
		{ name: 'WAV', value: 'wav' },
	],
	default: 'mp3',
	description: 'The format of the file',
};

const outputField: INodeProperties = {
	displayName: 'Put Output File in Field',
	name: OUTPUT_FIELD,
	type: 'string',
	required: true,
	default: 'data',
	placeholder: 'e.g. data',
	description: 'The name of the output binary field to put the file in',
};
