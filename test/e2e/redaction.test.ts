/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @typescript-eslint/no-explicit-any -- test code, never shipped */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import axios from 'axios';
import type { INodeType } from 'n8n-workflow';

import { NODE_VERSION, nodeType, type NodeName } from '../../nodes/shared/nodeTypes';
import { built } from '../support/built';
import { storedCredential, TELNYX } from '../support/credential';
import { eventually } from '../support/eventually';
import { run as runProgram } from '../support/guarded';
import { installN8n } from '../support/installN8n';
import { startN8n } from '../support/realN8n';
import { startRecorder, type Answer, type Recorded, type Recorder } from '../support/recorder';
import { signer } from '../support/signing';
import { run, straightLine, telnyx as action } from '../support/straightLine';
import { event, toBody, type TelnyxEvent } from './events';

/**
 * What n8n hides of payments in executions, and what not: executions of a real n8n that have them in every
 * place where our nodes put events out, given to the code for redaction of the same n8n.
 */
const ROOT = join(__dirname, '../..');
const PROGRAM = join(__dirname, '../support/redactionOfN8n.ts');

/** What a payment tells of a card or an account, each with a value that nothing else has. */
const SECRET = Object.fromEntries(
	[
		'bank_account_number',
		'bank_routing_number',
		'expiration_date',
		'payment_card_number',
		'payment_card_postal_code',
		'security_code',
		'token_id',
	].map((name) => [name, `the ${name} of somebody`]),
);
/** What else it tells. */
const OPEN = { result: 'success', payment_card_type: 'visa', charge_id: 'charge-17' };
const PAYMENT = { ...SECRET, ...OPEN };
const PAID = 'call.payment.completed';

/** What n8n puts there instead. */
const HIDDEN = { __redacted: true, reason: 'node_defined_field', canReveal: false };

type Items = Array<Array<{ json: unknown }> | null>;
/** The runs of each node of an execution. */
type RunData = Record<string, Array<{ data?: Record<string, Items> }>>;

const account = signer(1);
const ids = { whole: 'paid', simple: 'paid-simple', collect: 'collect', lists: 'lists' };
const OURS: Record<keyof typeof ids, string[]> = {
	whole: ['Start', 'Say Thanks'],
	simple: ['Start'],
	collect: ['Collect Payment'],
	lists: ['Call Events', 'Webhooks', 'Webhook'],
};

let telnyx: Recorder;
let n8n: Awaited<ReturnType<typeof startN8n>>;
/** What n8n's server shows of each execution. */
let shown: Record<string, RunData>;
/** The same as the code for redaction leaves it: by what nodes declare, and by a policy of the workflow. */
let left: Record<'declared' | 'none' | 'all', Record<string, RunData>>;

beforeAll(async () => {
	telnyx = await startRecorder();
	telnyx.answer = asTelnyx;
	const workflows = [whole(), simple(), collect(), lists()];
	n8n = await startN8n({
		credentials: [storedCredential({ ...telnyx, apiKey: 'a-key', publicKey: account.publicKey })],
		workflows,
		published: workflows.map(({ id }) => id),
	});
	await letThemPay();
	const executions = { ...(await readExecutions()), tool: ofTool() };
	shown = byName(executions, Object.values(executions).map(runDataOf));
	left = await redactions(executions);
});

afterAll(async () => {
	await n8n?.stop();
	await telnyx?.close();
});

describe("n8n's code that reads what nodes declare", () => {
	it.each(Object.entries(OURS).flatMap(([id, nodes]) => nodes.map((node) => [id, node])))(
		'hides what a payment tells of cards and accounts, and nothing else: %s, node %s',
		(id, node) => {
			const items = itemsOf(shown[id], node);
			expect(valuesIn(items)).toEqual(expect.arrayContaining(Object.values(PAYMENT)));
			expect(itemsOf(left.declared[id], node)).toEqual(withHidden(items));
		},
	);

	it('finds something in each place that our nodes declare', () => {
		const found = Object.values(left.declared).flatMap((runData) =>
			Object.keys(runData).flatMap((node) => itemsOf(runData, node).flatMap(pathsOfHidden)),
		);
		expect([...new Set(found)].sort()).toEqual([...declared()].sort());
	});

	it('does so where a node is the tool of an agent', () => {
		expect(itemsOf(left.declared.tool, 'Tool')).toEqual([
			{
				payload: {
					...OPEN,
					...Object.fromEntries(Object.keys(SECRET).map((name) => [name, HIDDEN])),
				},
			},
		]);
	});

	it('leaves what other nodes pass on', () => {
		const items = itemsOf(shown.whole, 'Passed On');
		expect(valuesIn(items)).toEqual(expect.arrayContaining(Object.values(SECRET)));
		expect(itemsOf(left.declared.whole, 'Passed On')).toEqual(items);
	});
});

