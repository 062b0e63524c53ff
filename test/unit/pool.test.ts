import { sleep } from 'n8n-workflow';

import { inPool } from '../../nodes/shared/pool';

/** A task that ends when the test says so. */
function controlled() {
	const endings: Array<{ done: () => void; fail: (error: Error) => void }> = [];
	const task = async (item: number) =>
		await new Promise<number>((resolve, reject) => {
			endings[item] = { done: () => resolve(item * 10), fail: reject };
		});
	return { endings, task };
}

const settled = async () => await sleep(0);

describe('the pool', () => {
	it('starts the next task when one ends, not sooner', async () => {
		const { endings, task } = controlled();
		const all = inPool([0, 1, 2, 3], 2, task);
		expect(endings).toHaveLength(2);
		endings[1].done();
		await settled();
		expect(endings).toHaveLength(3);
		endings[2].done();
		endings[0].done();
		await settled();
		endings[3].done();
		await expect(all).resolves.toEqual([0, 10, 20, 30]);
	});

	it('starts nothing after a failure, waits for the running tasks, and throws the first failure in order', async () => {
		const { endings, task } = controlled();
		let ended = false;
		const all = inPool([0, 1, 2, 3], 2, task).finally(() => (ended = true));
		endings[1].fail(new Error('second'));
		await settled();
		expect(ended).toBe(false);
		endings[0].fail(new Error('first'));
		await expect(all).rejects.toThrow('first');
		expect(endings).toHaveLength(2);
	});

	it('without tasks returns nothing', async () => {
		await expect(inPool([], 25, async () => 1)).resolves.toEqual([]);
	});
});
