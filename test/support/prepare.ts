/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { bundlePackages } from './bundles';

/** Before all tests: bundles packages, and creates a folder for n8n-core's files, which `cleanUp.ts` removes. */
export default async () => {
	await bundlePackages();
	process.env.TEST_FOLDER = await mkdtemp(join(tmpdir(), 'telnyx-tests-'));
};
