/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code, never shipped */
import { join } from 'node:path';

import { name } from '../../package.json';
import { DOCKER, environmentOf, readCompose } from '../support/compose';
import { run } from '../support/guarded';
import { installN8n } from '../support/installN8n';
import { brokenByN8n3, WITH_DEFAULTS } from '../support/migration';
import { startN8n } from '../support/realN8n';
import { NODE_TYPES } from '../support/typeNames';

/** What the files for Docker Compose do, as far as it goes without Docker. */
const single = readCompose('compose.yml');
const queue = readCompose('compose.queue.yml');

it('n8n loads the package as docker/install.sh puts it there, with the settings of docker/compose.yml', async () => {
	const env = environmentOf(single, 'n8n');
	const n8n = await startN8n({
		install: async (userFolder) => {
			const folder = join(userFolder, '.n8n/nodes');
			await run('sh', [join(DOCKER, 'install.sh'), join(DOCKER, '..'), folder]);
		},
		env,
	});
	try {
		const headers = { cookie: n8n.cookie() };
		const response = await fetch(`${n8n.url}/types/nodes.json`, { headers });
		const offered = (await response.json()) as Array<{ name: string }>;
		const types = offered.map((type) => type.name);
		expect(NODE_TYPES.filter((type) => !types.includes(type))).toEqual([]);
		const icon = `${n8n.url}/icons/${name}/dist/nodes/TelnyxAdvanced/telnyx.svg`;
		expect((await fetch(icon)).status).toBe(200);
		const { ofInstance } = await brokenByN8n3(n8n);
		expect(ofInstance).toEqual(WITH_DEFAULTS.filter((id) => id !== 'unverified-packages-v3'));
		const warnings = n8n.log.filter(({ level }) => level === 'warn').map(({ message }) => message);
		expect(Object.keys(env).filter((setting) => warnings.join().includes(setting))).toEqual([]);
	} finally {
		await n8n.stop();
	}
});

it('n8n knows every setting in them', async () => {
	const { n8n } = await installN8n();
	const modules = join(n8n, '../../..');
	const settings = new Set(
		[single, queue].flatMap((compose) =>
			Object.values(compose.services)
				.filter(({ image }) => image.startsWith('n8nio/'))
				.flatMap(({ environment = {} }) => Object.keys(environment)),
		),
	);
	const found = await run(
		'grep',
		[
			...['-rhoE', "Env\\)\\('[A-Z0-9_]+'|process\\.env\\.[A-Z0-9_]+", '--include=*.js'],
			...['@n8n/config/dist', 'n8n/dist'],
		],
		{ cwd: modules },
	);
	const known = new Set(found.match(/[A-Z0-9_]{4,}/g));
	expect([...settings].filter((setting) => !known.has(setting))).toEqual([]);
	expect(settings.size).toBeGreaterThan(10);
});
