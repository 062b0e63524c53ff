/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describeCosts } from './costs';
import type { Observation } from './observation';
import { observations } from './observations';
import { notObserved } from './observations/notObserved';
import { redact } from './redact';
import { writeReport } from './report';
import { run, type Result } from './run';
import { readAccount, readOptions } from './settings';
import { startSimulatedAccount, type SimulatedAccount } from './simulated';

let simulated: SimulatedAccount;

const check = async (chosen: Observation[], signal = new AbortController().signal) => {
	const { account, watch } = simulated;
	return await run({ account, observations: chosen, signal, watch });
};

const reportOn = (result: Result) =>
	writeReport({ against: 'Telnyx', date: new Date(0), notObserved, result, version: '1.0.0' });

/** What the account looks like: which applications there are, their numbers, and what was left behind. */
function accountNow() {
	const { applications, calls, conferences, connectors, queues, recordings } = state();
	return {
		applications: applications.map(({ data, number }) => [data.application_name, number]),
		calls: calls.filter(({ state }) => state !== 'ended').length,
		conferences: conferences.filter(({ endReason }) => !endReason).length,
		connectors,
		queues,
		recordings,
	};
}

const state = () => {
	const { applications, calls, conferences, connectors, queues, recordings } = simulated.simulator;
	return {
		applications: [...applications.values()],
		calls: [...calls.values()],
		conferences: [...conferences.values()],
		connectors: [...connectors.keys()],
		queues: [...queues.keys()],
		recordings: [...recordings.keys()],
	};
};

const UNTOUCHED = {
	applications: [
		['In use 1', '+13125550100'],
		['In use 2', '+13125550101'],
	],
	calls: 0,
	conferences: 0,
	connectors: [],
	queues: [],
	recordings: [],
};

const observation = (name: string, observe: Observation['observe']): Observation => ({
	...{ name, observe, assumed: 'Something.', where: 'README.md', how: 'Somehow.', expected: true },
});

/** Leaves something of every kind behind. */
async function makeMuch(live: Parameters<Observation['observe']>[0]) {
	const { called } = await live.connect();
	await live.standing();
	await live.command(called, 'record_start', { channels: 'single', format: 'mp3' });
	await live.command(called, 'speak', { payload: 'Hello.', voice: 'Telnyx.KokoroTTS.af' });
	await live.quiet(3000);
}

describe('the check against the simulator', () => {
	beforeEach(async () => (simulated = await startSimulatedAccount()));
	afterEach(async () => await simulated.close());

	it('sees what is assumed, and removes everything', async () => {
		const result = await check(observations);
		const rows = result.rows.map(({ observation: { name }, problem, seen, verdict }) =>
			verdict === 'same' ? [name, verdict] : [name, verdict, seen ?? problem],
		);
		expect(rows).toEqual(observations.map(({ name }) => [name, 'same']));
		expect(result.remaining).toEqual([]);
		expect(accountNow()).toEqual(UNTOUCHED);

		const report = reportOn(result);
		expect(report).toContain('None.');
		expect(report).not.toMatch(/\+?1?3125550\d{3}|KEY[0-9a-f]{8}|v3:|127\.0\.0\.1/);
		expect(describeCosts(simulated)).toMatch(
			/Calls between your two numbers: [1-9]\d*\. Minutes .*: [1-9]\d*\./,
		);
	});

	it('goes on after an observation that fails, and removes everything', async () => {
		const result = await check([
			observation('fails', async (live) => {
				await makeMuch(live);
				throw new Error('No call to +13125550101 with KEY0123456789abcdef0123');
			}),
			observation('differs', async () => ({ code: 'other than assumed' })),
			observation('works', async () => true),
		]);
		expect(result.rows.map(({ verdict }) => verdict)).toEqual([
			'not observed',
			'different',
			'same',
		]);
		expect(accountNow()).toEqual(UNTOUCHED);

		const report = reportOn(result);
		expect(report).toContain('1 as assumed, 1 different, 1 not observed');
		expect(report).toContain('No call to (removed) with (key)');
		expect(report).toContain('Telnyx did: `{"code":"other than assumed"}`');
	});

	it('removes everything when it is stopped', async () => {
		const stop = new AbortController();
		const result = await check(
			[
				observation('is stopped', async (live) => {
					await makeMuch(live);
					stop.abort();
					await live.quiet(60_000);
					return true;
				}),
				observation('never begins', async () => true),
			],
			stop.signal,
		);
		expect(result.rows.map(({ problem }) => problem)).toEqual(['The run was stopped']);
		expect(accountNow()).toEqual(UNTOUCHED);
		expect(reportOn(result)).toContain('The run was stopped before its end');
	});

	it('removes everything although Telnyx fails now and then', async () => {
		const result = await check([
			observation('leaves much', async (live) => {
				await makeMuch(live);
				simulated.simulator.faults.failNext(3);
				return true;
			}),
		]);
		expect(result.remaining).toEqual([]);
		expect(accountNow()).toEqual(UNTOUCHED);
	});

	it('makes nothing if its address leads elsewhere', async () => {
		simulated.account.publicUrl = simulated.simulator.phoneUrl;
		await expect(check(observations)).rejects.toThrow('does not lead to this machine');
		expect(state().applications).toHaveLength(2);
		expect(simulated.simulator.requests.map(({ method }) => method)).toEqual(['GET']);
	});

	it('removes what it has made if the account is not as it should be', async () => {
		simulated.account.numbers = ['+13125550100', '+13125550999'];
		await expect(check([])).rejects.toThrow('The account has no number +13125550999');
		expect(accountNow()).toEqual(UNTOUCHED);
	});

	it('says what it could not remove', async () => {
		const result = await check([
			observation('leaves something', async (live) => {
				live.cleanUp.push('a connector', async () => {
					throw new Error('Telnyx answered 500');
				});
				return true;
			}),
		]);
		expect(result.remaining).toEqual(['a connector: Telnyx answered 500']);
		expect(reportOn(result)).toContain('Everything but:\n\n- a connector: Telnyx answered 500');
	});
});

