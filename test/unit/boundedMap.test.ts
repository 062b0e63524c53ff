/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { BoundedMap } from '../../nodes/shared/boundedMap';

const NODES = join(__dirname, '../../nodes');
const sources = readdirSync(NODES, { recursive: true, encoding: 'utf8' })
	.filter((path) => path.endsWith('.ts'))
	.map((path) => [path, readFileSync(join(NODES, path), 'utf8')] as const);

describe('a bounded map', () => {
	it('drops the oldest entry when it is full, and counts one that is set anew as new', () => {
		const map = new BoundedMap<string, number>(3);
		for (const name of ['a', 'b', 'c']) map.set(name, 1);
		map.set('a', 2).set('d', 1);
		expect([...map]).toEqual([
			['c', 1],
			['a', 2],
			['d', 1],
		]);
	});

	it('does not grow with what comes from outside', () => {
		const map = new BoundedMap<string, number>(1_000);
		for (let i = 0; i < 100_000; i += 1) map.set(`${i}`, i);
		expect(map.size).toBe(1_000);
	});
});

/** A map or set that is empty at first, and lives as long as the process or as an object that does. */
const KEPT_BY_A_PROCESS = /^(?:export )?const \w+(?::.*)? = new (?:Map|Set)<.*>\(\)/m;
const KEPT_BY_AN_OBJECT = /^\t(?:private |readonly )+\w+(?::.*)? = new (?:Map|Set)</m;
/** Of one run of a node: as large as its number of items. */
const OF_A_RUN = ['operations/run/progress.ts'];

it('everything that a process keeps is bounded: no map and no set of it grows without limit', () => {
	const unbounded = sources
		.filter(([, text]) => KEPT_BY_A_PROCESS.test(text) || KEPT_BY_AN_OBJECT.test(text))
		.map(([path]) => path);
	expect(unbounded).toEqual(OF_A_RUN);
	const bounded = sources.filter(([, text]) => text.includes('new BoundedMap<'));
	expect(bounded.length).toBeGreaterThan(5);
});
