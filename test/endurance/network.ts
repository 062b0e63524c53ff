/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- test code, never shipped */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startApi } from '../bench/api';
import { storedCredential } from '../support/credential';
import { manyCommands, SENDER, sendsDtmf, startCommands } from '../support/manyCommands';
import { startN8n } from '../support/realN8n';
import type { Row } from './index';

const NAME = 'telnyx.test';
const COMMANDS = 300;
const STEP_MS = 700;
const SENDS = 'sends';

/** What happens to new connections, and to the name. */
type Weather =
	| 'fine'
	| 'refused'
	| 'resets'
	| 'no TLS'
	| 'strange certificate'
	| 'EAI_AGAIN'
	| 'ENOTFOUND';

const CASES: Array<[name: string, weather: Weather[]]> = [
	['The name cannot be looked up, every other 0.7 s', ['fine', 'EAI_AGAIN']],
	['Connections are refused, every other 0.7 s', ['fine', 'refused']],
	['Connections break off during the TLS handshake, every other 0.7 s', ['fine', 'resets']],
	['The name does not exist, every other 0.7 s', ['fine', 'ENOTFOUND']],
	['A server without TLS, every other 0.7 s', ['fine', 'no TLS']],
	['Another certificate, every other 0.7 s', ['fine', 'strange certificate']],
];

/** Names and connections that fail now and then. */
export async function network(onProgress: (message: string) => void): Promise<Row[]> {
	const folder = await mkdtemp(join(tmpdir(), 'telnyx-network-'));
	const dnsFile = join(folder, 'dns');
	writeFileSync(dnsFile, '');
	const api = await startApi({ latencyMs: 50, tls: certificate(folder, 'own') });
	const stranger = await startApi({ latencyMs: 0, tls: certificate(folder, 'strange') });
	const plain = await startApi({ latencyMs: 0 });
	const door = await startDoor({
		fine: portOf(api.baseUrl),
		'strange certificate': portOf(stranger.baseUrl),
		'no TLS': portOf(plain.baseUrl),
	});
	const baseUrl = `https://${NAME}:${door.port}/v2`;
	const n8n = await startN8n({
		credentials: [storedCredential({ baseUrl })],
		workflows: [manyCommands(SENDS, sendsDtmf({}, { onError: 'continueRegularOutput' }))],
		published: [SENDS],
		env: {
			NODE_EXTRA_CA_CERTS: join(folder, 'own.pem'),
			NODE_OPTIONS: `--require ${join(__dirname, 'flappingDns.js')}`,
			TEST_DNS: dnsFile,
		},
		onProgress,
	});
	try {
		const rows: Row[] = [];
		for (const [index, [name, weather]] of CASES.entries()) {
			api.reset();
			let step = 0;
			const change = () => {
				const now = weather[(step += 1) % weather.length];
				door.set(now);
				writeFileSync(dnsFile, /^E/.test(now) ? now : '');
			};
			change();
			const changing = setInterval(change, STEP_MS);
			const items = Array.from({ length: COMMANDS }, (_, item) => ({
				call: 'v3:call',
				digits: `${index} ${item}`.replace(' ', '*'),
			}));
			await startCommands(n8n, SENDS, items);
			const execution = (await n8n.executions(SENDS, index + 1, 300_000)).at(-1);
			clearInterval(changing);
			door.set('fine');
			writeFileSync(dnsFile, '');
			const output = execution?.items(SENDER) ?? [];
			const failed = output.filter(({ error }) => error);
			const words = [...new Set(failed.map(({ error }) => String(error)))];
			const { carriedOut, twice } = api.tally();
			const seconds = ((execution?.ms(SENDER) ?? 0) / 1_000).toFixed(1);
			const happened = `${carriedOut} of ${COMMANDS} commands carried out, ${twice} requests repeated one that was; ${failed.length} failed${words.length > 0 ? `: ${words.join('; ')}` : ''}; ${seconds} s`;
			onProgress(`${name}: ${happened}`);
			rows.push([name, happened]);
		}
		return rows;
	} finally {
		await n8n.stop();
		for (const one of [api, stranger, plain, door]) one.close();
		await rm(folder, { recursive: true, force: true });
	}
}

const portOf = (url: string) => Number(new URL(url).port);

function certificate(folder: string, name: string) {
	const [key, cert] = [join(folder, `${name}.key`), join(folder, `${name}.pem`)];
	const subject = ['-subj', `/CN=${NAME}`, '-addext', `subjectAltName=DNS:${NAME}`];
	const how = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
	execFileSync('openssl', ['req', ...how, ...subject, '-keyout', key, '-out', cert], {
		stdio: 'pipe',
	});
	return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
}

/** A port that leads to one of several servers, breaks connections off, or is closed. */
async function startDoor(ports: Record<string, number>) {
	let now: Weather = 'fine';
	const server = createServer((socket) => {
		socket.on('error', () => {});
		const port = ports[now];
		if (port === undefined) {
			socket.once('data', () => socket.resetAndDestroy());
			return;
		}
		const inner = connect(port, '127.0.0.1').on('error', () => socket.destroy());
		socket.pipe(inner).pipe(socket);
		socket.on('close', () => inner.destroy());
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return {
		port,
		set(weather: Weather) {
			now = weather;
			if (weather === 'refused') server.close();
			else if (!server.listening) server.listen(port, '127.0.0.1');
		},
		close: () => server.close(),
	};
}
