import { BoundedMap } from '../shared/boundedMap';

const MOST_EXECUTIONS = 5_000;

/** How many events are being handed to each execution. */
const underway = new BoundedMap<string, number>(MOST_EXECUTIONS);

/** Counts an event as on its way to the execution for as long as it is being offered. */
export async function onTheWay<T>(executionId: string, offer: () => Promise<T>): Promise<T> {
	underway.set(executionId, (underway.get(executionId) ?? 0) + 1);
	try {
		return await offer();
	} finally {
		const others = (underway.get(executionId) ?? 1) - 1;
		if (others > 0) underway.set(executionId, others);
		else underway.delete(executionId);
	}
}

/** Whether an event is being handed to the execution, which may have something to do with it. */
export const hasEventUnderway = (executionId: string): boolean => underway.has(executionId);
