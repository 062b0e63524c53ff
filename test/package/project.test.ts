/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- test code, never shipped */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

/** What an npm script prints, and whether it succeeded. */
function run(script: string) {
	const { stdout, status } = spawnSync(`npm run --silent ${script}`, {
		cwd: resolve(__dirname, '../..'),
		encoding: 'utf8',
		shell: true,
	});
	return { stdout, status };
}

/** Jest strips the types without checking them. This check runs alongside the other tests. */
it('every file passes the type check', () => {
	expect(run('types')).toEqual({ stdout: '', status: 0 });
}, 300_000);

it('every import keeps to the layout', () => {
	expect(run('layout')).toEqual({
		stdout: expect.stringContaining('no dependency violations found'),
		status: 0,
	});
}, 300_000);
