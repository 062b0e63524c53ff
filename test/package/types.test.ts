/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- test code, never shipped */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

/** Jest strips the types without checking them. This check runs alongside the other tests. */
it('every file passes the type check', () => {
	const { stdout, status } = spawnSync('npm run --silent types', {
		cwd: resolve(__dirname, '../..'),
		encoding: 'utf8',
		shell: true,
	});
	expect(stdout).toBe('');
	expect(status).toBe(0);
}, 300_000);
