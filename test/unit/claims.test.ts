/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const DOCS = join(__dirname, '../../docs');

/** The rows of a page's tables that name tests: a claim, and for each file the titles that prove it. */
const rowsOf = (page: string) =>
	readFileSync(join(DOCS, page), 'utf8')
		.split('\n')
		.filter((line) => line.startsWith('|') && line.includes('.test.ts]('))
		.map((line) => {
			const [, claim, tests] = line.split('|').map((cell) => cell.trim());
			const proofs = [...tests.matchAll(/\]\((\S+?\.test\.ts)\)(?:: ((?:`[^`]+`(?:, )?)+))?/g)].map(
				([, file, titles = '']) => ({
					file: join(DOCS, file),
					titles: [...titles.matchAll(/`([^`]+)`/g)].map(([, title]) => title),
				}),
			);
			return { claim, proofs };
		});

describe.each([
	['security.md', 25],
	['verification.md', 15],
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

/** Whether a file of tests has this title, or a row of this name. */
const isTitle = (text: string, title: string) =>
	[`'${title}'`, `"${title}"`, `\`${title}\``].some((written) => text.includes(written));
