import { sleep, type IExecuteFunctions } from 'n8n-workflow';

import { BoundedMap } from '../../shared/boundedMap';

/** How many events are kept for a trigger: n8n reads and writes all of them for every event. */
const MOST_IN_DATABASE = 1_000;
/** Longer than n8n takes from reading the list to writing it. */
const LOOK_AGAIN_MS = 1_000;

type HasHelpers = Pick<IExecuteFunctions, 'helpers'>;

/**
 * Adds an event to the list that n8n's database has for a trigger.
 * @param trigger what tells triggers apart
 * @param isOnlyProcess whether no other process adds to the list
 * @returns whether it was not in the list before
 */
export async function isNewInDatabase(
	context: HasHelpers,
	trigger: string,
	eventId: string,
	isOnlyProcess: boolean,
): Promise<boolean> {
	// Two processes that both find no list make one each, and the database refuses the second.
	const { processed } = await add(context, [eventId]).catch(
		async () => await add(context, [eventId]),
	);
	const isNew = processed.length === 0;
	if (isNew && !isOnlyProcess) watch(context, trigger, eventId);
	return isNew;
}

/** The IDs of watched events. Those that the database no longer keeps need not be looked up. */
const newEvents = () => new BoundedMap<string, true>(MOST_IN_DATABASE);
type Events = ReturnType<typeof newEvents>;

const MOST_TRIGGERS = 1_000;

/** By trigger: the events that another process may have removed again without knowing them. */
const watched = new BoundedMap<string, Events>(MOST_TRIGGERS);

/**
 * The list has no lock, so what one process adds is lost if another one had read the list before and
 * writes it afterwards. Adds an event again in the background until it is found in the list.
 */
function watch(context: HasHelpers, trigger: string, eventId: string): void {
	const already = watched.get(trigger);
	if (already) {
		already.set(eventId, true);
		return;
	}
	const events = newEvents().set(eventId, true);
	watched.set(trigger, events);
	// Without a database there is nothing to watch.
	void addUntilFound(context, trigger, events).catch(() => watched.delete(trigger));
}

async function addUntilFound(context: HasHelpers, trigger: string, events: Events): Promise<void> {
	while (events.size > 0) {
		const longAdded = [...events.keys()];
		// Not at the same time as other processes.
		await sleep(LOOK_AGAIN_MS * (1 + Math.random()));
		const { processed } = await add(context, longAdded);
		for (const eventId of processed) events.delete(String(eventId));
	}
	watched.delete(trigger);
}

let last: Promise<unknown> = Promise.resolve();

/** Within this process one addition waits for the other, because n8n reads the list and then writes it. */
async function add(context: HasHelpers, eventIds: string[]) {
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
