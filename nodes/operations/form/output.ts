import type { INodeProperties } from 'n8n-workflow';

import { choice, integer, text, toggle, type Fields } from '../../catalogue/schema/field';
import type { Operation } from '../../catalogue/schema/operation';
import { toProperties } from './property';

const paging = {
	returnAll: toggle({
		label: 'Return All',
		description: 'Whether to return all results or only up to a given limit',
		onTop: true,
		start: false,
	}),
	limit: integer({
		label: 'Limit',
		description: 'Max number of results to return',
		onTop: true,
		min: 1,
		start: 50,
	}),
} as const;

const simplify = {
	simplify: toggle({
		label: 'Simplify',
		description: 'Whether to return a simplified version of the response instead of the raw data',
		onTop: true,
		start: true,
	}),
} as const;

const format = {
	format: choice({
		label: 'Format',
		description: 'The format of the file',
		onTop: true,
		choices: { mp3: 'MP3', wav: 'WAV' },
		start: 'mp3',
	}),
} as const;

const outputField = {
	binaryPropertyName: text({
		label: 'Put Output File in Field',
		description: 'The name of the output binary field to put the file in',
		required: true,
		placeholder: 'e.g. data',
		start: 'data',
	}),
} as const;

const alreadyEnded = {
	already_ended_is_success: toggle({
		label: 'Treat Already Ended as Success',
		description:
			'Whether it is fine if there is nothing left to end, because the call or conference is over. The output then has already_ended.',
		onTop: true,
		start: false,
	}),
} as const;

/** The user's settings for the output of an operation. A setting that does not apply is undefined. */
export interface OutputSettings {
	readonly returnAll?: boolean;
	readonly limit?: number;
	readonly simplify?: boolean;
	readonly already_ended_is_success?: boolean;
	readonly format?: string;
	readonly binaryPropertyName?: string;
}

/** The settings for the output of an operation, with n8n's own names and wording. */
export const outputFields = ({ returns, simplified, endedIsFine }: Operation): Fields => ({
	...(returns === 'pages' && paging),
	...(simplified && simplify),
	...(endedIsFine && alreadyEnded),
	...(returns === 'linkedFile' && format),
	...((returns === 'file' || returns === 'linkedFile') && outputField),
});

/** The same as form properties. */
export const outputProperties = (operation: Operation): INodeProperties[] =>
	toProperties(outputFields(operation)).map((property) =>
		property.name === 'limit'
			? { ...property, displayOptions: { show: { returnAll: [false] } } }
			: property,
	);
