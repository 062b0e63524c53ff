import { Deadlines } from '../../nodes/waiting/deadlines';
import { handClock } from '../support/handClock';

const acts: string[] = [];
beforeEach(() => acts.splice(0));
const act = (name: string) => () => void acts.push(name);

it('calls back on time, not at the next look', async () => {
	const clock = handClock();
	const deadlines = new Deadlines(clock);
	deadlines.set('later', 2_030, act('later'));
	deadlines.set('sooner', 1_120, act('sooner'));
	await clock.passes(1_119);
	expect(acts).toEqual([]);
	await clock.passes(1);
	expect(acts).toEqual(['sooner']);
	await clock.passes(910);
	expect(acts).toEqual(['sooner', 'later']);
	expect(clock.waitsMs()).toEqual([]);
});

it('calls back soon for what is set while it rests, and never for what was cleared', async () => {
	const clock = handClock();
	const deadlines = new Deadlines(clock);
	deadlines.set('far', 60_000, act('far'));
	await clock.passes(10);
	deadlines.set('near', 20, act('near'));
	await clock.passes(250);
	expect(acts).toEqual(['near']);
	deadlines.clear('far');
	await clock.passes(60_000);
	expect(acts).toEqual(['near']);
});

it('does not run through many that are due one after the other all the time', async () => {
	const clock = handClock();
	const deadlines = new Deadlines(clock);
	for (let at = 1_000; at < 1_100; at += 1) deadlines.set(String(at), at, act(String(at)));
	await clock.passes(1_000);
	expect(acts).toEqual(['1000']);
	await clock.passes(110);
	expect(acts).toHaveLength(100);
});
