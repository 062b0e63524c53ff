/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions, no-console -- test code, never shipped */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { PackageDirectoryLoader, resolveOutputSchemaPath } from 'n8n-core';
import type { ICredentialType, INodePropertyOptions, INodeType } from 'n8n-workflow';

import { npmEnvironment } from '../support/cache';

/** The package as n8n and npm see it. Needs `npm run build`, which `npm test` does first. */
const root = resolve(__dirname, '../..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
	main: string;
	version: string;
	dependencies?: unknown;
};

describe('the built package', () => {
	const loader = new PackageDirectoryLoader(root);
	beforeAll(async () => await loader.loadAll());

	it('is loaded by n8n: four nodes and one credential', () => {
		expect(Object.keys(loader.known.nodes).sort()).toEqual([
			'telnyxAdvanced',
			'telnyxAdvancedTrigger',
			'telnyxAiAssistantTrigger',
			'telnyxPhoneCall',
		]);
		expect(Object.keys(loader.known.credentials)).toEqual(['telnyxAdvancedApi']);
	});

	const CALLS = ['Phone', 'IVR', 'DTMF'];
	it.each([
		['telnyxAdvanced', CALLS],
		['telnyxAdvancedTrigger', CALLS],
		['telnyxAiAssistantTrigger', ['Phone', 'Voice Agent', 'Tool Call']],
		['telnyxPhoneCall', CALLS],
	])('%s has themed icons and is found by search', (name, words) => {
		const { description } = loader.getNode(name).type as INodeType;
		expect(description.iconUrl).toEqual({
			light: expect.stringMatching(/telnyx\.svg$/),
			dark: expect.stringMatching(/telnyx\.dark\.svg$/),
		});
		for (const icon of Object.values(description.iconUrl as Record<string, string>)) {
			const path = icon.replace(/^icons\/[^/]+\//, '');
			expect(readFileSync(join(root, path), 'utf8')).toContain('<svg');
		}
		expect(description.codex).toMatchObject({ categories: ['Communication'] });
		for (const word of words) {
			expect(description.codex?.alias).toContainEqual(expect.stringContaining(word));
		}
	});

	it('offers the action node as a tool for AI agents, but not the triggers', () => {
		const isTool = (name: string) =>
			(loader.getNode(name).type as INodeType).description.usableAsTool;
		expect(isTool('telnyxAdvanced')).toBe(true);
		expect(isTool('telnyxAdvancedTrigger')).toBeUndefined();
		expect(isTool('telnyxAiAssistantTrigger')).toBeUndefined();
	});

	it("has its operations listed in n8n's nodes panel, unlike nodes of the AI category", () => {
		const { codex } = (loader.getNode('telnyxAdvanced').type as INodeType).description;
		expect(codex?.subcategories?.AI).toBeUndefined();
	});

	it('has the output of every operation and step, and of the trigger, for the editor to preview', () => {
		const { properties } = (loader.getNode('telnyxAdvanced').type as INodeType).description;
		const operations = properties
			.filter(({ name }) => name === 'operation')
			.flatMap(({ options = [], displayOptions }) =>
				options.map((option) => ({
					resource: String(displayOptions?.show?.resource?.[0]),
					operation: String((option as INodePropertyOptions).value),
				})),
			);
		for (const which of operations) {
			const { type, properties } = previewOf('TelnyxAdvanced', which) as {
				type: string;
				properties: object;
			};
			expect({ ...which, type }).toEqual({ ...which, type: 'object' });
			expect({ ...which, names: Object.keys(properties) }).not.toEqual({ ...which, names: [] });
		}
		expect(previewOf('TelnyxAdvanced', { resource: 'input', operation: 'sendDtmf' })).toMatchObject(
			{
				properties: { call_control_id: { type: 'string' }, result: { type: 'string' } },
			},
		);
		const { properties: ofSteps } = (loader.getNode('telnyxPhoneCall').type as INodeType)
			.description;
		const { options: steps = [] } = ofSteps.find(({ name }) => name === 'operation')!;
		for (const step of steps) {
			const operation = String((step as INodePropertyOptions).value);
			expect(previewOf('TelnyxPhoneCall', { resource: 'call', operation })).toMatchObject({
				properties: { call_control_id: { type: 'string' }, outcome: { type: 'string' } },
			});
		}
		expect(previewOf('TelnyxAdvancedTrigger', {})).toMatchObject({
			properties: { event_type: { type: 'string' }, payload: { properties: expect.anything() } },
		});
	});

	it('masks the secrets and not the public key', () => {
		const { properties } = loader.getCredential('telnyxAdvancedApi').type as ICredentialType;
		const isMasked = (field: string) =>
			properties.find(({ name }) => name === field)?.typeOptions?.password ?? false;
		const masked = ['apiKey', 'languageModelSecret', 'publicKey'].map(isMasked);
		expect(masked).toEqual([true, true, false]);
	});

	it('needs nothing at run time that n8n does not have', () => {
		expect(manifest.dependencies).toBeUndefined();
		const paths = packed().files.map(({ path }) => path);
		for (const file of paths.filter((path) => /^dist\/.*\.js$/.test(path))) {
			const required = [
				...readFileSync(join(root, file), 'utf8').matchAll(/require\("([^"]+)"\)/g),
			];
			const foreign = required
				.map(([, name]) => name)
				.filter((name) => !name.startsWith('.') && !['n8n-workflow', 'node:crypto'].includes(name));
			expect([file, foreign]).toEqual([file, []]);
		}
	});

	it('can be loaded by a program', async () => {
		const exported = (await import(join(root, manifest.main))) as { default: object };
		expect(Object.keys(exported.default).sort()).toEqual([
			'TelnyxAdvanced',
			'TelnyxAdvancedApi',
			'TelnyxAdvancedTrigger',
			'TelnyxAiAssistantTrigger',
			'TelnyxPhoneCall',
		]);
	});
});

describe('the tarball', () => {
	it('holds dist, index.js, README, LICENSE and CHANGELOG, and nothing else', () => {
		const files = packed().files.map(({ path }) => path);
		expect(files.filter((path) => !path.startsWith('dist/')).sort()).toEqual([
			'CHANGELOG.md',
			'LICENSE',
			'README.md',
			'index.js',
			'package.json',
		]);
		expect(
			files.filter(
				(path) =>
					!/^dist\/(?:nodes|credentials)\/.*\.(?:js|d\.ts|svg|json)$/.test(path) &&
					path.startsWith('dist/'),
			),
		).toEqual([]);
	});

	const changed = changedSinceCommit();
	// While somebody works, the tarball differs on purpose. In CI every difference is a fault.
	const isWorkedOn = changed.length > 0 && !process.env.CI;
	if (changed.length > 0) {
		const what = isWorkedOn ? 'is not compared with' : 'may differ from';
		console.warn([`The tarball ${what} a clean build of the commit:`, ...changed].join('\n'));
	}

	(isWorkedOn ? it.skip : it)(
		'is, byte for byte, what a clean build of the same commit packs',
		() => {
			const copy = mkdtempSync(join(tmpdir(), 'clean-build-'));
			try {
				checkOutCommit(copy);
				symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
				execFileSync(NPM, ['run', 'build'], { cwd: copy, env: npmEnvironment(), stdio: 'ignore' });
				const clean = pack(copy);
				// First by name and size, which says where they differ.
				expect(packed().files).toEqual(clean.files);
				expect(packed().integrity).toBe(clean.integrity);
			} finally {
				rmSync(copy, { recursive: true });
			}
		},
		120_000,
	);

	it('has this version in the CHANGELOG', () => {
		expect(readFileSync(join(root, 'CHANGELOG.md'), 'utf8')).toContain(`## ${manifest.version}`);
	});
});

const NODES = [
	'TelnyxAdvanced',
	'TelnyxAdvancedTrigger',
	'TelnyxAiAssistantTrigger',
	'TelnyxPhoneCall',
];

/** Names for which a rule of n8n is broken on purpose, and the reasons. */
const ON_PURPOSE: Record<string, RegExp> = {
	// The most frequent choices come first.
	'n8n-nodes-base/node-param-options-type-unsorted-items': /"(?:resource|operation)"/,
	'n8n-nodes-base/node-param-multi-options-type-unsorted-items': /"events"/,
	// What few need comes last; words.test.ts holds the rest to the order.
	'n8n-nodes-base/node-param-collection-type-unsorted-items': /"options"/,
	// The first column decides which others there are.
	'n8n-nodes-base/node-param-fixed-collection-type-unsorted-items': /"items"/,
	// An address, not a token.
	'n8n-nodes-base/node-param-type-options-password-missing': /"token_retrieval_url"/,
};

describe("n8n's own checks", () => {
	// Jest sets NODE_ENV to "test", and then n8n's lint rules mistake every file for one of their own fixtures.
	const env = { ...process.env, NODE_ENV: undefined };
	const run = (command: string, args: string[]) =>
		execFileSync(command, args, {
			cwd: root,
			env,
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'pipe'],
		});

	it('n8n-node lint finds nothing, in strict mode with its default rules', () => {
		const bin = join(root, 'node_modules/@n8n/node-cli/bin/n8n-node.mjs');
		expect(() => run(process.execPath, [bin, 'lint'])).not.toThrow();
	});

	interface Verdicts {
		/** What the linter finds in the words of each node. */
		words: Record<string, Array<[rule: string, line: string, name: string]>>;
		/** What the community scanner says of the sources and of the built files. */
		source: unknown;
		dist: unknown;
	}
	let verdicts: Verdicts;

	// In a process of its own, because n8n's checks are modules that jest cannot load. The linter's rules
	// for words see literals only, and our descriptions come from catalogues, so they are written out as
	// they reach the editor.
	beforeAll(() => {
		const script = `
			import { ESLint } from 'eslint';
			import { analyzePackage, SOURCE_FILE_PATTERNS } from '@n8n/scan-community-package/scanner/scanner.mjs';
			const nodes = (await import('./index.js')).default;
			const eslint = new ESLint({ ruleFilter: ({ ruleId }) => ruleId.startsWith('n8n-nodes-base/') });
			const words = {};
			for (const name of ${JSON.stringify(NODES)}) {
				const { description } = new nodes[name]();
				const literal = JSON.stringify(description, null, 1).replace(/^( *)"(\\w+)":/gm, '$1$2:');
				const source = 'export class ' + name + ' implements INodeType {' +
					' description: INodeTypeDescription = ' + literal + '; }';
				const filePath = 'nodes/' + name + '/' + name + '.node.ts';
				const [{ messages }] = await eslint.lintText(source, { filePath });
				const lines = source.split('\\n');
				const before = (line) => lines.slice(0, line).findLast((text) => /^ *name: /.test(text));
				words[name] = messages.map(({ ruleId, line }) => [ruleId, lines[line - 1].trim(), before(line)?.trim()]);
			}
			const source = await analyzePackage(process.cwd(), SOURCE_FILE_PATTERNS);
			const dist = await analyzePackage(process.cwd(), ['dist/**/*.js', 'package.json']);
			console.log(JSON.stringify({ words, source, dist }));
		`;
		const printed = run(process.execPath, ['--input-type=module', '--eval', script]);
		verdicts = JSON.parse(printed.trim().split('\n').pop() as string) as Verdicts;
	}, 120_000);

	it.each(NODES)('the linter finds nothing in the words of %s', (name) => {
		const found = verdicts.words[name];
		expect(found.filter(([rule, , field]) => !ON_PURPOSE[rule]?.test(field))).toEqual([]);
	});

	it('the linter looks at words at all: it finds what is so on purpose', () => {
		expect(verdicts.words.TelnyxAdvanced).not.toEqual([]);
	});

	it.each(['source', 'dist'] as const)('the community scanner passes %s', (part) => {
		expect(verdicts[part]).toEqual({ passed: true });
	});
});

