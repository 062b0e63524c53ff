/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';

import { breakOffEndless } from '../../nodes/telnyx/http/body';

/** Ends the half minutes over which a file is watched, one after the other. */
let windows: AbortController[];

beforeEach(() => {
	windows = [];
	jest.spyOn(AbortSignal, 'timeout').mockImplementation(() => {
		const window = new AbortController();
		windows.push(window);
		return window.signal;
	});
});
afterEach(() => jest.restoreAllMocks());

const settled = async () => await new Promise((resolve) => setImmediate(resolve));
const halfMinutePasses = () => windows.at(-1)?.abort();

describe('a file that comes in', () => {
	it('slowly, but at a rate that a line has, is kept whole', async () => {
		const file = new PassThrough();
		const kept = buffer(breakOffEndless(file, () => {}) as PassThrough);
		for (let i = 0; i < 3; i++) {
			file.write(Buffer.alloc(40_000, 'x'));
			await settled();
			halfMinutePasses();
		}
		file.end();
		expect((await kept).length).toBe(120_000);
	});

	it('by the byte, or not at all any more, is broken off', async () => {
		const file = new PassThrough();
		const kept = buffer(breakOffEndless(file, () => {}) as PassThrough);
		file.write(Buffer.alloc(40_000, 'x'));
		await settled();
		halfMinutePasses();
		file.write('x');
		await settled();
		halfMinutePasses();
		await expect(kept).rejects.toMatchObject({ code: 'ETIMEDOUT' });
	});

	it('and is not read as fast, is not the fault of who sends it', async () => {
		const file = new PassThrough();
		const content = breakOffEndless(file, () => {}) as PassThrough;
		file.write(Buffer.alloc(40_000, 'x'));
		await settled();
		halfMinutePasses();
		halfMinutePasses();
		file.end();
		expect((await buffer(content)).length).toBe(40_000);
	});

	it('without an end is broken off', async () => {
		const file = new PassThrough({ highWaterMark: 1e9 });
		const kept = buffer(breakOffEndless(file, () => {}) as PassThrough);
		const part = Buffer.alloc(1_000_000);
		// Without keeping it.
		Object.defineProperty(part, 'length', { value: 1.5e9 });
		file.push(part);
		file.push(part);
		await expect(kept).rejects.toMatchObject({ code: 'ERR_TOO_LARGE' });
	});

	it('is not watched any longer when it is there', async () => {
		const file = new PassThrough();
		const kept = buffer(breakOffEndless(file, () => {}) as PassThrough);
		file.end('x');
		await kept;
		await settled();
		halfMinutePasses();
		expect(windows).toHaveLength(1);
	});
});
