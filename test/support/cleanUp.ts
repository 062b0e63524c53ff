/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { rm } from 'node:fs/promises';

/** Removes the folder of `prepare.ts` after all tests. */
export default async () => {
	const { TEST_FOLDER = '' } = process.env;
	await rm(TEST_FOLDER, { recursive: true, force: true });
};
