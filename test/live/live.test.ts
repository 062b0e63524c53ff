/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

import { applicationName, makeApplication } from './account';
import { assertRemoved } from './api';
import { CleanUp } from './cleanUp';
import { describeCosts } from './costs';
import type { Live } from './live';
import type { Observation } from './observation';
import { observations } from './observations';
import { notObserved } from './observations/notObserved';
import { redact } from './redact';
import { writeReport } from './report';
import { run, type Result } from './run';
import { chosenBy, readAccount, readOptions } from './settings';
import { startSimulatedAccount, type SimulatedAccount } from './simulated';
import { leftIn, UNTOUCHED } from './simulated/leftovers';

let simulated: SimulatedAccount;

const check = async (chosen: Observation[], signal = new AbortController().signal) => {
	const { account, watch } = simulated;
	return await run({ account, observations: chosen, signal, watch });
};

const reportOn = (result: Result) =>
	writeReport({ against: 'Telnyx', date: new Date(0), notObserved, result, version: '1.0.0' });

const accountNow = () => leftIn(simulated.simulator);

/** Those with these names. */
const named = (...names: string[]) => observations.filter(({ name }) => names.includes(name));

const observation = (name: string, observe: Observation['observe']): Observation => ({
	...{ name, observe, assumed: 'Something.', where: 'README.md', how: 'Somehow.', expected: true },
});

/** Leaves something of every kind behind. */
async function makeMuch(live: Live) {
	const { called } = await live.connect();
	await live.standing();
	await live.command(called, 'record_start', { channels: 'single', format: 'mp3' });
	await live.command(called, 'speak', { payload: 'Hello.', voice: 'Telnyx.KokoroTTS.af' });
	await live.quiet(3000);
}

const recordSomething = async (live: Live) => {
	const { called } = await live.connect();
	await live.command(called, 'record_start', { channels: 'single', format: 'mp3' });
	await live.quiet(1000);
	return true;
};

/** A call to the second number that nobody has made with the API. */
const strayCall = ({ first, second }: Live) =>
	simulated.simulator.placeCall({
		from: first.number,
		to: second.number,
		applicationId: second.applicationId,
	});

