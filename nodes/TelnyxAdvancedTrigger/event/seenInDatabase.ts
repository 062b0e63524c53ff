import { sleep, type IExecuteFunctions } from 'n8n-workflow';

/** n8n reads and writes all of them for every event. */
const MOST_IN_DATABASE = 1_000;
/** Longer than n8n takes from reading the list to writing it. */
const LOOK_AGAIN_MS = 1_000;

type Context = Pick<IExecuteFunctions, 'helpers'>;

/**
 * Adds an event to the list that n8n's database has of a trigger, and says whether it was not there.
 * @param trigger what tells triggers apart
 * @param isAlone whether no other process adds to the list
 */
export async function isAddition(
	context: Context,
	trigger: string,
	eventId: string,
	isAlone: boolean,
): Promise<boolean> {
	// Two processes that both find no list make one each, and the database refuses the second.
	const { processed } = await add(context, [eventId]).catch(() => add(context, [eventId]));
	const isNew = processed.length === 0;
	if (isNew && !isAlone) keep(context, trigger, eventId);
	return isNew;
}

/** The events of each trigger that another process may have removed again without knowing them. */
const unsure = new Map<string, Set<string>>();

/**
 * The list has no lock, so what one process adds is lost if another one had read the list before and
 * writes it afterwards. Adds an event again, some time later and without anybody waiting for it, until
 * it is found there.
 */
function keep(context: Context, trigger: string, eventId: string): void {
	const already = unsure.get(trigger);
	if (already) {
		already.add(eventId);
		return;
	}
	const events = new Set([eventId]);
	unsure.set(trigger, events);
	// Without a database there is nothing to be kept.
	void lookAgain(context, trigger, events).catch(() => unsure.delete(trigger));
}

async function lookAgain(context: Context, trigger: string, events: Set<string>): Promise<void> {
	while (events.size > 0) {
		const longAdded = [...events];
		// Not at the same time as the others.
		await sleep(LOOK_AGAIN_MS * (1 + Math.random()));
		const { processed } = await add(context, longAdded);
		for (const eventId of processed) events.delete(String(eventId));
	}
	unsure.delete(trigger);
}

let last: Promise<unknown> = Promise.resolve();

/** Within this process one addition waits for the other, because n8n reads the list and then writes it. */
async function add(context: Context, eventIds: string[]) {
	const result = last.then(
		async () =>
			await context.helpers.checkProcessedAndRecord(eventIds, 'node', {
				mode: 'entries',
				maxEntries: MOST_IN_DATABASE,
			}),
	);
	last = result.catch(() => undefined);
	return await result;
}
