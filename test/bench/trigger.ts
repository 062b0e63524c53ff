/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @typescript-eslint/no-explicit-any, no-console -- test code, never shipped */
/**
 * What the trigger costs, in a real n8n: `npm run bench:trigger`. Prints the tables of
 * docs/trigger.md. The kinds of requests take turns in short rounds, so that whatever else the
 * machine does hits all of them alike.
 */
import { createPublicKey, randomUUID, verify } from 'node:crypto';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { cpus } from 'node:os';

import { NODE_VERSION } from '../../nodes/shared/nodeTypes';
import type * as PublicKey from '../../nodes/telnyx/credential/publicKey';
import type * as Signature from '../../nodes/telnyx/webhooks/signature';
import { makeKeyPair, type KeyPair } from '../simulator/keys';
import { built } from '../support/built';
import { eventually } from '../support/eventually';
import { startN8n } from '../support/realN8n';
import { YARDSTICKS } from './yardsticks';

const CONNECTIONS = 10;
const ROUNDS = Number(process.env.ROUNDS ?? 40);
const REQUESTS = 20;
const CHECKS = 300;
const CHECK_ROUNDS = 40;

const { readPublicKey } = built<typeof PublicKey>('nodes/telnyx/credential/publicKey');
const { whyUntrusted } = built<typeof Signature>('nodes/telnyx/webhooks/signature');

const telnyx = makeKeyPair();
const stranger = makeKeyPair();

const CREDENTIAL = {
	id: 'telnyx',
	name: 'telnyx',
	type: 'telnyxAdvancedApi',
	data: { apiKey: 'KEY', publicKey: telnyx.publicKey, baseUrl: 'https://api.telnyx.com/v2' },
};

const workflow = (id: string, node: object) => ({
	id,
	name: id,
	nodes: [{ id, name: 'Trigger', typeVersion: 1, position: [0, 0], webhookId: id, ...node }],
	connections: {},
	settings: { executionOrder: 'v1' },
});

const ours = (options: object) => ({
	type: 'n8n-nodes-telnyx-advanced.telnyxAdvancedTrigger',
	typeVersion: NODE_VERSION,
	parameters: { setup: 'manual', events: ['*'], options },
	credentials: { telnyxAdvancedApi: { id: CREDENTIAL.id, name: CREDENTIAL.name } },
});

const workflows = [
	workflow('trivial', { type: 'CUSTOM.trivialTrigger', parameters: {} }),
	workflow('ours', ours({})),
	workflow('for-good', ours({ duplicates: 'dropForGood' })),
];

/** A webhook of about 600 bytes, unlike every other. */
const webhook = () =>
	JSON.stringify({
		data: {
			record_type: 'event',
			event_type: 'call.hangup',
			id: randomUUID(),
			occurred_at: new Date().toISOString(),
			payload: {
				call_control_id: `v3:${randomUUID()}`,
				call_leg_id: randomUUID(),
				call_session_id: randomUUID(),
				client_state: Buffer.from('{"step":"menu"}').toString('base64'),
				connection_id: '7267000000000000000',
				from: '+13125550101',
				to: '+13125550102',
				hangup_cause: 'normal_clearing',
				hangup_source: 'caller',
				sip_hangup_cause: '200',
				start_time: new Date().toISOString(),
				state: 'hangup',
			},
		},
		meta: { attempt: 1, delivered_to: 'https://n8n.example.com/webhook/1/webhook' },
	});

type Post = { body: string; headers: Record<string, string> };

const signedBy =
	(signer: KeyPair): (() => Post) =>
	() => {
		const body = webhook();
		return { body, headers: signer.headers(body, Math.floor(Date.now() / 1000)) };
	};

const KINDS = {
	'Trigger that only returns the body': { id: 'trivial', make: signedBy(telnyx), status: 200 },
	'Telnyx Advanced Trigger': { id: 'ours', make: signedBy(telnyx), status: 200 },
	'The same, duplicates remembered for good': {
		id: 'for-good',
		make: signedBy(telnyx),
		status: 200,
	},
	'Refused: signed with another key': { id: 'ours', make: signedBy(stranger), status: 401 },
	'Refused: not signed': {
		id: 'ours',
		make: () => ({ body: webhook(), headers: { 'content-type': 'application/json' } }),
		status: 401,
	},
};

const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

/** @returns the status */
async function send(url: string, { body, headers }: Post): Promise<number> {
	const sent = request(url, {
		method: 'POST',
		agent,
		headers: { ...headers, 'content-length': Buffer.byteLength(body) },
	});
	sent.end(body);
	const [response] = await once(sent, 'response');
	response.resume();
	await once(response, 'end');
	return response.statusCode;
}

