/**
 * Runs `task` for every item, at most `most` at a time, and returns the results in the items' order.
 * After a rejection no further task is started; once those under way have ended, the rejection of the
 * first item in order is thrown.
 */
export async function inPool<Item, Result>(
	items: readonly Item[],
	most: number,
	task: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
	const results = new Array<Result>(items.length);
	const failures = new Map<number, unknown>();
	const queue = items.entries();
	const worker = async () => {
		for (const [index, item] of queue) {
			try {
				results[index] = await task(item, index);
			} catch (error) {
				failures.set(index, error);
			}
			if (failures.size > 0) return;
		}
	};
	await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker));
	if (failures.size > 0) throw failures.get(Math.min(...failures.keys()));
	return results;
}
