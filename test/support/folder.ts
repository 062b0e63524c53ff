/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Before all tests: a folder for what n8n-core writes, which `cleanUp.ts` removes after them. */
export default async () => {
	process.env.TEST_FOLDER = await mkdtemp(join(tmpdir(), 'telnyx-tests-'));
};
