import { sleep, type IWebhookFunctions } from 'n8n-workflow';

import { BoundedMap } from '../../shared/boundedMap';

type PendingResponse = Pick<
	ReturnType<IWebhookFunctions['getResponseObject']>,
	'once' | 'statusCode' | 'destroyed' | 'writableEnded'
>;

/** How often to look for n8n's response once nobody listens to it, in milliseconds, and for how long. */
const LOOK_MS = 50;
const LONGEST_LOOK_MS = 120_000;

/** Waits until n8n has responded to a webhook, whether or not its sender is still there. */
export async function responded(response: PendingResponse): Promise<void> {
	await new Promise<void>((resolve) => {
		if (response.destroyed) return resolve();
		response.once('finish', resolve);
		response.once('close', resolve);
	});
	for (let waited = 0; !response.writableEnded && waited < LONGEST_LOOK_MS; waited += LOOK_MS) {
		await sleep(LOOK_MS);
	}
}

/**
 * Whether n8n's response to a webhook is a success: known only when n8n has given it, since n8n may fail
 * to start the execution. A sender that goes away before that changes nothing: n8n starts the execution
 * all the same, and a sender must not be able to start it again and again.
 */
const succeeds = async (response: PendingResponse): Promise<boolean> => {
	await responded(response);
	return response.writableEnded && response.statusCode >= 200 && response.statusCode < 300;
};

/** Some hours of a busy account; 1 to 2 MB. */
const MOST_IN_MEMORY = 10_000;

/**
 * The events that this process has accepted, so that repetitions are recognized; the oldest are dropped
 * first. The repetition of an event that was not accepted counts as new.
 */
export class SeenEvents {
	private readonly accepted: BoundedMap<string, Promise<boolean>>;

	constructor(most: number) {
		this.accepted = new BoundedMap(most);
	}

	/**
	 * Whether an event is new. One that arrives while the same event is still being handled waits for how
	 * that ends.
	 * @param isAccepted whether this delivery is accepted in the end
	 */
	async isNew(id: string, isAccepted: Promise<boolean>): Promise<boolean> {
		for (;;) {
			const earlier = this.accepted.get(id);
			if (await earlier) return false;
			// Another delivery may have waited as well, and was faster.
			if (this.accepted.get(id) === earlier) break;
		}
		this.accepted.set(id, isAccepted);
		return true;
	}

	/** Whether the last delivery of an event to this process was accepted; undefined if there was none. */
	wasAccepted(id: string): Promise<boolean> | undefined {
		return this.accepted.get(id);
	}
}

const seen = new SeenEvents(MOST_IN_MEMORY);

const nameOf = (receiver: string, eventId: string) => `${receiver} ${eventId}`;

/**
 * Whether this process has not accepted the event for the receiver before. From now on the event counts
 * as being handled.
 * @param receiver what tells triggers and executions apart
 */
export const isNewInProcess = async (
	context: IWebhookFunctions,
	receiver: string,
	eventId: string,
): Promise<boolean> =>
	await seen.isNew(nameOf(receiver, eventId), succeeds(context.getResponseObject()));

/** Whether this process accepted the event in the end; undefined if it was sent to another one. */
export const wasAcceptedInProcess = (
	receiver: string,
	eventId: string,
): Promise<boolean> | undefined => seen.wasAccepted(nameOf(receiver, eventId));

/** By receiver and request. */
const started = new BoundedMap<string, string>(MOST_IN_MEMORY);

/**
 * Marks a signed request that starts an execution, so that the same one cannot start another.
 * @param receiver what tells triggers apart
 * @param requestId the same for requests with the same signature
 * @param sender what the request itself says of its origin, which the signature does not cover
 * @returns the sender of the request that had this signature before, if this process received it
 */
export function markStarted(
	receiver: string,
	requestId: string,
	sender: string,
): string | undefined {
	const name = nameOf(receiver, requestId);
	const earlier = started.get(name);
	if (earlier === undefined) started.set(name, sender);
	return earlier;
}
