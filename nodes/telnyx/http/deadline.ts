import { perObject } from '../../shared/perObject';

/** Ends the request after this time, or when the execution is canceled. */
interface Deadline {
	readonly signal: AbortSignal;
	/** Whether the request ended because its time was up. */
	readonly isOver: boolean;
	/** Ends the request now. */
	end(): void;
	/**
	 * The reply has arrived.
	 * @param isBeingRead whether a cancellation is still to end the reading of its body
	 */
	met(isBeingRead: boolean): void;
}

/** @param canceled ends the request as well */
export function deadlineIn(ms: number, canceled: AbortSignal | undefined): Deadline {
	const request = new AbortController();
	const others = canceled && underWay(canceled);
	others?.add(request);
	if (canceled?.aborted) request.abort();
	const timeout = AbortSignal.timeout(ms);
	let isOver = false;
	const onTimeout = () => {
		isOver = true;
		request.abort();
	};
	timeout.addEventListener('abort', onTimeout, { once: true });
	return {
		signal: request.signal,
		get isOver() {
			return isOver;
		},
		end: () => request.abort(),
		met(isBeingRead) {
			timeout.removeEventListener('abort', onTimeout);
			if (!isBeingRead) others?.delete(request);
		},
	};
}

/**
 * The requests of an execution that are under way. One listener ends them all: a signal of its own for each, from
 * `AbortSignal.any`, would take a tenth of the time that the node takes for a command.
 */
const underWay = perObject((canceled: AbortSignal) => {
	const requests = new Set<AbortController>();
	const endAll = () => {
		for (const request of requests) request.abort();
	};
	canceled.addEventListener('abort', endAll, { once: true });
	return requests;
});
