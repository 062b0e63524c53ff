import { BoundedMap } from '../shared/boundedMap';

/** Entries of executions that never go on would otherwise stay forever. */
const MOST_KEPT = 5_000;

/**
 * What this process knows about each wait, by the hash of the wait's secret. n8n has saved the execution
 * without it.
 */
export class ByWait<Known> extends BoundedMap<string, Known> {
	constructor() {
		super(MOST_KEPT);
	}
}