/** @returns requests a second */
async function round(
	url: string,
	{ make, status }: { make: () => Post; status: number },
): Promise<number> {
	const posts = Array.from({ length: REQUESTS }, make);
	const start = process.hrtime.bigint();
	let next = 0;
	await Promise.all(
		Array.from({ length: CONNECTIONS }, async () => {
			while (next < posts.length) {
				const got = await send(url, posts[next++]);
				if (got !== status) throw new Error(`${url} answered ${got}, not ${status}`);
			}
		}),
	);
	return REQUESTS / (Number(process.hrtime.bigint() - start) / 1e9);
}

/** n8n answers before the execution has ended: its rest must not burden the next kind. */
async function settled({
	rest,
}: {
	rest: (method: string, path: string) => Promise<{ body: any }>;
}) {
	const filter = encodeURIComponent(JSON.stringify({ status: ['new', 'running'] }));
	await eventually('n8n to have nothing to do', async () => {
		const { data } = (await rest('GET', `/executions?limit=1&filter=${filter}`)).body;
		return data.results.length === 0;
	});
}

const median = (values: number[]) =>
	values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** @returns checks a second */
function checksPerSecond(check: () => boolean): number {
	const start = process.hrtime.bigint();
	for (let i = 0; i < CHECKS; i++) if (!check()) throw new Error('A good signature was refused');
	return CHECKS / (Number(process.hrtime.bigint() - start) / 1e9);
}

/** The check of the signature alone, beside the least that Node.js needs for it. */
function signatures() {
	const { body, headers } = signedBy(telnyx)();
	const rawBody = Buffer.from(body);
	// As many headers as a webhook comes with behind a proxy.
	const all = {
		host: 'n8n.example.com',
		accept: '*/*',
		'x-forwarded-for': '192.0.2.1',
		...headers,
	};
	const key = readPublicKey(telnyx.publicKey);
	const x = Buffer.from(telnyx.publicKey, 'base64').toString('base64url');
	const bareKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
	const signed = Buffer.from(`${headers['telnyx-timestamp']}|${body}`);
	const signature = Buffer.from(headers['telnyx-signature-ed25519'], 'base64');
	const bare: number[] = [];
	const checked: number[] = [];
	for (let i = 0; i < CHECK_ROUNDS; i++) {
		bare.push(checksPerSecond(() => verify(null, signed, bareKey, signature)));
		checked.push(
			checksPerSecond(() => whyUntrusted({ rawBody, headers: all, key, now: Date.now() }) === null),
		);
	}
	return { bare, checked };
}

async function requests() {
	const n8n = await startN8n({
		credentials: [CREDENTIAL],
		workflows,
		published: workflows.map(({ id }) => id),
		env: { N8N_CUSTOM_EXTENSIONS: YARDSTICKS, N8N_LOG_LEVEL: 'warn' },
		onProgress: console.error,
	});
	try {
		const rates: Record<string, number[]> = Object.fromEntries(
			Object.keys(KINDS).map((name) => [name, []]),
		);
		for (let i = -2; i < ROUNDS; i++) {
			const kinds = Object.entries(KINDS);
			// Whoever is first in one round is last in the next.
			for (const [name, kind] of i % 2 ? kinds : kinds.toReversed()) {
				const rate = await round(n8n.webhookUrl(kind.id), kind);
				await settled(n8n);
				// The first two warm up.
				if (i >= 0) rates[name].push(rate);
			}
			console.error(`Round ${i + 1} of ${ROUNDS}`);
		}
		return rates;
	} finally {
		agent.destroy();
		await n8n.stop();
	}
}

async function main() {
	const rates = await requests();
	const { bare, checked } = signatures();
	const [reference] = Object.values(rates);
	/** Against the reference of the same round. */
	const ratio = (values: number[], to: number[]) =>
		median(values.map((value, i) => value / to[i])).toFixed(2);
	console.log(
		[
			`${ROUNDS} rounds of ${REQUESTS} requests each, ${CONNECTIONS} connections, ${cpus().length} processors.`,
			'',
			'| Requests to a real n8n | a second | of the first |',
			'| --- | --- | --- |',
			...Object.entries(rates).map(
				([name, values]) =>
					`| ${name} | ${median(values).toFixed(1)} | ${ratio(values, reference)} |`,
			),
			'',
			'| Signature of one webhook | a second | of the first |',
			'| --- | --- | --- |',
			`| \`crypto.verify\` with a kept key | ${median(bare).toFixed(0)} | 1.00 |`,
			`| The trigger's whole check | ${median(checked).toFixed(0)} | ${ratio(checked, bare)} |`,
		].join('\n'),
	);
}

void main();
