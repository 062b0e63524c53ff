/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code, never shipped */
import { setTimeout as sleep } from 'node:timers/promises';

import { NODE_VERSION } from '../../nodes/shared/nodeTypes';
import { startSimulator, type Simulator } from '../simulator';
import { storedCredential, TELNYX } from '../support/credential';
import { eventually } from '../support/eventually';
import { publicationOf, startN8n, type RealN8n, type WorkflowJson } from '../support/realN8n';
import { run, straightLine, telnyx } from '../support/straightLine';
import { count } from './line';
import type { Row } from './index';

const TRIGGER = 'telnyx-trigger';

const trigger = (id: string, application: string): WorkflowJson => ({
	id,
	name: id,
	nodes: [
		{
			id: `trigger of ${id}`,
			name: 'Trigger',
			type: 'n8n-nodes-telnyx-advanced.telnyxAdvancedTrigger',
			typeVersion: NODE_VERSION,
			position: [0, 0],
			parameters: {
				setup: 'automatic',
				connection_id: { mode: 'list', value: application, __rl: true },
				events: ['*'],
			},
			webhookId: id,
			credentials: TELNYX,
		},
	],
	connections: {},
});

const dials = (id: string) =>
	straightLine(id, {
		Dial: telnyx('call', 'dial', {
			connection_id: { __rl: true, mode: 'id', value: '={{ $json.body.application }}' },
			from: { __rl: true, mode: 'id', value: '+13125550100' },
			to: '={{ $json.body.to }}',
			wait_for_outcome: true,
			wait_timeout_secs: 600,
			on_call_end: 'continue',
		}),
		'Until it ends': telnyx('call', 'waitForEvent', {
			events: ['call.hangup'],
			wait_timeout_secs: 600,
			on_call_end: 'continue',
		}),
	});

/** Two n8n with one account of Telnyx: whose event is whose, and what one does to the other. */
export async function twoN8n(onProgress: (message: string) => void): Promise<Row[]> {
	const simulator = await startSimulator({
		applications: [
			{ id: '1001', name: 'First', webhookUrl: 'https://before.example.com/1' },
			{ id: '1002', name: 'Second', webhookUrl: 'https://before.example.com/2' },
		],
	});
	const both: RealN8n[] = [];
	const rows: Row[] = [];
	const note = (tried: string, happened: string) => {
		onProgress(`${tried}: ${happened}`);
		rows.push([`Two n8n with one account: ${tried}`, happened]);
	};
	try {
		for (const [own, other] of [
			['1001', '1002'],
			['1002', '1001'],
		]) {
			both.push(
				await startN8n({
					credentials: [storedCredential(simulator, { publicKey: '' })],
					workflows: [
						// The same IDs in both, as in a copy.
						trigger(TRIGGER, own),
						trigger('rival', other),
						dials('dials'),
					],
					published: [TRIGGER, 'dials'],
					onProgress,
				}),
			);
		}
		const [first, second] = both;
		const addresses = () =>
			[...simulator.applications.values()].map((one) =>
				String(one.data.webhook_event_url).replace(/\?.*/, ''),
			);
		note('both publish a trigger, each for its own application', addresses().join(', '));

		await calls(simulator, first, second, '1001', '1002');
		await sleep(2_000);
		note(
			'each dials 5 calls of its own application at the same time',
			await tally(first, second, [5, 5]),
		);
		await calls(simulator, first, second, '1002', '1001');
		await sleep(2_000);
		note("each dials 5 calls with the other's application", await tally(first, second, [10, 10]));

		await publish(second, 'rival');
		const { status, triggers } = await eventually(
			'publishing to end',
			async () => {
				const now = await publicationOf(second.rest, 'rival');
				return ['published', 'failed'].includes(now.status) && now;
			},
			60_000,
		);
		note(
			"the second publishes a trigger for the first one's application",
			`${status}: ${triggers[0].errorMessage ?? ''}`,
		);

		await second.rest('POST', `/workflows/${TRIGGER}/deactivate`);
		await eventually('unpublishing', () => addresses()[1] === 'https://before.example.com/2');
		const before = await count(first, TRIGGER, 'success');
		simulator.placeCall({ applicationId: '1001' });
		await eventually('the event', async () => (await count(first, TRIGGER, 'success')) > before);
		note(
			'the second unpublishes its trigger',
			`${addresses().join(', ')}; a call of the first one's application still starts its workflow`,
		);
		return rows;
	} finally {
		for (const n8n of both) await n8n.stop();
		await simulator.close();
	}
}

async function publish({ rest }: RealN8n, id: string) {
	const { versionId } = (await rest('GET', `/workflows/${id}`)).body.data;
	await rest('POST', `/workflows/${id}/activate`, { versionId });
}

let number = 5_000;

/** Both dial, and all calls are answered and hung up. */
async function calls(
	simulator: Simulator,
	first: RealN8n,
	second: RealN8n,
	ofFirst: string,
	ofSecond: string,
) {
	const numbers = await Promise.all(
		Array.from({ length: 10 }, async (_, index) => {
			const to = `+1312555${(number += 1)}`;
			const [n8n, application] = index % 2 === 0 ? [first, ofFirst] : [second, ofSecond];
			await run(n8n, 'dials', { to, application });
			return to;
		}),
	);
	for (const to of numbers) {
		const leg = await eventually(`${to} to ring`, () =>
			[...simulator.calls.values()].find((call) => call.to === to && call.state === 'ringing'),
		);
		simulator.answer(leg.call_control_id);
	}
	await sleep(6_000);
	for (const leg of simulator.calls.values()) {
		if (numbers.includes(leg.to) && leg.state !== 'ended') simulator.hangup(leg.call_control_id);
	}
}

async function tally(first: RealN8n, second: RealN8n, wanted: number[]) {
	const counts = async () => [
		await count(first, 'dials', 'success'),
		await count(second, 'dials', 'success'),
	];
	await eventually(
		'all to end',
		async () => (await counts()).every((one, index) => one >= wanted[index]),
		30_000,
	).catch(() => {});
	const started = [await count(first, TRIGGER, 'success'), await count(second, TRIGGER, 'success')];
	return `${(await counts()).join(' and ')} executions went through; the triggers started ${started.join(' and ')} executions`;
}
