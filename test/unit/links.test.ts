/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { homepage } from '../../package.json';

const ROOT = join(__dirname, '../..');
const REPOSITORY = new URL(homepage).pathname;

const pages = ['', 'docs', 'docs/reference'].flatMap((folder) =>
	readdirSync(join(ROOT, folder))
		.filter((name) => name.endsWith('.md'))
		.map((name) => join(folder, name)),
);

/** What npm shows or packs without the rest of the repository. */
const ON_THEIR_OWN = ['README.md', 'CHANGELOG.md'];

/** The links and pictures of a page, without anchors. */
const linksOf = (page: string) =>
	[
		...readFileSync(join(ROOT, page), 'utf8').matchAll(
			/\]\(([^)#\s]+)[^)]*\)|(?:src|srcset)="([^"]+)"/g,
		),
	].map(([, link, image]) => link ?? image);

const isAbsolute = (link: string) => /^[a-z]+:/.test(link);

/**
 * What a link leads to, if it is in this repository.
 * @returns a path below its root
 */
function targetOf(page: string, link: string): string | undefined {
	if (!isAbsolute(link)) return join(dirname(page), link);
	const { host, pathname } = new URL(link);
	if (!pathname.startsWith(`${REPOSITORY}/`)) return undefined;
	const below =
		host === 'raw.githubusercontent.com' ? /^\/main\/(.+)/ : /^\/(?:blob|tree)\/main\/(.+)/;
	return below.exec(pathname.slice(REPOSITORY.length))?.[1];
}

describe('the documentation', () => {
	it.each(pages)('%s has no dead links', (page) => {
		const targets = linksOf(page).map((link) => targetOf(page, link));
		expect(targets.filter((path) => path && !existsSync(join(ROOT, path)))).toEqual([]);
	});

	it.each(ON_THEIR_OWN)('%s has absolute links and pictures only, as npm shows it', (page) => {
		expect(linksOf(page).filter((link) => !isAbsolute(link))).toEqual([]);
	});

	it('the README has pictures and pages of this repository', () => {
		const targets = linksOf('README.md').map((link) => targetOf('README.md', link));
		expect(targets).toContain('docs/reference.md');
		expect(targets).toContain('docs/images/phone.png');
	});
});
