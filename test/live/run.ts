/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code, never shipped */
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import axios from 'axios';

import { fetchPublicKey, prepareAccount, type Line } from './account';
import { dataOf, makeApi, type Api } from './api';
import { CleanUp } from './cleanUp';
import { Live, type Shared } from './live';
import type { Observation, Seen } from './observation';
import { startReceiver, type Receiver } from './receiver';
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
}

const BETWEEN_TRIES_MS = 2000;
/** Until recordings that are still being written can be deleted. */
const RECORDINGS_MS = 5000;

/**
 * Makes all observations, one after the other, and removes everything again: also when one fails, and
 * when the signal aborts.
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
	const betweenTries = async () => await time.pause(BETWEEN_TRIES_MS, new AbortController().signal);
	try {
		await assertReachable(receiver);
		const lines = await prepareAccount({ api, cleanUp, numbers, profile, receiver, tell });
		const shared: Shared = { seenCalls: new Set() };
		const live = () => new Live({ api, receiver, signal, time, shared, ...lines });
		cleanUp.push('recordings', async () => await removeRecordings(api, time, lines));
		cleanUp.push('calls', async () => {
			const { caller, called } = shared.standing ?? {};
			const open = await live().hangUp([caller, called].filter((leg) => leg !== undefined));
			if (open.length > 0) throw new Error(open.join(', '));
		});
		for (const observation of observations) {
			if (signal.aborted) break;
			const one = live();
			const row = await observe(observation, one);
			const left = await one.end(betweenTries);
			for (const what of left) tell(`Could not be removed: ${what}`);
			remaining.push(...left);
			rows.push(row);
			onRow(row);
		}
	} finally {
		const left = await cleanUp.run(betweenTries);
		for (const what of left) tell(`Could not be removed: ${what}`);
		remaining.push(...left);
		await receiver.close();
	}
	const secrets = [apiKey, secret, ...numbers, ...(publicUrl ? [new URL(publicUrl).host] : [])];
	return { rows, remaining, secrets, isStopped: signal.aborted };
}

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

/** Those of our applications; they are stored a moment after their call has ended. */
async function removeRecordings(api: Api, time: Time, lines: { first: Line; second: Line }) {
	await time.pause(RECORDINGS_MS, new AbortController().signal);
	for (const { applicationId } of [lines.first, lines.second]) {
		const path = `/recordings?filter[connection_id]=${applicationId}&page[size]=100`;
		const found = dataOf(await api({ method: 'GET', path }), 'Listing recordings');
		for (const { id } of found as unknown as Array<{ id: string }>) {
			dataOf(await api({ method: 'DELETE', path: `/recordings/${id}` }), 'Deleting a recording');
		}
	}
}
