/* eslint-disable @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { RateLimiter, RateLimitError, StoppedError } from '../../nodes/telnyx/http/rateLimiter';
import { handClock } from '../support/handClock';

const OK = { statusCode: 200, headers: {} };
const tooMany = (headers: Record<string, string> = {}) => ({ statusCode: 429, headers });

const limiterWith = (limits: Partial<ConstructorParameters<typeof RateLimiter>[0]> = {}) => {
	const clock = handClock({ skips: true });
	const limiter = new RateLimiter({ mostAtOnce: 4, longestWaitMs: 40_000, ...limits }, clock);
	return { clock, limiter };
};

/** A request whose reply the test decides. */
function request() {
	let answer: (reply: { statusCode: number; headers: Record<string, string> }) => void = () => {};
	const reply = new Promise<Parameters<typeof answer>[0]>((resolve) => (answer = resolve));
	const sent = { count: 0 };
	const send = async () => {
		sent.count += 1;
		return await reply;
	};
	return { send, answer, sent };
}

/** Lets all pending promise callbacks run. */
const settled = async () => await new Promise((resolve) => setImmediate(resolve));

it('has no more requests in flight than allowed, and sends the next when a reply arrives', async () => {
	const { limiter } = limiterWith({ mostAtOnce: 2 });
	const requests = [request(), request(), request()];
	const replies = requests.map(async ({ send }) => await limiter.run(send, false));
	await settled();
	expect(requests.map(({ sent }) => sent.count)).toEqual([1, 1, 0]);
	requests[1].answer(OK);
	await settled();
	expect(requests.map(({ sent }) => sent.count)).toEqual([1, 1, 1]);
	for (const { answer } of requests) answer(OK);
	await Promise.all(replies);
});

it('starts no more in a second than allowed', async () => {
	const { clock, limiter } = limiterWith({ perSecond: 4 });
	const starts: number[] = [];
	for (let i = 0; i < 5; i++) {
		await limiter.run(async () => {
			starts.push(clock.waited);
			return OK;
		}, false);
	}
	expect(starts).toEqual([0, 250, 500, 750, 1000]);
});

describe('a 429', () => {
	it.each([
		['as long as Retry-After says', { 'retry-after': '7' }, 7_000],
		['until the allowance is renewed', { 'x-ratelimit-reset': '3' }, 3_000],
	])('blocks the next request %s', async (_what, headers: Record<string, string>, ms) => {
		const { clock, limiter } = limiterWith();
		await limiter.run(async () => tooMany(headers), false);
		await limiter.run(async () => OK, false);
		expect(clock.waited).toBe(ms);
	});

	it('after replies that round the seconds up: trusts the earliest, which is the most exact', async () => {
		const { clock, limiter } = limiterWith();
		const reset = { 'x-ratelimit-reset': '1' };
		await limiter.run(async () => ({ ...OK, headers: reset }), false);
		await clock.pause(900);
		await limiter.run(async () => tooMany(reset), false);
		await limiter.run(async () => OK, false);
		expect(clock.waited).toBe(1_000);
	});

	it('without a time blocks for longer each time, up to 8 seconds', async () => {
		jest.spyOn(Math, 'random').mockReturnValue(0);
		const { clock, limiter } = limiterWith();
		const waits: number[] = [];
		let before = 0;
		for (let i = 0; i < 6; i++) {
			await limiter.run(async () => tooMany(), false);
			waits.push(clock.waited - before);
			before = clock.waited;
		}
		expect(waits).toEqual([0, 500, 1_000, 2_000, 4_000, 8_000]);
		await limiter.run(async () => OK, false);
		before = clock.waited;
		await limiter.run(async () => tooMany(), false);
		await limiter.run(async () => OK, false);
		expect(clock.waited - before).toBe(500);
		jest.restoreAllMocks();
	});

	it('halves how many may be in flight; each success allows one more', async () => {
		const { limiter } = limiterWith({ mostAtOnce: 4 });
		await limiter.run(async () => tooMany(), false);
		const requests = [request(), request(), request(), request()];
		const replies = requests.map(async ({ send }) => await limiter.run(send, false));
		await settled();
		expect(requests.map(({ sent }) => sent.count)).toEqual([1, 1, 0, 0]);
		requests[0].answer(OK);
		await settled();
		expect(requests.map(({ sent }) => sent.count)).toEqual([1, 1, 1, 1]);
		for (const { answer } of requests) answer(OK);
		await Promise.all(replies);
	});

	it('ends the wait at once if Telnyx asks for a longer one than is allowed', async () => {
		const { clock, limiter } = limiterWith();
		await limiter.run(async () => tooMany({ 'retry-after': '41' }), false);
		const next = request();
		await expect(limiter.run(next.send, false)).rejects.toEqual(new RateLimitError(41));
		expect(next.sent.count).toBe(0);
		expect(clock.waited).toBe(0);
	});

	it('that follows another adds to it: the whole block counts', async () => {
		const { limiter } = limiterWith();
		for (let i = 0; i < 2; i++) {
			await limiter.run(async () => tooMany({ 'retry-after': '20' }), false);
		}
		await limiter.run(async () => tooMany({ 'retry-after': '20' }), false);
		await expect(limiter.run(async () => OK, false)).rejects.toBeInstanceOf(RateLimitError);
	});
});

describe('after a stop', () => {
	it('sends nothing more', async () => {
		const { limiter } = limiterWith();
		limiter.stop();
		const next = request();
		await expect(limiter.run(next.send, false)).rejects.toBeInstanceOf(StoppedError);
		expect(next.sent.count).toBe(0);
	});

	it('still sends commands that may have been carried out before: another try may tell', async () => {
		const { limiter } = limiterWith();
		limiter.stop();
		await expect(limiter.run(async () => OK, true)).resolves.toBe(OK);
	});
});

it('stops when the execution is canceled', async () => {
	const { limiter } = limiterWith({ signal: AbortSignal.abort() });
	await expect(limiter.run(async () => OK, false)).rejects.toThrow('canceled');
});
