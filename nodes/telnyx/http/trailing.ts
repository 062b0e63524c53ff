import { BoundedMap } from '../../shared/boundedMap';

const MOST_CALLS = 1_000;

/** The last command of each call that the workflow did not wait for. */
const trailing = new BoundedMap<string, Promise<unknown>>(MOST_CALLS);

/** Sends a command for a call that nothing has to wait for, except the next command for that call. */
export function trail(callControlId: string, send: () => Promise<unknown>): Promise<unknown> {
	const sent = trailed(callControlId)
		.then(send)
		.catch(() => {})
		.finally(() => {
			if (trailing.get(callControlId) === sent) trailing.delete(callControlId);
		});
	trailing.set(callControlId, sent);
	return sent;
}

/** Waits for the reply to such a command, so that Telnyx gets the commands of a call in their order. */
export async function trailed(callControlId: unknown): Promise<void> {
	if (typeof callControlId === 'string') await trailing.get(callControlId);
}
