/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { catalogue } from '../../nodes/catalogue';

const ROOT = join(__dirname, '../..');
const DOCS = join(ROOT, 'docs');

/**
 * The rows of a page's tables that name tests, in the last column: a claim, and for each file the titles
 * that prove it, where there are any.
 */
const rowsOf = (page: string) =>
	readFileSync(join(DOCS, page), 'utf8')
		.split('\n')
		.filter((line) => line.startsWith('|') && line.includes('.test.ts]('))
		.map((line) => {
			const cells = line.split('|').map((cell) => cell.trim());
			const [, claim] = cells;
			const tests = cells.at(-2) ?? '';
			const proofs = [...tests.matchAll(/\]\((\S+?\.test\.ts)\)(?:: ((?:`[^`]+`(?:, )?)+))?/g)].map(
				([, file, titles = '']) => ({
					file: join(DOCS, file),
					titles: [...titles.matchAll(/`([^`]+)`/g)].map(([, title]) => title),
				}),
			);
			return { claim, proofs };
		});

describe.each([
	['n8n3.md', 8],
	['security.md', 25],
	['verification.md', 15],
	['endurance.md', 10],
])('each claim of %s has its test', (page, least) => {
	const rows = rowsOf(page);

	it('there are claims', () => {
		expect(rows.length).toBeGreaterThan(least);
	});

	it.each(rows.map((row) => [row.claim, row] as const))('%s', (_claim, { proofs }) => {
		expect(proofs).not.toEqual([]);
		for (const { file, titles } of proofs) {
			const text = readFileSync(file, 'utf8');
			expect({ file, missing: titles.filter((title) => !isTitle(text, title)) }).toEqual({
				file,
				missing: [],
			});
		}
	});
});

it('the operations that docs and messages name are in the form', () => {
	const files = (folder: string, end: string) =>
		readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
			.filter((file) => file.endsWith(end))
			.map((file) => join(folder, file));
	const operationsOf = new Map<string, string[]>(
		catalogue.map(({ name, operations }) => [
			name,
			Object.values<{ readonly name: string }>(operations).map((operation) => operation.name),
		]),
	);
	const wrong = ['README.md', ...files('docs', '.md'), ...files('nodes', '.ts')].flatMap((file) => {
		const text = readFileSync(join(ROOT, file), 'utf8');
		return [...text.matchAll(/(['*])([A-Z][A-Za-z ]+): ([A-Z][A-Za-z ]+)\1/g)]
			.filter(([, , resource, name]) => operationsOf.get(resource)?.includes(name) === false)
			.map(([words]) => `${file}: ${words}`);
	});
	expect(wrong).toEqual([]);
});

/** Whether a file of tests has this title, or a row of this name. */
const isTitle = (text: string, title: string) =>
	[`'${title}'`, `"${title}"`, `\`${title}\``].some((written) => text.includes(written));
