import type { IExecuteFunctions } from 'n8n-workflow';

import type { RetryLimits } from '../../telnyx/http/retrying';
import { REQUEST_OPTIONS, requestOptionFields } from '../form/requestOptions';
import type { ValuesOf } from '../../catalogue/schema/valueOf';
import type { FormValues } from '../layout';
import { wireValues } from '../request/values';

/** The options that all requests of a node run share. */
export interface RequestOptions {
	readonly mostAtOnce: number;
	readonly perSecond?: number;
	readonly retryLimits: RetryLimits;
}

/**
 * Reads the options once for a node run.
 * @param complaints everything that is wrong with them is added to these
 */
export function readRequestOptions(
	context: IExecuteFunctions,
	complaints: string[],
): RequestOptions {
	const unchecked = { skipValidation: true };
	const form = context.getNodeParameter(REQUEST_OPTIONS, 0, {}, unchecked) as FormValues;
	return toOptions(wireValues(requestOptionFields, { form, within: [], complaints }));
}

/** The values of options that the user has not added. */
const { most_at_once, longest_wait_seconds, attempts } = requestOptionFields;

function toOptions(set: ValuesOf<typeof requestOptionFields>): RequestOptions {
	const longestWait = set.longest_wait_seconds ?? longest_wait_seconds.start;
	return {
		mostAtOnce: set.most_at_once ?? most_at_once.start,
		perSecond: set.commands_per_second,
		retryLimits: { tries: set.attempts ?? attempts.start, longestWaitMs: longestWait * 1000 },
	};
}

/** The options if the user has added none. */
export const DEFAULT_OPTIONS = toOptions({});
