/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { installAsN8nDoes } from '../support/packed';
import { startN8n } from '../support/realN8n';
import { CREDENTIAL_TYPES, NODE_TYPES, TOOL_TYPES } from '../support/typeNames';

/** The steps of n8n's own installer beyond an installation by hand, which all other tests use. */
let folder: string;
let n8n: Awaited<ReturnType<typeof startN8n>>;

beforeAll(async () => {
	const registry = process.env.TEST_REGISTRY as string;
	n8n = await startN8n({
		install: async (userFolder) => (folder = await installAsN8nDoes(userFolder, registry)),
	});
});

afterAll(async () => await n8n?.stop());

it('needs nothing but the package', () => {
	expect(existsSync(join(folder, 'node_modules'))).toBe(false);
});

it('has no scripts that n8n would leave out', () => {
	const { scripts } = jest.requireActual(join(folder, 'package.json'));
	const atInstallation = ['preinstall', 'install', 'postinstall', 'prepare'];
	expect(atInstallation.filter((name) => name in scripts)).toEqual([]);
});

it('gives n8n every node under the name that workflows have', async () => {
	const types = await offered('nodes');
	expect([...NODE_TYPES, ...TOOL_TYPES].filter((type) => !types.includes(type))).toEqual([]);
});

it('gives n8n every credential', async () => {
	expect(await offered('credentials')).toEqual(expect.arrayContaining(CREDENTIAL_TYPES));
});

/** The names of the types that the editor offers. */
async function offered(kind: 'nodes' | 'credentials') {
	const { cookie } = n8n;
	const response = await fetch(`${n8n.url}/types/${kind}.json`, { headers: { cookie: cookie() } });
	return ((await response.json()) as Array<{ name: string }>).map(({ name }) => name);
}
