import { hasEventUnderway, onTheWay } from '../../nodes/waiting/underway';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

it('an event is on its way until all that are being offered have arrived', async () => {
	const arrive: Array<() => void> = [];
	const offer = async () =>
		await onTheWay('7', async () => await new Promise<void>((resolve) => arrive.push(resolve)));
	const both = [offer(), offer()];
	expect(hasEventUnderway('8')).toBe(false);
	arrive[0]();
	await both[0];
	expect(hasEventUnderway('7')).toBe(true);
	arrive[1]();
	await both[1];
	await jest.advanceTimersByTimeAsync(0);
	expect(hasEventUnderway('7')).toBe(false);
});

it('one that fails has arrived as well', async () => {
	await expect(
		onTheWay('7', async () => await Promise.reject(new Error('refused'))),
	).rejects.toThrow('refused');
	await jest.advanceTimersByTimeAsync(0);
	expect(hasEventUnderway('7')).toBe(false);
});

it('one that n8n does not answer keeps nobody waiting for more than 2 seconds', async () => {
	void onTheWay('7', async () => await new Promise(() => {}));
	await jest.advanceTimersByTimeAsync(1_999);
	expect(hasEventUnderway('7')).toBe(true);
	await jest.advanceTimersByTimeAsync(1);
	expect(hasEventUnderway('7')).toBe(false);
});
