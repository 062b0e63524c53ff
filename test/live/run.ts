/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code, never shipped */
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import axios from 'axios';

import { fetchPublicKey, prepareAccount } from './account';
import { makeApi, type Api } from './api';
import { Calls } from './calls';
import { CleanUp } from './cleanUp';
import { Live, type Shared } from './live';
import type { Observation, Seen } from './observation';
import { startReceiver, type Receiver } from './receiver';
import { Recordings } from './recordings';
import type { Time } from './time';

/** Whose Telnyx it is, and how it reaches us. */
export interface Account {
	apiKey: string;
	baseUrl: string;
	numbers: [string, string];
	/** The outbound voice profile; the first one by default. */
	profile?: string;
	/** Where the receiver of webhooks listens. */
	host: string;
	port: number;
	/** Where Telnyx reaches it; where it listens by default. */
	publicUrl?: string;
	time: Time;
}

/** What became of an observation. */
export interface Row {
	observation: Observation;
	verdict: 'same' | 'different' | 'not observed';
	seen?: Seen;
	/** Why nothing was seen. */
	problem?: string;
	figures: Record<string, string | number>;
}

export interface Result {
	rows: Row[];
	/** What could not be removed from the account, and why. */
	remaining: string[];
	/** Texts that no report may hold. */
	secrets: string[];
	isStopped: boolean;
	/** Why it ended before its last observation, if nobody stopped it. */
	problem?: string;
}

const BETWEEN_TRIES_MS = 2000;
const betweenTries = async (time: Time) =>
	await time.pause(BETWEEN_TRIES_MS, new AbortController().signal);

/**
 * Makes all observations, one after the other, and removes everything again: also when one fails, when
 * Telnyx does not answer, and when the signal aborts.
 * @throws if the account or our address is not as it has to be; later it only says what was the matter
 */
export async function run({
	account,
	observations,
	onRow = () => {},
	signal,
	tell = () => {},
	watch = () => {},
}: {
	account: Account;
	observations: Observation[];
	onRow?: (row: Row) => void;
	signal: AbortSignal;
	tell?: (line: string) => void;
	/** Gets told how many answers to webhooks are being delayed. */
	watch?: (delayedAnswers: () => number) => void;
}): Promise<Result> {
	const { apiKey, baseUrl, host, numbers, port, profile, publicUrl, time } = account;
	const api = makeApi({ apiKey, baseUrl, time });
	const secret = randomUUID();
	const publicKey = await fetchPublicKey(api);
	const receiver = await startReceiver({ host, port, publicUrl, publicKey, secret, time });
	watch(receiver.delayed);
	const cleanUp = new CleanUp();
	const rows: Row[] = [];
	const remaining: string[] = [];
	const noteRemaining = (left: string[]) => {
		for (const what of left) tell(`Could not be removed: ${what}`);
		remaining.push(...left);
	};
	let problem: string | undefined;
	try {
		await assertReachable(receiver);
		const lines = await prepareAccount({ api, cleanUp, numbers, profile, receiver, tell });
		const shared: Shared = {
			calls: new Calls({ api, receiver, time, ...lines }),
			recordings: new Recordings({ api, time, tell, lines: [lines.first, lines.second] }),
		};
		cleanUp.push('recordings', async () => await shared.recordings.remove());
		cleanUp.push('calls', async () => await shared.calls.hangUpAll());
		problem = await observeAll({
			api,
			observations,
			onRow: (row) => {
				rows.push(row);
				onRow(row);
			},
			noteRemaining,
			live: () => new Live({ api, receiver, signal, time, shared, ...lines }),
			signal,
			time,
		});
	} finally {
		noteRemaining(await cleanUp.run(async () => await betweenTries(time)));
		await receiver.close();
	}
	const secrets = [apiKey, secret, ...numbers, ...(publicUrl ? [new URL(publicUrl).host] : [])];
	return { rows, remaining, secrets, isStopped: signal.aborted, problem };
}

/** @returns why not all observations were made, unless somebody has stopped it */
async function observeAll({
	api,
	live,
	noteRemaining,
	observations,
	onRow,
	signal,
	time,
}: {
	api: Api;
	/** Makes what an observation needs. */
	live: () => Live;
	noteRemaining: (left: string[]) => void;
	observations: Observation[];
	onRow: (row: Row) => void;
	signal: AbortSignal;
	time: Time;
}): Promise<string | undefined> {
	try {
		for (const observation of observations) {
			if (signal.aborted) return undefined;
			const one = live();
			const row = await observe(observation, one);
			const { open, remaining } = await one.end(async () => await betweenTries(time));
			noteRemaining(remaining);
			onRow(row);
			// Calls that nobody can end must not become more.
			if (open.length > 0 && !(await answers(api))) return 'Telnyx does not answer any more.';
		}
		return undefined;
	} catch (error) {
		return (error as Error).message;
	}
}

const answers = async (api: Api) =>
	await api({ method: 'GET', path: '/public_key' }).then(
		() => true,
		() => false,
	);

/** @throws if our public address does not lead to our receiver */
async function assertReachable({ beepUrl }: Receiver) {
	const reply = await axios
		.get(beepUrl, { timeout: 20_000, validateStatus: () => true })
		.catch(({ message }: Error) => ({ status: message, headers: {} as Record<string, unknown> }));
	if (reply.status === 200 && reply.headers['content-type'] === 'audio/wav') return;
	throw new Error(
		`TELNYX_LIVE_URL does not lead to this machine: a file that is offered there was answered with ${reply.status}. ` +
			'Is the tunnel running, and does it lead to TELNYX_LIVE_PORT?',
	);
}

async function observe(observation: Observation, live: Live): Promise<Row> {
	const { figures } = live;
	try {
		const seen = await observation.observe(live);
		const isSame = isDeepStrictEqual(seen, observation.expected);
		return { observation, seen, figures, verdict: isSame ? 'same' : 'different' };
	} catch (error) {
		const problem = (error as Error).message;
		return { observation, problem, figures, verdict: 'not observed' };
	}
}