const ROOT = join(__dirname, '../..');
const assumptions = [...observations, ...notObserved];

/** The points of a section's list. */
const pointsOf = (page: string, heading: string) => {
	const text = readFileSync(join(ROOT, page), 'utf8');
	const [, section = ''] = text.split(`## ${heading}\n`);
	return section
		.split('\n## ')[0]
		.split('\n')
		.filter((line) => line.startsWith('- '))
		.map((line) => line.slice(2));
};

it.each([
	['test/simulator/README.md', 'Assumptions to check against the real Telnyx'],
	['docs/waiting.md', 'Not yet verified with a real account'],
	['docs/trigger.md', 'Not yet verified with a real account'],
	['docs/ai-assistants.md', 'What only a real account can show'],
])('%s: every point of "%s" is observed, or it is said why not', (page, heading) => {
	const points = pointsOf(page, heading);
	expect(points.length).toBeGreaterThan(2);
	const known = assumptions.map(({ assumed }) => assumed);
	expect(points.filter((point) => !known.includes(point))).toEqual([]);
});

it('every observation names the file that assumes it', () => {
	const files = assumptions.map(({ where }) => where.split('#')[0]);
	expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
});

it('every observation has a name of its own', () => {
	const names = observations.map(({ name }) => name);
	expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

it.each([
	['+13125550100', '(number)'],
	['(312) 555-0100 rang', '(number) rang'],
	['13125550100', '(number)'],
	['KEY0123456789ABCDEF_abcdefghijklmnop', '(key)'],
	['Bearer abc.def', '(key)'],
	['v3:0aB-_cdefghijklmnopqrstuvwx', '(ID)'],
	['b3f0c3a0-1111-4222-8333-123456789abc', '(ID)'],
	['at https://n8n.example.com/x?y=1, and', 'at (address) and'],
	['sip:somebody@example.com', '(address)'],
	['somebody@example.com', '(address)'],
	['from 10.1.2.3', 'from (address)'],
	['the word', 'the (removed)'],
	['422 90018 after 1500 ms, 2 of 3', '422 90018 after 1500 ms, 2 of 3'],
	['call.machine.premium.detection.ended', 'call.machine.premium.detection.ended'],
])('no report shows %s', (text, shown) => {
	expect(redact(text, ['word'])).toBe(shown);
});

describe('the settings', () => {
	const environment = {
		TELNYX_API_KEY: 'KEY1',
		TELNYX_LIVE_NUMBERS: '+1 (312) 555-0100, +13125550101',
		TELNYX_LIVE_URL: 'https://tunnel.example.com/',
	};

	it('are read from the environment', () => {
		expect(readAccount(environment)).toMatchObject({
			numbers: ['+13125550100', '+13125550101'],
			baseUrl: 'https://api.telnyx.com/v2',
			port: 8787,
		});
	});

	it('say all that is missing', () => {
		expect(() => readAccount({ ...environment, TELNYX_LIVE_NUMBERS: '+13125550100' })).toThrow(
			/^TELNYX_LIVE_NUMBERS has to be two numbers/,
		);
		expect(() => readAccount({})).toThrow(/TELNYX_API_KEY.*\n.*NUMBERS.*\n.*URL/);
	});

	it('refuse an option that does not exist', () => {
		expect(() => readOptions(['--simulater'])).toThrow(/simulater/);
	});
});
