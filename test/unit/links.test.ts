/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const ROOT = join(__dirname, '../..');

const pages = ['', 'docs', 'docs/reference'].flatMap((folder) =>
	readdirSync(join(ROOT, folder))
		.filter((name) => name.endsWith('.md'))
		.map((name) => join(folder, name)),
);

/** The files and folders of this repository that a page links to, without anchors. */
const targetsOf = (page: string) =>
	[
		...readFileSync(join(ROOT, page), 'utf8').matchAll(
			/\]\(([^)#\s]+)[^)]*\)|(?:src|srcset)="([^"]+)"/g,
		),
	]
		.map(([, link, image]) => link ?? image)
		.filter((target) => !/^[a-z]+:/.test(target));

describe('the documentation', () => {
	it.each(pages)('%s has no dead links', (page) => {
		const missing = targetsOf(page)
			.map((target) => join(ROOT, dirname(page), target))
			.filter((path) => !existsSync(path))
			.map((path) => relative(ROOT, path));
		expect(missing).toEqual([]);
	});
});
