import { BoundedMap } from '../shared/boundedMap';
import { pause } from '../shared/pause';

/** What this process knows about an execution. */
type Known =
	| {
			readonly state: 'running';
			/** Whether this process will learn when the run ends. */
			readonly isObserved: boolean;
	  }
	| { readonly state: 'waiting'; readonly wants: ReadonlySet<string> };

/** Beyond this number, the executions that began first are forgotten: their end went unnoticed. */
const MOST_KNOWN = 5_000;

/**
 * What this process knows about the executions that own legs. An event for a running one can then wait for
 * its pause, and an event that a waiting one does not want need not be offered. Other processes may know
 * more, so n8n has to be asked about an execution that is unknown here.
 */
export class Executions {
	private readonly known = new BoundedMap<string, Known>(MOST_KNOWN);
	private readonly listeners = new BoundedMap<string, Set<() => void>>(MOST_KNOWN);

	get(executionId: string): Known | undefined {
		return this.known.get(executionId);
	}

	runs(executionId: string, isObserved: boolean): void {
		this.known.set(executionId, { state: 'running', isObserved });
	}

	/** The pause is saved: from now on the execution takes events of these types. */
	waits(executionId: string, wants: ReadonlySet<string>): void {
		this.known.set(executionId, { state: 'waiting', wants });
		this.tell(executionId);
	}

	/** It has ended, or goes on where this process cannot see it. */
	forget(executionId: string): void {
		this.known.delete(executionId);
		this.tell(executionId);
	}

	/** Calls `listener` once, when the execution next begins to wait or is forgotten. */
	onChange(executionId: string, listener: () => void): () => void {
		const listeners = this.listeners.get(executionId) ?? new Set();
		listeners.add(listener);
		this.listeners.set(executionId, listeners);
		return () => {
			listeners.delete(listener);
			if (listeners.size > 0 || this.listeners.get(executionId) !== listeners) return;
			this.listeners.delete(executionId);
		};
	}

	/** Waits for one of them to begin to wait or to be forgotten, for `ms` at most. */
	async settled(executionIds: readonly string[], ms: number): Promise<void> {
		const stop = new AbortController();
		const unlisten: Array<() => void> = [];
		const changed = new Promise<void>((resolve) => {
			unlisten.push(...executionIds.map((id) => this.onChange(id, resolve)));
		});
		await Promise.race([changed, pause(ms, stop.signal).catch(() => {})]);
		for (const stopListening of unlisten) stopListening();
		stop.abort();
	}

	private tell(executionId: string): void {
		const listeners = [...(this.listeners.get(executionId) ?? [])];
		this.listeners.delete(executionId);
		for (const listener of listeners) listener();
	}
}

/** The executions that this process knows. */
export const executions = new Executions();
