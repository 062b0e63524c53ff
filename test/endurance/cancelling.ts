/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import { eventually } from '../support/eventually';
import type { Answer, Recorded } from '../support/recorder';
import { straightLine, telnyx } from '../support/straightLine';
import { DIALS, lastOf, start, startLine, type Line } from './line';
import type { Row } from './index';

/** Long enough for anything that would still happen. */
const AFTERWARDS_MS = 12_000;

/** An execution that is cancelled in each of its phases. */
export async function cancelling(onProgress: (message: string) => void): Promise<Row[]> {
	const files = await slowFiles();
	const line = await startLine({
		more: () => [
			straightLine('speaks', {
				Speak: telnyx('audio', 'speak', {
					payload: 'Hello',
					voice: { __rl: true, mode: 'id', value: 'AWS.Polly.Joanna' },
				}),
			}),
			straightLine('downloads', {
				Download: telnyx('recording', 'download', {
					recording_id: { __rl: true, mode: 'id', value: 'r1' },
				}),
			}),
		],
		onProgress,
	});
	const rows: Row[] = [];
	const phase = async (name: string, tried: () => Promise<string>) => {
		line.answer = async () => undefined;
		line.recorder.requests = [];
		const happened = await tried();
		onProgress(`${name}: ${happened}`);
		rows.push([`Cancelled ${name}`, happened]);
	};
	try {
		await phase('before the command', async () => {
			const held = hold(line, ({ url }) => url.startsWith('/v2/call_control_applications/'));
			const to = await start(line);
			await held.arrived;
			const status = await cancel(line, DIALS);
			held.release();
			await sleep(AFTERWARDS_MS);
			return `${status}, dialed ${line.dials(to)} times`;
		});
		await phase('while the command is on its way', async () => {
			const held = hold(line, isDial);
			const to = await start(line);
			await held.arrived;
			const status = await cancel(line, DIALS);
			held.release();
			await sleep(AFTERWARDS_MS);
			return `${status}, dialed ${line.dials(to)} times, ${hangups(line)} hung up, ${await afterwards(line, to)}`;
		});
		await phase('in the wait before the command is tried again', async () => {
			let tries = 0;
			const refusing = new Promise<void>((resolve) => {
				line.answer = async (request) => {
					if (!isDial(request)) return undefined;
					tries += 1;
					resolve();
					return { status: 503, headers: { 'retry-after': '3' }, body: {} };
				};
			});
			await start(line);
			await refusing;
			const status = await cancel(line, DIALS);
			const before = tries;
			await sleep(AFTERWARDS_MS);
			return `${status}, tried ${tries - before} times afterwards`;
		});
		await phase('while it waits', async () => {
			const to = await start(line, DIALS, { limit: 8 });
			await eventually('the call', () => line.legs.get(to));
			await eventually(
				'the pause',
				async () => (await lastOf(line.n8n, DIALS))?.status === 'waiting',
			);
			const status = await cancel(line, DIALS);
			const happened = await afterwards(line, to);
			await sleep(AFTERWARDS_MS);
			return `${status}, ${happened}, ${reportsOf(line, to)} went on, also after the time limit`;
		});
		await phase('while the next node runs, after an event was handed over', async () => {
			const held = hold(line, ({ url }) => url === '/v2/reports');
			const to = await start(line);
			const leg = await eventually('the call', () => line.legs.get(to));
			await eventually(
				'the pause',
				async () => (await lastOf(line.n8n, DIALS))?.status === 'waiting',
			);
			const first = await line.viaTrigger(leg, 'call.hangup', 'event-that-is-repeated');
			await held.arrived;
			const status = await cancel(line, DIALS);
			const started = line.started();
			const again = await line.viaTrigger(leg, 'call.hangup', 'event-that-is-repeated');
			held.release();
			await sleep(2_000);
			return `${status}; the event: ${first.status} ${first.text}; repeated: ${again.status} ${again.text}, starts ${line.started() - started} executions`;
		});
		await phase('in the wait before a command that waits for nothing is tried again', async () => {
			let tries = 0;
			const refusing = new Promise<void>((resolve) => {
				line.answer = async ({ url }) => {
					if (!url.endsWith('/speak')) return undefined;
					tries += 1;
					resolve();
					return { status: 503, headers: { 'retry-after': '3' }, body: {} };
				};
			});
			await start(line, 'speaks', { call: 'v3:abc' });
			await refusing;
			const status = await cancel(line, 'speaks');
			const before = tries;
			await sleep(AFTERWARDS_MS);
			return `${status}, tried ${tries - before} times afterwards`;
		});
		await phase('while it downloads', async () => {
			line.answer = async ({ url }) =>
				url.startsWith('/v2/recordings/')
					? { body: { data: { id: 'r1', download_urls: { mp3: files.url } } } }
					: undefined;
			await start(line, 'downloads');
			await eventually('the download', () => files.open() === 1);
			const status = await cancel(line, 'downloads');
			const since = Date.now();
			const closed = await eventually('the connection to close', () => files.open() === 0, 60_000)
				.then(() => `${((Date.now() - since) / 1_000).toFixed(1)} s later`)
				.catch(() => 'not within a minute');
			return `${status}, the connection is closed ${closed}`;
		});
		const errors = line.n8n.log
			.filter(({ level }) => level === 'error')
			.map(({ message }) => message);
		onProgress(`errors in the log: ${JSON.stringify([...new Set(errors)])}`);
		return rows;
	} finally {
		await line.close();
		files.close();
	}
}

