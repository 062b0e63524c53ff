/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const DOCS = join(__dirname, '../../docs');

/** The rows of a table: a claim, and for each file the titles of the tests that prove it. */
const rows = readFileSync(join(DOCS, 'security.md'), 'utf8')
	.split('\n')
	.filter((line) => line.includes('.test.ts]('))
	.map((line) => {
		const [, claim, tests] = line.split('|').map((cell) => cell.trim());
		const proofs = [...tests.matchAll(/\]\((\S+?)\): ((?:`[^`]+`(?:, )?)+)/g)].map(
			([, file, titles]) => ({
				file: join(DOCS, file),
				titles: [...titles.matchAll(/`([^`]+)`/g)].map(([, title]) => title),
			}),
		);
		return { claim, proofs, named: [...tests.matchAll(/\]\(/g)].length };
	});

describe('each claim about security has a test', () => {
	it('there are claims', () => {
		expect(rows.length).toBeGreaterThan(25);
	});

	it.each(rows.map((row) => [row.claim, row] as const))('%s', (_claim, { proofs, named }) => {
		expect(proofs).toHaveLength(named);
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
