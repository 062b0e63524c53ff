/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- test code, never shipped */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

/** Jest itself drops the types unread. Here they are checked beside the other tests, not before them. */
it('every file is right in its types', () => {
	const { stdout, status } = spawnSync('npm run --silent types', {
		cwd: resolve(__dirname, '../..'),
		encoding: 'utf8',
		shell: true,
	});
	expect(stdout).toBe('');
	expect(status).toBe(0);
}, 300_000);
