/* eslint-disable @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { Workload } from '../../nodes/telnyx/webhooks/workload';

/** Work that ends when the test says so. */
function work() {
	let end = () => {};
	const done = new Promise<void>((resolve) => (end = resolve));
	return { done, end };
}
const settled = async () => await new Promise(setImmediate);
const forever = async () => await new Promise<void>(() => {});

describe('new executions', () => {
	it('start in the order in which they came, when there is room', async () => {
		const workload = new Workload(1, 5, forever);
		const [one, two, three] = [work(), work(), work()];
		const started: number[] = [];
		const start = (number: number, { done }: ReturnType<typeof work>) =>
			void workload.turn(done).then((hasTurn) => hasTurn && started.push(number));
		start(1, one);
		start(2, two);
		start(3, three);
		await settled();
		expect(started).toEqual([1]);
		one.end();
		await settled();
		expect(started).toEqual([1, 2]);
		two.end();
		await settled();
		expect(started).toEqual([1, 2, 3]);
	});

	it('wait for those that resume', async () => {
		const workload = new Workload(1, 5, forever);
		const [one, two] = [work(), work()];
		workload.add(one.done);
		workload.add(two.done);
		const turn = jest.fn();
		void workload.turn(forever()).then(turn);
		one.end();
		await settled();
		expect(turn).not.toHaveBeenCalled();
		two.end();
		await settled();
		expect(turn).toHaveBeenCalledWith(true);
	});

	it('are refused if too many are waiting', async () => {
		const workload = new Workload(1, 1, forever);
		await workload.turn(forever());
		void workload.turn(forever());
		expect(await workload.turn(forever())).toBe(false);
	});

	describe('do not wait for one that takes long', () => {
		/** What the second of two starts is told after so many milliseconds, the first one never being over. */
		const after = async (ms: number, workload: Workload) => {
			const turn = jest.fn();
			void workload.turn(forever());
			void workload.turn(forever()).then(turn);
			await jest.advanceTimersByTimeAsync(ms);
			return turn.mock.calls;
		};
		beforeEach(() => void jest.useFakeTimers());
		afterEach(() => void jest.useRealTimers());

		it('if it runs here: it may have paused', async () => {
			expect(await after(500, new Workload(1, 5))).toEqual([]);
			expect(await after(1_500, new Workload(1, 5))).toEqual([[true]]);
		});

		it('for half a minute if workers run them: n8n is slow to respond then', async () => {
			const elsewhere = () => {
				const workload = new Workload(1, 5);
				workload.noteElsewhere();
				return workload;
			};
			expect(await after(20_000, elsewhere())).toEqual([]);
			expect(await after(31_000, elsewhere())).toEqual([[true]]);
			const here = elsewhere();
			here.addRun(Promise.resolve());
			expect(await after(1_500, here)).toEqual([[true]]);
		});
	});
});
