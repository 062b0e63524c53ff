/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import {
	backoff,
	isWorthAnotherTry,
	RETRY_RULES,
	waitBeforeNext,
	type Headers,
} from '../../nodes/telnyx/http/retryPolicy';

const NOW = Date.parse('2026-01-02T03:04:05Z');

describe('another try', () => {
	it.each([
		['ENOTFOUND', true, true],
		['CERT_HAS_EXPIRED', false, false],
		['ERR_INVALID_URL', false, false],
		['unknown', false, false],
		['ECONNREFUSED', true, true],
		['EAI_AGAIN', true, true],
		['ECONNRESET', true, false],
		['ECONNABORTED', true, false],
		['ETIMEDOUT', true, false],
	])('after %s: %s if it is repeatable, else %s', (network, ifRepeatable, otherwise) => {
		expect(isWorthAnotherTry({ network }, true)).toBe(ifRepeatable);
		expect(isWorthAnotherTry({ network }, false)).toBe(otherwise);
	});

	it.each([
		[302, false, false],
		[400, false, false],
		[401, false, false],
		[404, false, false],
		[408, true, false],
		[409, false, false],
		[422, false, false],
		[429, true, true],
		[500, true, false],
		[503, true, false],
		[599, true, false],
	])('after %i: %s if it is repeatable, else %s', (status, ifRepeatable, otherwise) => {
		expect(isWorthAnotherTry({ status }, true)).toBe(ifRepeatable);
		expect(isWorthAnotherTry({ status }, false)).toBe(otherwise);
	});
});

describe('the wait before it', () => {
	const RESET = { 'x-ratelimit-reset': '45' };
	const wait = (statusCode: number, headers: Headers) =>
		waitBeforeNext(1, { statusCode, headers }, NOW, () => 0);

	it.each([
		[{ 'retry-after': '7' }, 7000],
		[{ 'retry-after': 'Fri, 02 Jan 2026 03:04:15 GMT' }, 10_000],
		[{ 'retry-after': '2', 'x-ratelimit-reset': '30' }, 2000],
		[{ 'retry-after': ' Fri, 02 Jan 2026 03:04:15 GMT ' }, 10_000],
		[{ 'retry-after': 'Friday, 02-Jan-26 03:04:15 GMT' }, 10_000],
		[{ 'retry-after': 'Fri Jan  2 03:04:15 2026' }, 10_000],
		[{ 'retry-after': String(NOW / 1000 + 10) }, 10_000],
	])('is what %j asks for', (headers, ms) => {
		for (const status of [429, 503]) expect(wait(status, headers)).toBe(ms);
	});

	it.each([
		[{ 'x-ratelimit-reset': '3' }, 3000],
		[{ 'retry-after': 'soon', 'x-ratelimit-reset': '4' }, 4000],
		[{ 'x-ratelimit-reset': String(NOW / 1000 + 10) }, 10_000],
		[{ 'x-ratelimit-reset': String(NOW + 10_000) }, 10_000],
	])('lasts after a 429 until the allowance is renewed: %j', (headers, ms) => {
		expect(wait(429, headers)).toBe(ms);
	});

	it.each([0, 408, 500, 503])(
		'does not last until then after %i, which has nothing to do with the allowance',
		(status) => {
			expect(wait(status, RESET)).toBe(500);
		},
	);

	it.each([
		'0',
		'0.0',
		'Fri, 02 Jan 2026 03:04:00 GMT',
		String(NOW / 1000 - 10),
		'1_000',
		'-1',
		'',
		'Friday',
	])('is not skipped because of Retry-After: %s', (after) => {
		for (const status of [429, 503]) expect(wait(status, { 'retry-after': after })).toBe(500);
	});

	it('doubles from half a second to eight, less up to a quarter', () => {
		const waits = (random: number) =>
			[1, 2, 3, 4, 5, 6, 50].map((tries) => backoff(tries, () => random));
		expect(waits(0)).toEqual([500, 1000, 2000, 4000, 8000, 8000, 8000]);
		expect(waits(1)).toEqual([375, 750, 1500, 3000, 6000, 6000, 6000]);
	});
});

it('the table in the docs is the same as in the code', () => {
	const docs = readFileSync(join(__dirname, '../../docs/delivery.md'), 'utf8');
	const table = docs.slice(docs.indexOf('| Failure |'));
	const rows = table.slice(0, table.indexOf('\n\n'));
	const words = { all: 'always', repeatable: 'if repeatable', none: 'never' };
	expect(rows.split('\n').slice(2)).toEqual(
		RETRY_RULES.map(({ failure, repeats }) => `| ${failure} | ${words[repeats]} |`),
	);
});
