/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';

import { breakOffEndless } from '../../nodes/telnyx/http/body';
import { notKept } from '../../nodes/telnyx/http/keptFile';
import { holdTimeouts } from '../support/heldTimeouts';

/** The half minutes over which a file is watched, one after the other. */
const windows = holdTimeouts();

const settled = async () => await new Promise((resolve) => setImmediate(resolve));
const halfMinutePasses = () => windows.at(-1)?.abort();

describe('an incoming file', () => {
	it('that is slow, but as fast as a phone line, is kept whole', async () => {
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

	it('that trickles in or has stalled is broken off', async () => {
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

	it('that is read slowly is not blamed on its sender', async () => {
		// Node.js' own limit differs from version to version.
		const file = new PassThrough({ highWaterMark: 16_000 });
		const content = breakOffEndless(file, () => {}) as PassThrough;
		file.write(Buffer.alloc(40_000, 'x'));
		await settled();
		halfMinutePasses();
		halfMinutePasses();
		file.end();
		expect((await buffer(content)).length).toBe(40_000);
	});

	it('that never ends is broken off', async () => {
		const file = new PassThrough({ highWaterMark: 1e9 });
		const kept = buffer(breakOffEndless(file, () => {}) as PassThrough);
		const part = Buffer.alloc(1_000_000);
		// Without keeping it.
		Object.defineProperty(part, 'length', { value: 1.5e9 });
		file.push(part);
		file.push(part);
		await expect(kept).rejects.toMatchObject({ code: 'ERR_TOO_LARGE' });
	});

	it('that has no room in the memory of n8n fails with what its administrator can do', () => {
		const code = 'ERR_STRING_TOO_LONG';
		const error = Object.assign(new Error('Cannot create a string longer than 0x1fffffe8'), {
			code,
		});
		expect(notKept(error)).toMatchObject({
			message: 'The file is too large for an n8n that keeps files in memory',
			description: expect.stringContaining("N8N_DEFAULT_BINARY_DATA_MODE to 'filesystem'"),
		});
	});

	it('is no longer watched once it is complete', async () => {
		const file = new PassThrough();
		const kept = buffer(breakOffEndless(file, () => {}) as PassThrough);
		file.end('x');
		await kept;
		await settled();
		halfMinutePasses();
		expect(windows).toHaveLength(1);
	});
});
