import { isLater, laterOf } from '../../nodes/shared/isLater';

describe('the later of two times', () => {
	const early = '2026-11-28T13:00:00Z';
	const late = '2026-11-28T15:00:00.5+02:00';
	it.each([
		[early, late, late],
		[late, early, late],
		[early, undefined, early],
		[late, 'soon', late],
		['soon', late, late],
		['soon', undefined, 'soon'],
	])('of %j and %j is %j', (time, other, later) => {
		expect(laterOf(time, other)).toBe(later);
	});

	it('is told to the microsecond', () => {
		const [one, next] = ['2026-11-28T13:00:00.000001Z', '2026-11-28T13:00:00.000002Z'];
		expect([isLater(next, one), isLater(one, next)]).toEqual([true, false]);
		expect([laterOf(one, next), laterOf(next, one)]).toEqual([next, next]);
	});
});