/** Finds an output schema as n8n's server does. */
function previewOf(name: string, which: { resource?: string; operation?: string }): unknown {
	const nodeDir = join(root, 'dist/nodes', name);
	const path = resolveOutputSchemaPath({ nodeDir, version: 1, ...which });
	return JSON.parse(readFileSync(path as string, 'utf8')) as unknown;
}

const NPM = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/** What npm says of a tarball: its files in order, and a hash of its bytes. */
interface Tarball {
	files: Array<{ path: string; size: number }>;
	integrity: string;
}

/** Kept, because npm takes seconds to pack. */
let packedByNpm: Tarball | undefined;

const packed = () => (packedByNpm ??= pack(root));

function pack(folder: string): Tarball {
	const printed = execFileSync(NPM, ['pack', '--dry-run', '--json', '--ignore-scripts'], {
		cwd: folder,
		env: npmEnvironment(),
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	const [tarball] = Object.values(JSON.parse(printed) as Tarball[] | Record<string, Tarball>);
	return tarball;
}

/** What differs from the commit, files that git does not know included. */
function changedSinceCommit(): string[] {
	const { status, stdout } = spawnSync('git', ['status', '--porcelain', '--untracked-files=all'], {
		cwd: root,
		encoding: 'utf8',
	});
	return status === 0 ? stdout.split('\n').filter(Boolean) : ['there is no commit'];
}

/** Puts the files of the commit into a folder, as they are in it. */
function checkOutCommit(folder: string): void {
	const archive = join(folder, 'commit.tar');
	execFileSync('git', ['archive', `--output=${archive}`, 'HEAD'], { cwd: root });
	execFileSync('tar', ['-xf', archive, '-C', folder]);
	rmSync(archive);
}
