import type { IWebhookFunctions } from 'n8n-workflow';

type Response = Pick<
	ReturnType<IWebhookFunctions['getResponseObject']>,
	'once' | 'statusCode' | 'destroyed'
>;

/**
 * Whether the sender got a success: known only when the answer is out. Until then n8n may fail to start
 * the execution, or the sender may have given up.
 */
export const acceptance = async (response: Response): Promise<boolean> =>
	await new Promise((resolve) => {
		if (response.destroyed) return resolve(false);
		response.once('finish', () => resolve(response.statusCode >= 200 && response.statusCode < 300));
		response.once('close', () => resolve(false));
	});

/** Some hours of a busy account; 1 to 2 MB. */
const MOST_IN_MEMORY = 10_000;

/**
 * Remembers the events of this process that were accepted, so that repetitions can be told. The oldest
 * are forgotten first. The repetition of an event that was not accepted is the first that counts.
 */
export class SeenEvents {
	private readonly outcomes = new Map<string, Promise<boolean>>();

	constructor(private readonly most: number) {}

	/**
	 * Says whether an event is new. One that comes while the same is still under way waits for how that
	 * ends.
	 * @param outcome whether this delivery is accepted in the end
	 */
	async isNew(id: string, outcome: Promise<boolean>): Promise<boolean> {
		for (;;) {
			const earlier = this.outcomes.get(id);
			if (await earlier) return false;
			// Another one may have waited as well, and was faster.
			if (this.outcomes.get(id) === earlier) break;
		}
		this.outcomes.delete(id);
		this.outcomes.set(id, outcome);
		if (this.outcomes.size > this.most) this.outcomes.delete(this.outcomes.keys().next().value!);
		return true;
	}

	/** How the delivery of an event to this process ended; undefined if it came to another one. */
	outcomeOf(id: string): Promise<boolean> | undefined {
		return this.outcomes.get(id);
	}
}

const seen = new SeenEvents(MOST_IN_MEMORY);

const nameOf = (receiver: string, eventId: string) => `${receiver} ${eventId}`;

/**
 * Whether this process has not accepted the event for the receiver before. From now on it is under way.
 * @param receiver what tells triggers and executions apart
 */
export const isNewHere = async (
	context: IWebhookFunctions,
	receiver: string,
	eventId: string,
): Promise<boolean> =>
	await seen.isNew(nameOf(receiver, eventId), acceptance(context.getResponseObject()));

/** How the delivery of an event to this process ended; undefined if it came to another one. */
export const outcomeHere = (receiver: string, eventId: string): Promise<boolean> | undefined =>
	seen.outcomeOf(nameOf(receiver, eventId));
