/** Ends the request after this time, or when the execution is canceled. */
interface Deadline {
	readonly signal: AbortSignal;
	/** Whether the request ended because its time was up. */
	readonly isOver: boolean;
	/** The reply has arrived: from now on only a cancellation ends the reading of its body. */
	met(): void;
	/** Ends the request now. */
	end(): void;
}

/** @param canceled ends the request as well */
export function deadlineIn(ms: number, canceled: AbortSignal | undefined): Deadline {
	const request = new AbortController();
	const timeout = AbortSignal.timeout(ms);
	let isOver = false;
	const onTimeout = () => {
		isOver = true;
		request.abort();
	};
	timeout.addEventListener('abort', onTimeout, { once: true });
	return {
		// Without listeners, which would pile up: an execution sends many requests.
		signal: canceled ? AbortSignal.any([request.signal, canceled]) : request.signal,
		get isOver() {
			return isOver;
		},
		end: () => request.abort(),
		met: () => timeout.removeEventListener('abort', onTimeout),
	};
}
