import type { IExecuteFunctions } from 'n8n-workflow';

import { isNewInDatabase } from '../../nodes/TelnyxAdvancedTrigger/event/seenInDatabase';

/** n8n's table, to which each process writes the list that it has read before. */
let list: string[] | undefined;
let additions: number;

type Helpers = IExecuteFunctions['helpers'];

const helpers = {
	async checkProcessedAndRecord(ids: string[]) {
		additions += 1;
		const read = list;
		await Promise.resolve();
		if (read === undefined && list !== undefined) throw new Error('duplicate key');
		const fresh = ids.filter((id) => !read?.includes(id));
		list = [...(read ?? []), ...fresh];
		return { new: fresh, processed: ids.filter((id) => read?.includes(id)) };
	},
} as unknown as Helpers;

const isNew = async (id: string, isOnlyProcess = false) =>
	await isNewInDatabase({ helpers }, 'trigger', id, isOnlyProcess);

beforeEach(() => {
	jest.useFakeTimers();
	list = undefined;
	additions = 0;
});

afterEach(async () => {
	await jest.runAllTimersAsync();
	jest.useRealTimers();
});

it('an event is new once', async () => {
	expect(await isNew('a')).toBe(true);
	expect(await isNew('b')).toBe(true);
	expect(await isNew('a')).toBe(false);
});

it('an event is added again that another process has overwritten', async () => {
	await isNew('a');
	list = ['from another process'];
	await jest.advanceTimersByTimeAsync(2_000);
	expect(list).toEqual(['from another process', 'a']);

	list = ['once more'];
	await jest.advanceTimersByTimeAsync(2_000);
	expect(list).toEqual(['once more', 'a']);

	await jest.runAllTimersAsync();
	expect(jest.getTimerCount()).toBe(0);
	expect(await isNew('a')).toBe(false);
});

it('all events of a trigger are looked up together', async () => {
	for (const id of ['a', 'b', 'c']) await isNew(id);
	expect(additions).toBe(3);
	await jest.runAllTimersAsync();
	// Those that came after the first wait for the next round.
	expect(additions).toBe(5);
});

it('nothing is looked up if there is only one process', async () => {
	await isNew('a', true);
	expect(jest.getTimerCount()).toBe(0);
});

it('the first event is not lost if another process creates the list at the same time', async () => {
	const answer = isNew('a');
	await Promise.resolve();
	list ??= ['from another process'];
	expect(await answer).toBe(true);
	expect(list).toEqual(['from another process', 'a']);
});

it('a broken database is not tried forever', async () => {
	await isNew('a');
	const broken = jest.spyOn(helpers, 'checkProcessedAndRecord').mockRejectedValue(new Error('no'));
	await jest.runAllTimersAsync();
	expect(broken).toHaveBeenCalledTimes(1);
	broken.mockRestore();
	expect(await isNew('b')).toBe(true);
	expect(jest.getTimerCount()).toBe(1);
});
