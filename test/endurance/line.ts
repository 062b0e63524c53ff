import { randomUUID } from 'node:crypto';

import { NODE_VERSION } from '../../nodes/shared/nodeTypes';
import { makeKeyPair } from '../simulator/keys';
import { storedCredential, TELNYX } from '../support/credential';
import { eventually } from '../support/eventually';
import { post } from '../support/n8nNodes';
import { startN8n, webhookUrl, type RealN8n, type WorkflowJson } from '../support/realN8n';
import { startRecorder, type Answer, type Recorded, type Recorder } from '../support/recorder';
import { run, straightLine, telnyx } from '../support/straightLine';

/** A call that n8n has dialed, as Telnyx knows it. */
interface Leg {
	id: string;
	/** By which the tries tell calls apart. */
	to: string;
	/** Where its answer is reported: the address of the execution. */
	address: string;
	clientState: string;
}

/** What a workflow reported once it went on. */
interface Report {
	to: string;
	outcome: string;
	/** The call of the event that it went on with. */
	about: string;
}

/** A Telnyx that dials for n8n and reports what it is told to report, and nothing by itself. */
export interface Line {
	recorder: Recorder;
	keys: ReturnType<typeof makeKeyPair>;
	/** By the number that was dialed. */
	legs: Map<string, Leg>;
	/** How often each number was dialed. */
	dials: (to?: string) => number;
	reports: Report[];
	/** How many executions the trigger has started. */
	started: () => number;
	/** Decides the reply to a request; nothing leaves it to the line. */
	answer: (request: Recorded) => Promise<Answer | undefined>;
	/** Reports an event of a call straight to its execution; returns n8n's reply. */
	straight: (leg: Leg, type?: string) => Promise<Reply>;
	/** The same to the trigger. A repetition has the ID of the first. */
	viaTrigger: (leg: Leg, type?: string, id?: string) => Promise<Reply>;
	/** The n8n of which the trigger is. */
	n8n: RealN8n;
	close: () => Promise<void>;
}

export interface Reply {
	status: number;
	text: string;
}

const TRIGGER = 'net';
/** The workflow that dials, and reports what became of it. */
export const DIALS = 'dials';

/** A workflow that waits in the node `Wait`, and then reports. */
export const reporting = (id: string, wait: object, baseUrl: string) =>
	straightLine(id, {
		Wait: wait,
		Report: post(
			`${baseUrl}/reports`,
			"={{ { to: $('Start').first().json.body.to, outcome: $json.outcome, about: $json.payload?.call_control_id ?? $json.call_control_id ?? '' } }}",
		),
	});

/** Dials, and waits for the answer for as long as the request that starts it says. */
const dial = (more: object = {}) =>
	telnyx('call', 'dial', {
		connection_id: { __rl: true, mode: 'id', value: '1' },
		from: { __rl: true, mode: 'id', value: '+13125550100' },
		to: '={{ $json.body.to }}',
		wait_for_outcome: true,
		wait_timeout_secs: '={{ $json.body.limit }}',
		on_failure: 'continue',
		on_call_end: 'continue',
		...more,
	});

const trigger = (baseUrl: string) => ({
	id: TRIGGER,
	name: TRIGGER,
	nodes: [
		{
			id: TRIGGER,
			name: 'Trigger',
			type: 'n8n-nodes-telnyx-advanced.telnyxAdvancedTrigger',
			typeVersion: NODE_VERSION,
			position: [0, 0],
			parameters: { setup: 'manual', events: ['*'] },
			webhookId: TRIGGER,
			credentials: TELNYX,
		},
		{ id: 'Tell', name: 'Tell', position: [200, 0], ...post(`${baseUrl}/started`, '={{ $json }}') },
	],
	connections: { Trigger: { main: [[{ node: 'Tell', type: 'main', index: 0 }]] } },
	settings: { executionOrder: 'v1' },
});

