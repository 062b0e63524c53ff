/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { INodeProperties, INodeType, INodeTypeDescription } from 'n8n-workflow';

import manifest from '../../package.json';
import { built } from '../support/built';

/**
 * What n8n asks of verified nodes and its linter cannot see here, since the fields come from a catalogue:
 * docs/verification.md. Rules that its next linter brings are among them.
 */
const ROOT = join(__dirname, '../..');
const filesIn = (folder: string, end: string) =>
	readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((path) => path.endsWith(end))
		.map((path) => join(folder, path));
const nodeFiles = filesIn('nodes', '.node.ts');
const credentialFiles = filesIn('credentials', '.credentials.ts');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

const nodes = nodeFiles.map((path) => {
	const name = path.split('/').at(-1)!.replace('.node.ts', '');
	const { [name]: Node } = built<Record<string, new () => INodeType>>(path.replace(/ts$/, 'js'));
	return [name, new Node().description, path] as [string, INodeTypeDescription, string];
});

type Field = Partial<INodeProperties> & { values?: Field[] };

/** All fields, those in collections and groups too. */
const fieldsIn = (fields: Field[]): Field[] =>
	fields.flatMap((field) => [
		field,
		...(field.type === 'collection' ? fieldsIn((field.options ?? []) as Field[]) : []),
		...(field.type === 'fixedCollection'
			? fieldsIn(((field.options ?? []) as Field[]).flatMap(({ values = [] }) => values))
			: []),
	]);

/** Source: n8n's documentation of codex files. */
const CATEGORIES = [
	'Analytics',
	'Communication',
	'Data & Storage',
	'Development',
	'Finance & Accounting',
	'Marketing & Content',
	'Miscellaneous',
	'Productivity',
	'Sales',
	'Utility',
];

describe.each(nodes)('%s', (_name, { properties, credentials = [] }, path) => {
	const fields = fieldsIn(properties);
	const source = read(path);

	it('is in categories that community nodes may have, and in no subcategory', () => {
		const codex = JSON.parse(read(path.replace(/\.ts$/, '.json'))) as { categories: string[] };
		expect(codex.categories.filter((category) => !CATEGORIES.includes(category))).toEqual([]);
		expect(codex.categories).not.toEqual([]);
		expect(codex).not.toHaveProperty('subcategories');
		expect(source).not.toMatch(/\bcodex:/);
	});

	it('uses one credential, of this package', () => {
		expect(credentials.map((credential) => credential.name)).toEqual(['telnyxAdvancedApi']);
	});

	it('has hints of 120 characters at most', () => {
		const hints = fields.flatMap(({ hint = [] }) => hint);
		expect(hints.filter((hint) => hint.length > 120)).toEqual([]);
	});

	it('has a default in every field', () => {
		const without = fields.filter((field) => !('default' in field));
		expect(without.map((field) => field.name)).toEqual([]);
	});

	it('has choices with names and values of their own, without asterisks', () => {
		const wrong = fields
			.filter(({ type }) => type === 'options' || type === 'multiOptions')
			.filter(({ options = [] }) => {
				const names = options.map((option) => option.name);
				const values = options.map((option) => 'value' in option && option.value);
				const areUnique = [names, values].every((all) => new Set(all).size === all.length);
				return !areUnique || names.some((text) => text.includes('*'));
			});
		expect(wrong.map((field) => field.name)).toEqual([]);
	});

	it('names the item with each error of its file, and has no ID of an account in it', () => {
		expect(source.match(/new NodeOperationError\((?![^;]*itemIndex)/)).toBeNull();
		expect(source).not.toMatch(
			/\b(?:partner|affiliate|reseller|account|tenant|customer|client)_?id['"]?\s*[:=]\s*['"]/i,
		);
	});
});

describe.each([...nodeFiles, ...credentialFiles])('%s', (path) => {
	it('has icons that can be seen', () => {
		const source = read(path);
		const icon = (theme: string) => {
			const [, file] = new RegExp(`${theme}: 'file:([^']+)'`).exec(source) ?? [];
			return read(join(path, '..', file));
		};
		expect(contrast(icon('light'), '#ffffff')).toBeGreaterThan(3);
		expect(contrast(icon('dark'), '#2b2b2b')).toBeGreaterThan(3);
	});
});

it('comes from a repository of its own, under the MIT licence', () => {
	const { repository, homepage, license, keywords, author } = manifest;
	expect(repository).toEqual({ type: 'git', url: expect.stringMatching(/^git\+https:.*\.git$/) });
	expect(homepage.startsWith(repository.url.slice('git+'.length, -'.git'.length))).toBe(true);
	expect(license).toBe('MIT');
	expect(read('LICENSE')).toMatch(/^MIT License/);
	expect(keywords).toContain('n8n-community-node-package');
	expect(author).toEqual({ name: expect.any(String), email: expect.stringContaining('@') });
});

/** The best contrast of an icon's colours with a background, as WCAG 2 defines it. */
function contrast(svg: string, background: string): number {
	const colors = [...svg.matchAll(/(?:fill|stroke)="(#[0-9a-f]{6})"/g)].map(([, color]) => color);
	return Math.max(
		...colors.map((color) => {
			const both = [luminance(color), luminance(background)].toSorted((a, b) => b - a);
			return (both[0] + 0.05) / (both[1] + 0.05);
		}),
	);
}

function luminance(color: string): number {
	const [red, green, blue] = [1, 3, 5]
		.map((at) => parseInt(color.slice(at, at + 2), 16) / 255)
		.map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
