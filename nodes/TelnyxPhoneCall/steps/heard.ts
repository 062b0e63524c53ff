import type { Answer } from '../../catalogue/schema/operation';
import { HUNG_UP, type Moment, type NextOf } from './step';

/** The outcomes of an announcement. */
export const HEARD_OUTPUTS = [
	{ name: 'Done' },
	{ name: 'Key', if: { field: 'stop_on_key', is: [true] } },
	HUNG_UP,
] as const;

export const HEARD_RESULTS: Answer = { key: 'string' };

/** It was heard to its end, or a key has stopped it. */
export function heard({
	end: { outcome, json },
	plan,
}: Moment): NextOf<typeof HEARD_OUTPUTS> | undefined {
	if (outcome === 'key') return { output: 'Key', json: { outcome: 'key', key: json.digit } };
	return outcome === 'success'
		? { output: 'Done', json: { outcome: 'done' }, hangsUp: plan.hangs_up === true }
		: undefined;
}