const isDial = ({ method, url }: Recorded) => method === 'POST' && url === '/v2/calls';

const hangups = ({ recorder }: Line) =>
	recorder.requests.filter(({ url }) => url.endsWith('/hangup')).length;

const reportsOf = ({ reports }: Line, number: string) =>
	reports.filter(({ to }) => to === number).length;

/** Holds the replies to some requests back. */
function hold(line: Line, isHeld: (request: Recorded) => boolean) {
	let release = () => {};
	let arrive = () => {};
	const released = new Promise<void>((resolve) => (release = resolve));
	const arrived = new Promise<void>((resolve) => (arrive = resolve));
	line.answer = async (request): Promise<Answer | undefined> => {
		if (!isHeld(request)) return undefined;
		arrive();
		await released;
		return undefined;
	};
	return { arrived, release };
}

/** Cancels the last execution of a workflow, as the editor does. */
async function cancel({ n8n }: Line, workflow: string): Promise<string> {
	const { id = '' } = (await lastOf(n8n, workflow)) ?? {};
	const { status, body } = await n8n.rest('POST', `/executions/${id}/stop`);
	if (status !== 200) throw new Error(`Cannot be cancelled: ${JSON.stringify(body)}`);
	return (await lastOf(n8n, workflow))?.status ?? '';
}

/** What n8n does with the events of the call. */
async function afterwards(line: Line, to: string) {
	const leg = line.legs.get(to);
	if (!leg) return 'no call';
	const started = line.started();
	const straight = await line.straight(leg);
	const hangup = await line.viaTrigger(leg);
	await sleep(1_500);
	return `the answer comes straight: ${straight.status}; the hangup comes to the trigger: ${hangup.status} ${hangup.text}, starts ${line.started() - started} executions`;
}

/** A server whose files never end, but come slowly. */
async function slowFiles() {
	let open = 0;
	const server = createServer((_request, response) => {
		open += 1;
		response.setHeader('content-type', 'audio/mpeg');
		const drip = setInterval(() => response.write(Buffer.alloc(10_000)), 200);
		response.on('close', () => {
			clearInterval(drip);
			open -= 1;
		});
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/r1.mp3`,
		open: () => open,
		close() {
			server.closeAllConnections();
			server.close();
		},
	};
}
