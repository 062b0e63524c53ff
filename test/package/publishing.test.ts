/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- test code, never shipped */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { parse } from 'yaml';

import manifest from '../../package.json';
import { run } from '../support/guarded';
import { startRecorder, type Answer, type Recorded, type Recorder } from '../support/recorder';

/** The workflow that publishes: what it may do, and how its last step logs in to npm. */
const text = readFileSync(join(__dirname, '../../.github/workflows/publish.yml'), 'utf8');

interface Step {
	run?: string;
	env?: Record<string, string>;
}

interface Workflow {
	permissions: Record<string, string>;
	jobs: Record<string, { needs?: string; permissions?: Record<string, string>; steps: Step[] }>;
}

const { jobs, permissions } = parse(text) as Workflow;
const last = jobs.publish.steps.at(-1)!;

it('publishes what has passed the tests', () => {
	expect(jobs.publish.needs).toBe('test');
	expect(jobs.test.steps).toContainEqual({ run: '.ci/run' });
	expect(last.run).toMatch(/^npm run release$/m);
});

it('gives the right to sign to the job that publishes, and to no other', () => {
	const writing = ({ permissions: own = permissions }) => own['id-token'] === 'write';
	expect(Object.keys(jobs).filter((name) => writing(jobs[name]))).toEqual(['publish']);
	expect(manifest.publishConfig).toEqual({ access: 'public', provenance: true });
});

it('gives the token to the step that publishes, and to no other', () => {
	expect(text.match(/secrets\.\w+/g)).toEqual(['secrets.NPM_TOKEN']);
	expect(last.env).toEqual({ NODE_AUTH_TOKEN: '${{ secrets.NPM_TOKEN }}' });
});

describe('the step that publishes', () => {
	const TOKEN = 'token-of-the-owner';
	let registry: Recorder;
	let folder: string;
	const settings = () => join(folder, 'settings-of-npm');

	beforeEach(async () => {
		registry = await startRecorder();
		registry.answer = (request) => asRegistry(request);
		folder = mkdtempSync(join(tmpdir(), 'publishing-'));
		const scripts = { release: 'npm publish' };
		const publishConfig = { provenance: false };
		const content = { name: 'not-published-yet', version: '1.0.0', scripts, publishConfig };
		writeFileSync(join(folder, 'package.json'), JSON.stringify(content));
	});
	afterEach(async () => {
		await registry.close();
		rmSync(folder, { recursive: true });
	});

	/** Runs it as GitHub does, with a package that publishes to a registry on this machine. */
	const publish = async (more: Record<string, string> = {}) =>
		await run('bash', ['-e', '-c', last.run!], {
			cwd: folder,
			env: {
				PATH: process.env.PATH,
				HOME: folder,
				npm_config_userconfig: settings(),
				npm_config_registry: new URL('/', registry.baseUrl).href,
				npm_config_cache: join(folder, 'cache'),
				npm_config_update_notifier: 'false',
				// GitHub has an empty text for a secret that there is not.
				NODE_AUTH_TOKEN: '',
				...more,
			},
		});

	/** With what npm logged in when it published. */
	const logins = () =>
		registry.requests.filter(({ method }) => method === 'PUT').map(authorizationOf);

	it('with a token, npm logs in with it', async () => {
		await publish({ NODE_AUTH_TOKEN: TOKEN });
		expect(logins()).toEqual([`Bearer ${TOKEN}`]);
		expect(readFileSync(settings(), 'utf8')).not.toContain(TOKEN);
	});

	it('without one, npm is told of none', async () => {
		await expect(publish()).rejects.toThrow(/ENEEDAUTH/);
		expect(logins()).toEqual([]);
		expect(existsSync(settings())).toBe(false);
	});

	describe('on GitHub', () => {
		/** What GitHub gives to a job that has the right to sign. */
		const ofGithub = () => ({
			GITHUB_ACTIONS: 'true',
			ACTIONS_ID_TOKEN_REQUEST_URL: `${registry.baseUrl}/identity?of=job`,
			ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'of-the-job',
		});
		const itWithTrust = knowsTrustedPublishers() ? it : it.skip;

		itWithTrust('without one, npm logs in as a trusted publisher', async () => {
			registry.answer = (request) => asRegistry(request, { trusts: true });
			await publish(ofGithub());
			expect(logins()).toEqual(['Bearer for-this-job']);
		});

		itWithTrust('the token counts while there is no trusted publisher', async () => {
			await publish({ ...ofGithub(), NODE_AUTH_TOKEN: TOKEN });
			const exchanges = registry.requests.filter(({ url }) => url.includes('/oidc/'));
			expect(exchanges.map(authorizationOf)).toEqual(['Bearer identity-of-the-job']);
			expect(logins()).toEqual([`Bearer ${TOKEN}`]);
		});
	});
});

const authorizationOf = ({ headers }: Recorded) => headers.authorization;

/** Answers as npm's registry does, and as GitHub does when a job asks who it is. */
function asRegistry({ method, url }: Recorded, { trusts = false } = {}): Answer {
	if (url.includes('/identity')) return { body: { value: 'identity-of-the-job' } };
	if (url.includes('/oidc/') && trusts) return { body: { token: 'for-this-job' } };
	return method === 'PUT'
		? { status: 201, body: {} }
		: { status: 404, body: { error: 'Not found' } };
}

/** Not before npm 11.5.1, which Node.js 20 does not have. */
function knowsTrustedPublishers(): boolean {
	const version = execFileSync('npm', ['--version'], { encoding: 'utf8' });
	const [major, minor] = version.split('.').map(Number);
	return major > 11 || (major === 11 && minor > 5);
}
