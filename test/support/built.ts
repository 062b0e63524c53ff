/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @typescript-eslint/no-require-imports -- test code, never shipped */
import { join } from 'node:path';

const DIST = join(__dirname, '../../dist');

/**
 * Loads a module of the built package, which is what users get.
 * @param path below `dist`, such as `nodes/catalogue`
 * @throws if the package has not been built
 */
export const built = <T>(path: string): T => require(join(DIST, path));