describe('n8n 2.41.1 when somebody looks at an execution', () => {
	it('does not run that code: without a policy, all is shown', () => {
		expect(left.none).toEqual(shown);
		for (const id of Object.keys(ids)) {
			expect(valuesIn(shown[id])).toEqual(expect.arrayContaining(Object.values(SECRET)));
		}
	});

	it('with a policy of the workflow, which takes a licence, it shows no item at all', () => {
		for (const runData of Object.values(left.all)) {
			const items = Object.keys(runData).flatMap((node) => itemsOf(runData, node));
			expect(items.length).toBeGreaterThan(0);
			expect(items.filter((json) => Object.keys(json as object).length > 0)).toEqual([]);
		}
	});
});

/** The trigger puts out the whole event, Phone Call keeps that and adds its own. */
function whole() {
	return straightLine(ids.whole, {
		Start: trigger(ids.whole),
		'Say Thanks': {
			...ours('telnyxPhoneCall'),
			parameters: { operation: 'say', text: 'Thank you', options: { include_event: true } },
		},
		'Passed On': passOn,
	});
}

/** The trigger puts out one flat object. */
function simple() {
	return straightLine(ids.simple, {
		Start: trigger(ids.simple, { simple: true }),
		'Passed On': passOn,
	});
}

/** A node waits for the payment. */
function collect() {
	return straightLine(ids.collect, {
		'Collect Payment': action('input', 'pay', {
			wait_for_outcome: true,
			wait_timeout_secs: 600,
			on_call_end: 'error',
		}),
	});
}

/** What Telnyx still knows of earlier events. */
function lists() {
	const once = { executeOnce: true };
	return straightLine(ids.lists, {
		'Call Events': action('callEvent', 'list'),
		Webhooks: action('webhookDelivery', 'list', {}, once),
		Webhook: action('webhookDelivery', 'retrieve', { id: DELIVERY.id }, once),
	});
}

const ours = (name: NodeName) => ({
	type: nodeType(name),
	typeVersion: NODE_VERSION,
	credentials: TELNYX,
});

const trigger = (webhookId: string, options: object = {}) => ({
	...ours('telnyxAdvancedTrigger'),
	webhookId,
	parameters: { setup: 'manual', events: [PAID], separate_outputs: false, options },
});

const passOn = { type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} };

/** How the list of call events has an event: Telnyx does not say, so as callSummary.ts reads it. */
const METADATA = [
	PAYMENT,
	{ payload: PAYMENT },
	{ data: { payload: PAYMENT } },
	{ event: { payload: PAYMENT } },
	{ event: { data: { payload: PAYMENT } } },
];

const DELIVERY = {
	record_type: 'webhook_delivery',
	id: 'delivery-1',
	status: 'delivered',
	webhook: { record_type: 'event', event_type: PAID, payload: PAYMENT },
	attempts: [],
};

