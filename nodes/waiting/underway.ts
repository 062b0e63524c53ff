import { BoundedMap } from '../shared/boundedMap';
import { pause } from '../shared/pause';

const MOST_EXECUTIONS = 5_000;
/** Somebody who listens on the phone is waiting meanwhile. */
const LONGEST_MS = 2_000;

/** How many events are being handed to each execution. */
const underway = new BoundedMap<string, number>(MOST_EXECUTIONS);

/** Counts an event as on its way to the execution for as long as it is being offered, but not for long. */
export async function onTheWay<T>(executionId: string, offer: () => Promise<T>): Promise<T> {
	underway.set(executionId, (underway.get(executionId) ?? 0) + 1);
	const stop = new AbortController();
	const offered = offer().finally(() => stop.abort());
	const tooLong = pause(LONGEST_MS, stop.signal);
	const arrives = () => {
		const others = (underway.get(executionId) ?? 1) - 1;
		if (others > 0) underway.set(executionId, others);
		else underway.delete(executionId);
	};
	void Promise.race([offered, tooLong]).then(arrives, arrives);
	return await offered;
}

/** Whether an event is being handed to the execution, which may have something to do with it. */
export const hasEventUnderway = (executionId: string): boolean => underway.has(executionId);