/** Lets recordings be listed some time after their calls are over. */
function storeRecordingsAfter(ms: number) {
	const { account, simulator } = simulated;
	const { recordings } = simulator;
	const store = recordings.set.bind(recordings);
	recordings.set = (id, data) => {
		account.time.after(ms, () => store(id, data));
		return recordings;
	};
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
		expect(describeCosts(simulated)).toContain(
			'Charged besides, some cents each: speech, recordings, transcriptions, machine detection, noise suppression in each direction, SIPREC, media streams, conferences.',
		);
		// Should the process be killed, Telnyx has to end the calls.
		const { requests } = simulated.simulator;
		const calling = requests.filter(
			({ method, path, status }) =>
				method === 'POST' && status === 200 && /\/(calls|transfer)$/.test(path),
		);
		expect(calling.length).toBeGreaterThan(50);
		expect(calling.filter(({ body }) => !(body.time_limit_secs <= 300))).toEqual([]);
	});

	it('says of what the chosen observations use that it is charged', async () => {
		await check(named('Noise suppression'));
		expect(describeCosts(simulated)).toContain(
			'Charged besides, some cents each: noise suppression in each direction.\n',
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

	it.each([
		['before', false],
		['after', true],
	])('removes everything although connections break %s calls are hung up', async (_when, after) => {
		const result = await check([
			observation('leaves much', async (live) => {
				await makeMuch(live);
				simulated.simulator.faults.dropNext(5, { after });
				return true;
			}),
			observation('works', async () => true),
		]);
		expect(result.rows.map(({ verdict }) => verdict)).toEqual(['same', 'same']);
		expect(result.remaining).toEqual([]);
		expect(accountNow()).toEqual(UNTOUCHED);
	});

	it('hangs up calls of which Telnyx has said that it does not know them, but lists them', async () => {
		const result = await check([
			observation('leaves much', async (live) => {
				await makeMuch(live);
				simulated.simulator.faults.failNext(5, 404);
				return true;
			}),
		]);
		expect(result.remaining).toEqual([]);
		expect(accountNow()).toEqual(UNTOUCHED);
	});

	it('removes what was made although the reply was lost', async () => {
		const { faults } = simulated.simulator;
		const result = await check([
			observation('loses the reply to a dial', async (live) => {
				faults.dropNext(1, { after: true });
				return (await live.connect()) !== undefined;
			}),
			observation('loses the reply to a recording', async (live) => {
				const { called } = await live.connect();
				faults.dropNext(1, { after: true });
				await live.command(called, 'record_start', { channels: 'single', format: 'mp3' });
				return true;
			}),
			observation('loses the reply to a new application', async (live) => {
				faults.dropNext(1, { after: true });
				return await makeApplication({
					api: live.request,
					cleanUp: live.cleanUp,
					name: applicationName('lost'),
					url: live.receiver.addressOf('unused'),
				});
			}),
		]);
		expect(result.rows.map(({ verdict }) => verdict)).toEqual(Array(3).fill('not observed'));
		expect(result.remaining).toEqual([]);
		expect(accountNow()).toEqual(UNTOUCHED);
	});

	it('ends if Telnyx does not answer any more, and says what is left', async () => {
		const result = await check([
			observation('loses the connection', async (live) => {
				await makeMuch(live);
				simulated.simulator.faults.dropNext(10_000);
				return true;
			}),
			observation('never begins', async () => true),
		]);
		expect(result.rows.map(({ observation: { name } }) => name)).toEqual(['loses the connection']);
		expect(result.problem).toBe('Telnyx does not answer any more.');
		expect(result.remaining.map((what) => what.split(':')[0])).toEqual([
			'calls',
			'recordings',
			'the former connection of the second number',
			'an application',
			'the former connection of the first number',
			'an application',
		]);
		expect(reportOn(result)).toContain('The run ended early: Telnyx does not answer any more.');
	});

	it('deletes recordings that are stored late', async () => {
		storeRecordingsAfter(20_000);
		const result = await check([observation('records', recordSomething)]);
		await simulated.account.time.pause(60_000, new AbortController().signal);
		expect(result.remaining).toEqual([]);
		expect(accountNow()).toEqual(UNTOUCHED);
	});

	it('says which recordings it has not seen', async () => {
		storeRecordingsAfter(90_000);
		const result = await check([observation('records', recordSomething)]);
		expect(result.remaining).toEqual([
			'recordings: 1 of 1 were not stored within 60 seconds, and may be later',
		]);
	});

	it('expects no recording that was refused', async () => {
		const result = await check([
			observation('is refused', async (live) => {
				const { called } = await live.ring();
				await live.tryCommand(called, 'record_start', { channels: 'single', format: 'mp3' });
				return true;
			}),
		]);
		expect(result.remaining).toEqual([]);
	});

	it('deletes an application although the observation could not', async () => {
		const { faults, on } = simulated.simulator;
		const stop = on('request', ({ body, method }) => {
			if (method === 'POST' && /\(deleted/.test(body?.application_name)) faults.failNext(1);
		});
		await check(named('An application that is deleted'));
		stop();
		expect(accountNow()).toEqual(UNTOUCHED);
	});

	it('deletes a queue when its calls are over, and says if it could not', async () => {
		const { queues, requests } = simulated.simulator;
		queues.delete = () => {
			throw new Error('The queue is in use.');
		};
		const result = await check(named('A queue'));
		expect(result.remaining).toEqual([
			expect.stringMatching(/^a queue: Deleting a queue: Telnyx answered 500/),
		]);
		const paths = requests.map(({ method, path }) => `${method} ${path}`);
		const deletion = paths.findIndex((path) => path.startsWith('DELETE /v2/queues/'));
		const lastHangup = paths.findLastIndex((path) => path.endsWith('/actions/hangup'));
		expect(deletion).toBeGreaterThan(lastHangup);
	});

	it('takes neither a late call of an earlier observation nor one that is over for its own', async () => {
		const { simulator } = simulated;
		const isOwn = async (live: Live) => {
			const called = await live.comesIn();
			return simulator.calls.get(called.id)?.startedAt;
		};
		const result = await check([
			observation('a call comes late', async (live) => {
				strayCall(live);
				await live.quiet(1000);
				const { startedAt } = strayCall(live);
				await live.quiet(1000);
				await live.dial();
				return Number(await isOwn(live)) > startedAt;
			}),
			observation('a call is over', async (live) => {
				await live.dial();
				const { call_control_id: id, startedAt } = strayCall(live);
				simulator.hangup(id);
				await live.quiet(1000);
				return Number(await isOwn(live)) > startedAt;
			}),
		]);
		expect(result.rows.map(({ problem, seen }) => problem ?? seen)).toEqual([true, true]);
		expect(accountNow()).toEqual(UNTOUCHED);
	});

	it('waits for a call that comes in after its caller is gone', async () => {
		const { simulator } = simulated;
		const result = await check([
			observation('does not wait', async (live) => {
				await live.dial();
				simulated.account.time.after(3000, () => strayCall(live));
				return true;
			}),
			observation('begins when it is over', async () =>
				[...simulator.calls.values()].map(({ direction, state }) => `${direction} ${state}`),
			),
		]);
		expect(result.rows[1].seen).toEqual(['outgoing ended', 'incoming ended']);
		expect(accountNow()).toEqual(UNTOUCHED);
	});

	it('makes another standing call before the time of the first is over', async () => {
		const result = await check([
			observation('uses it', async (live) => {
				const before = await live.standing();
				await live.quiet(150_000);
				const same = await live.standing();
				await live.quiet(100_000);
				const { called } = await live.standing();
				await live.quiet(90_000);
				return same === before && called !== before.called && (await live.isAlive(called));
			}),
		]);
		expect(result.rows[0].seen).toBe(true);
		expect(accountNow()).toEqual(UNTOUCHED);
	});

	it('makes nothing if its address leads elsewhere', async () => {
		simulated.account.publicUrl = simulated.simulator.phoneUrl;
		await expect(check(observations)).rejects.toThrow('does not lead to this machine');
		expect(accountNow()).toEqual(UNTOUCHED);
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

it.each([404, 422])('what is gone already counts as removed: %i', (status) => {
	const body = { errors: [{ code: status === 404 ? '10005' : '90019' }] };
	assertRemoved({ status, body, sentAt: 0, answeredAt: 0 }, 'Ending a conference');
});

it.each([401, 403, 422, 500])('what is refused does not: %i', (status) => {
	const reply = { status, body: { errors: [{ code: '10010' }] }, sentAt: 0, answeredAt: 0 };
	expect(() => assertRemoved(reply, 'Deleting')).toThrow(`Telnyx answered ${status}, 10010`);
});

/** A Telnyx that answers each question with nothing, carries out nothing, and sends nothing. */
function silence(): Live {
	const reply = (status: number) => async () => ({ status, body: { data: [] } });
	const leg = { id: '', legId: '', sessionId: '' };
	const pair = async () => ({ caller: leg, called: leg });
	return {
		cleanUp: new CleanUp(),
		figures: {},
		first: {},
		second: {},
		receiver: { addressOf: () => '', received: [], untrusted: [] },
		answerWith() {},
		command: reply(0),
		connect: pair,
		deliveries: () => [],
		dial: async () => leg,
		event: async () => ({ at: 0, headers: {}, payload: {} }),
		eventIfAny: async () => undefined,
		events: () => [],
		isAlive: async () => undefined,
		pickUp: async () => {},
		quiet: async () => {},
		request: reply(200),
		ring: pair,
		send: async () => [],
		speak: reply(0),
		standing: pair,
		transfer: reply(0),
		tryCommand: reply(0),
		tryDial: reply(0),
		tryTransfer: reply(0),
		typesOf: () => [],
		uniqueName: () => '',
	} as unknown as Live;
}

it('nothing is seen as assumed only because nothing is seen', async () => {
	const seen = await Promise.all(
		observations.map(async ({ expected, name, observe }) => {
			const nothing = await observe(silence()).catch(() => 'not observed');
			return isDeepStrictEqual(nothing, expected) ? name : undefined;
		}),
	);
	expect(seen.filter((name) => name !== undefined)).toEqual([]);
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

	it('refuse a pattern that matches no observation', () => {
		expect(() => chosenBy(/nothing of the kind/)).toThrow('nothing of the kind');
		expect(chosenBy(/^A queue$/)).toHaveLength(1);
	});

	it('refuse an option that does not exist', () => {
		expect(() => readOptions(['--simulater'])).toThrow(/simulater/);
	});
});