/** Starts an n8n with the workflow `dials` and a trigger, and the line that they use. */
export async function startLine({
	env,
	more = () => [],
	version,
	onProgress,
}: {
	env?: NodeJS.ProcessEnv;
	/** Further workflows, all published. */
	more?: (baseUrl: string) => WorkflowJson[];
	version?: string;
	onProgress: (message: string) => void;
}): Promise<Line> {
	const recorder = await startRecorder();
	const keys = makeKeyPair();
	const { baseUrl } = recorder;
	const workflows = [reporting(DIALS, dial(), baseUrl), trigger(baseUrl), ...more(baseUrl)];
	const n8n = await startN8n({
		version,
		credentials: [storedCredential({ baseUrl, publicKey: keys.publicKey })],
		workflows,
		published: workflows.map(({ id }) => id),
		env,
		onProgress,
	}).catch(async (error: unknown) => {
		await recorder.close();
		throw error;
	});
	const legs: Map<string, Leg> = new Map();
	const reports: Report[] = [];
	let started = 0;
	const dialed: string[] = [];
	const send = async (url: string, { id: call, clientState }: Leg, type: string, id: string) => {
		const body = JSON.stringify({
			data: {
				record_type: 'event',
				event_type: type,
				id,
				occurred_at: new Date().toISOString(),
				payload: { call_control_id: call, client_state: clientState, connection_id: '1' },
			},
			meta: { attempt: 1, delivered_to: 'https://n8n.example.com' },
		});
		const headers = {
			'content-type': 'application/json',
			...keys.headers(body, Math.floor(Date.now() / 1000)),
		};
		const response = await fetch(url, { method: 'POST', headers, body });
		return { status: response.status, text: await response.text() };
	};
	const line: Line = {
		recorder,
		keys,
		legs,
		reports,
		dials: (to) => dialed.filter((one) => to === undefined || one === to).length,
		started: () => started,
		answer: async () => undefined,
		straight: async (leg, type = 'call.answered') => {
			const { pathname, search } = new URL(leg.address);
			return await send(`${n8n.url}${pathname}${search}`, leg, type, randomUUID());
		},
		viaTrigger: async (leg, type = 'call.hangup', id = randomUUID()) =>
			await send(webhookUrl(n8n.url, TRIGGER), leg, type, id),
		n8n,
		async close() {
			await n8n.stop();
			await recorder.close();
		},
	};
	/** A number has the same call however often it is dialed, as with the command ID. */
	const dialing = ({ to, client_state, webhook_urls }: DialBody): Answer => {
		dialed.push(to);
		const known = legs.get(to);
		const leg = known ?? {
			id: `v3:${randomUUID()}`,
			to,
			address: webhook_urls['call.answered'][0],
			clientState: client_state,
		};
		legs.set(to, leg);
		const ids = { call_control_id: leg.id, call_leg_id: leg.id, call_session_id: leg.id };
		return { body: { data: { record_type: 'call', is_alive: true, ...ids } } };
	};
	recorder.answer = async (request) => {
		const own = await line.answer(request);
		if (own) return own;
		const { method, url, body } = request;
		if (url === '/v2/reports') {
			reports.push(JSON.parse(body));
			return { body: {} };
		}
		if (url === '/v2/started') {
			started += 1;
			return { body: {} };
		}
		if (method === 'POST' && url === '/v2/calls') return dialing(JSON.parse(body));
		if (url.startsWith('/v2/call_control_applications/')) {
			const address = webhookUrl(n8n.url.replace('127.0.0.1', 'localhost'), TRIGGER);
			return { body: { data: { id: '1', webhook_event_url: address } } };
		}
		return { body: { data: { result: 'ok', is_alive: true } } };
	};
	return line;
}

interface DialBody {
	to: string;
	client_state: string;
	webhook_urls: Record<string, string[]>;
}

let last = 13_125_550_000;

/** A number that was not dialed before. */
const newNumber = () => `+${(last += 1)}`;

const START_MS = 120_000;

/** Starts a workflow that waits, with a call of its own; again if n8n is too busy for it. */
export async function start(line: Line, workflow = DIALS, more: object = {}): Promise<string> {
	const to = newNumber();
	await eventually(
		'n8n to start it',
		async () => {
			const { message } = await run(line.n8n, workflow, { to, limit: 3_600, ...more }).then(
				() => ({ message: '' }),
				(error: Error) => error,
			);
			if (message !== '' && !message.includes(': 503 ')) throw new Error(message);
			return message === '';
		},
		START_MS,
	);
	return to;
}

/** How many executions of a workflow have a status. */
export async function count({ rest }: RealN8n, workflowId: string, status: string) {
	const filter = encodeURIComponent(JSON.stringify({ workflowId, status: [status] }));
	const { body } = await rest('GET', `/executions?limit=1&filter=${filter}`);
	return Number(body.data?.count ?? -1);
}

/** The ID of the last execution of a workflow, and its status. */
export async function lastOf(
	{ rest }: RealN8n,
	workflowId: string,
): Promise<{ id: string; status: string } | undefined> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	const { body } = await rest('GET', `/executions?limit=1&filter=${filter}`);
	return body.data?.results?.[0];
}
