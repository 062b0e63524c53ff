import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Patience } from '../../telnyx/http/retrying';
import { InputError } from '../request';

/** Longer, and Telnyx might have forgotten a command_id, which it knows for 60 seconds. */
const MOST_SECONDS = 55;

interface Limit {
	readonly label: string;
	readonly min: number;
	readonly max: number;
	readonly whole: boolean;
	/** What goes without being set. */
	readonly start?: number;
}

const LIMITS = {
	most_at_once: { label: 'Commands at Once', min: 1, max: 200, whole: true, start: 25 },
	commands_per_second: { label: 'Commands per Second', min: 0.1, max: 1000, whole: false },
	longest_wait_seconds: {
		label: 'Longest Wait (Seconds)',
		min: 0,
		max: MOST_SECONDS,
		whole: false,
		start: 40,
	},
	tries: { label: 'Tries', min: 1, max: 20, whole: true, start: 8 },
} as const satisfies Record<string, Limit>;

const property = (
	name: keyof typeof LIMITS,
	description: string,
	start: number,
): INodeProperties => {
	const { label, min, max, whole } = LIMITS[name];
	return {
		displayName: label,
		name,
		type: 'number',
		typeOptions: { minValue: min, maxValue: max, numberPrecision: whole ? 0 : 1 },
		default: start,
		description,
	};
};

/** How the node talks to Telnyx: the same for every operation, last in the form. */
export const requestOptions: INodeProperties = {
	displayName: 'Request Options',
	name: 'request_options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	description: 'Read once for all items, so an expression sees the first item only',
	options: [
		property(
			'most_at_once',
			'How many commands may be on their way at the same time',
			LIMITS.most_at_once.start,
		),
		property(
			'commands_per_second',
			'How many commands may start within a second, if you know what your Telnyx account allows. Without it, the node sends as fast as Telnyx answers and slows down when told to.',
			10,
		),
		property(
			'longest_wait_seconds',
			'How long after its first try a command may be tried again, and how long Telnyx may keep all commands waiting. Telnyx recognizes a repeated command for 60 seconds.',
			LIMITS.longest_wait_seconds.start,
		),
		{
			displayName: 'Treat Already Ended as Success',
			name: 'already_ended_is_success',
			type: 'boolean',
			default: true,
			description:
				'Whether it is fine for hang up and the stop commands when the call or conference has already ended. The output then has already_ended.',
		},
		property(
			'tries',
			'How often a command is tried before it fails. Only failures that another try may cure, and that are safe to repeat, are tried again.',
			LIMITS.tries.start,
		),
	],
};

/** What all requests of a node run keep to. */
export interface RequestOptions {
	readonly mostAtOnce: number;
	readonly perSecond?: number;
	readonly patience: Patience;
	readonly endedIsSuccess: boolean;
}

/**
 * Reads the options once for a node run.
 * @throws InputError with everything that is wrong
 */
export function readRequestOptions(context: IExecuteFunctions): RequestOptions {
	const unchecked = { skipValidation: true };
	const given = context.getNodeParameter(requestOptions.name, 0, {}, unchecked) as Given;
	const complaints: string[] = [];
	const number = (name: keyof typeof LIMITS): number | undefined => {
		const limit: Limit = LIMITS[name];
		const { label, min, max, whole } = limit;
		const value = given[name] ?? limit.start;
		if (value === undefined) return undefined;
		const isAllowed =
			typeof value === 'number' &&
			value >= min &&
			value <= max &&
			(!whole || Number.isInteger(value));
		const kind = whole ? 'a whole number' : 'a number';
		if (!isAllowed) complaints.push(`'${label}' has to be ${kind} from ${min} to ${max}`);
		return value as number;
	};
	const options: RequestOptions = {
		mostAtOnce: number('most_at_once') as number,
		perSecond: number('commands_per_second'),
		patience: {
			tries: number('tries') as number,
			longestWaitMs: (number('longest_wait_seconds') as number) * 1000,
		},
		endedIsSuccess: given.already_ended_is_success === true,
	};
	if (complaints.length > 0) throw new InputError(complaints);
	return options;
}

type Given = Readonly<Record<string, unknown>>;