/** Answers lists with payments in them, and takes every command. */
function asTelnyx({ url }: Recorded): Answer {
	const { pathname } = new URL(url, telnyx.baseUrl);
	const page = (data: object[]) => ({
		body: {
			data,
			meta: { page_number: 1, page_size: 50, total_pages: 1, total_results: data.length },
		},
	});
	switch (pathname.replace(/^\/v2\//, '')) {
		case 'call_events':
			return page(
				METADATA.map((metadata) => ({
					name: PAID,
					type: 'webhook',
					call_leg_id: 'leg-1',
					metadata,
				})),
			);
		case 'webhook_deliveries':
			return page([DELIVERY]);
		case `webhook_deliveries/${DELIVERY.id}`:
			return { body: { data: DELIVERY } };
		default:
			return { body: { data: { result: 'ok' } } };
	}
}

/** Starts each workflow, and lets happen what its nodes wait for. */
async function letThemPay() {
	await deliver(ids.simple, event(PAID, {}, PAYMENT));

	const paid = event(PAID, {}, PAYMENT);
	const { call_control_id: caller } = paid.data.payload;
	await deliver(ids.whole, paid);
	const thanked = { call_control_id: caller, client_state: await stateSentWith('speak') };
	// No payment ends a step: what the event has besides is put there to be found.
	await deliver(
		ids.whole,
		event('call.speak.ended', {}, { ...PAYMENT, ...thanked, status: 'completed' }),
	);

	const call = 'v3:collects';
	await run(n8n, ids.collect, { call });
	const collected = { call_control_id: call, client_state: await stateSentWith('pay') };
	await deliver(ids.whole, event(PAID, {}, { ...PAYMENT, ...collected }));

	await run(n8n, ids.lists);
}

/** The client state that went with a command, and so comes with the events that it causes. */
async function stateSentWith(command: string): Promise<string> {
	const { body } = await eventually(command, () =>
		telnyx.requests.find(({ url }) => url.endsWith(`/actions/${command}`)),
	);
	return JSON.parse(body).client_state;
}

/** Sends an event until n8n takes it, as Telnyx does. */
async function deliver(id: string, content: TelnyxEvent) {
	const body = toBody(content);
	await eventually(`${id} to take ${content.data.event_type}`, async () => {
		const headers = account.headers(body);
		const request = { headers, validateStatus: () => true };
		return (await axios.post(n8n.webhookUrl(id), Buffer.from(body), request)).status === 200;
	});
}

interface Stored {
	data: { resultData: { runData: RunData } };
	workflowData: object;
}

const runDataOf = ({ data }: Stored) => data.resultData.runData;

/** The only execution of each workflow, as n8n's server gives it to the editor. */
async function readExecutions(): Promise<Record<string, Stored>> {
	const { parse } = createRequire((await installN8n()).n8n)('flatted');
	const read = Object.entries(ids).map(async ([name, id]) => {
		const [execution, ...more] = await n8n.executions(id, 1);
		expect([id, execution.status, more]).toEqual([id, 'success', []]);
		const { body } = await n8n.rest('GET', `/executions/${execution.id}`);
		return [name, { ...body.data, data: parse(body.data.data) }];
	});
	return Object.fromEntries(await Promise.all(read));
}

/** An execution in which an agent used a node of ours. */
const ofTool = (): Stored & { mode: string } => ({
	mode: 'webhook',
	workflowData: {
		nodes: [{ name: 'Tool', type: `${nodeType('telnyxAdvanced')}Tool`, typeVersion: NODE_VERSION }],
	},
	data: {
		resultData: {
			runData: { Tool: [{ data: { ai_tool: [[{ json: { payload: PAYMENT } }]] } }] },
		},
	},
});

/** Gives executions to n8n's code for redaction. */
async function redactions(executions: Record<string, Stored>): Promise<typeof left> {
	const { n8n: program, node } = await installN8n();
	const folder = await mkdtemp(join(tmpdir(), 'redaction-'));
	try {
		const [input, output] = ['executions.json', 'redacted.json'].map((name) => join(folder, name));
		await writeFile(input, JSON.stringify(Object.values(executions)));
		await runProgram(node, [PROGRAM, program, ROOT, input, output], {
			cwd: folder,
			env: { PATH: process.env.PATH, HOME: folder, NODE_ENV: 'production' },
		});
		const results = JSON.parse(await readFile(output, 'utf8')) as Record<string, RunData[]>;
		return Object.fromEntries(
			Object.entries(results).map(([how, all]) => [how, byName(executions, all)]),
		) as typeof left;
	} finally {
		await rm(folder, { recursive: true });
	}
}

const byName = <T>(names: object, all: T[]): Record<string, T> =>
	Object.fromEntries(Object.keys(names).map((name, index) => [name, all[index]]));

/** What a node put out, through all its outputs. */
const itemsOf = (runData: RunData, node: string): unknown[] =>
	runData[node].flatMap(({ data = {} }) =>
		Object.values(data).flatMap((outputs) =>
			outputs.flatMap((items) => (items ?? []).map(({ json }) => json)),
		),
	);

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** All values in it that are not objects. */
const valuesIn = (value: unknown): unknown[] =>
	isObject(value) ? Object.values(value).flatMap(valuesIn) : [value];

/** The same, with each secret replaced as n8n does it. */
function withHidden(value: unknown): any {
	if (Object.values(SECRET).some((secret) => secret === value)) return HIDDEN;
	if (Array.isArray(value)) return value.map(withHidden);
	if (!isObject(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, inner]) => [name, withHidden(inner)]),
	);
}

/** Where something is hidden in an item. */
function pathsOfHidden(value: unknown): string[] {
	if (!isObject(value)) return [];
	return Object.entries(value).flatMap(([name, inner]) =>
		isObject(inner) && '__redacted' in inner
			? [name]
			: pathsOfHidden(inner).map((path) => `${name}.${path}`),
	);
}

/** What the built nodes declare, all of them together. */
function declared(): Set<string> {
	const names = ['TelnyxAdvanced', 'TelnyxAdvancedTrigger', 'TelnyxPhoneCall'];
	const fields = names.flatMap((name) => {
		const { [name]: Node } = built<Record<string, new () => INodeType>>(
			`nodes/${name}/${name}.node.js`,
		);
		return new Node().description.sensitiveOutputFields ?? [];
	});
	return new Set(fields);
}
