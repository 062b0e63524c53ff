import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

import { startN8n } from '../../support/realN8n';
import { telnyx } from '../../support/straightLine';
import { startCarrier, type Behaviour } from './carrier';

void once;
const VOICE = { voice: { __rl: true, mode: 'id', value: 'AWS.Polly.Joanna' } };
const WAITS = { wait_for_outcome: true, wait_timeout_secs: 60 };
const FLOW = 'flow';

const NODES: Array<[string, object]> = [
	['Answer', telnyx('call', 'answer', WAITS)],
	['Say', telnyx('audio', 'speak', { payload: 'Hello', ...VOICE, ...WAITS })],
	['Ask', telnyx('input', 'gatherUsingSpeak', { payload: 'Press a key', ...VOICE, ...WAITS })],
	['Say goodbye', telnyx('audio', 'speak', { payload: 'Goodbye', ...VOICE, ...WAITS })],
	['Hang up', telnyx('call', 'hangup')],
];

function flow(application: string) {
	const trigger = {
		type: 'n8n-nodes-telnyx-advanced.telnyxAdvancedTrigger',
		typeVersion: 1,
		name: 'Trigger',
		webhookId: FLOW,
		credentials: { telnyxAdvancedApi: { id: 'telnyx', name: 'telnyx' } },
		parameters: {
			setup: 'automatic',
			connection_id: { __rl: true, mode: 'id', value: application },
			events: ['call.initiated'],
		},
	};
	const all = [trigger, ...NODES.map(([name, node]) => ({ name, ...node }))].map((node, index) => ({
		id: `${index}`,
		position: [index * 200, 0],
		...node,
	}));
	return {
		id: FLOW,
		name: FLOW,
		nodes: all,
		connections: Object.fromEntries(
			all
				.slice(0, -1)
				.map(({ name }, index) => [
					name,
					{ main: [[{ node: all[index + 1].name, type: 'main', index: 0 }]] },
				]),
		),
		settings: { executionOrder: 'v1' },
	};
}

async function bursts(cases: Array<{ behaviour: Behaviour; count: number; everyMs: number }>) {
	const carrier = await startCarrier();
	const n8n = await startN8n({
		credentials: [
			{
				id: 'telnyx',
				name: 'telnyx',
				type: 'telnyxAdvancedApi',
				data: {
					apiKey: 'KEY',
					publicKey: carrier.publicKey,
					baseUrl: 'custom',
					customBaseUrl: carrier.baseUrl,
				},
			},
		],
		workflows: [flow(carrier.application.id)],
		published: [FLOW],
		env: process.env.N8N_DEBUG ? { N8N_LOG_LEVEL: 'debug' } : {},
	});
	try {
		carrier.application.webhook_event_url = n8n.webhookUrl(FLOW);
		for (const one of cases) await burst(carrier, one);
		if (process.env.SHOW_LOG) for (const line of n8n.log) console.log(JSON.stringify(line));
	} finally {
		await n8n.stop();
		await carrier.close();
	}
}

type Carrier = Awaited<ReturnType<typeof startCarrier>>;

async function burst(
	carrier: Carrier,
	{ behaviour, count, everyMs }: { behaviour: Behaviour; count: number; everyMs: number },
): Promise<void> {
	carrier.behaviour = behaviour;
	carrier.calls.clear();
	const startedAt = Date.now();
	for (let index = 0; index < count; index += 1) {
		carrier.ring();
		if (everyMs > 0) await sleep(everyMs);
	}
	const until = Date.now() + 90_000;
	const all = () => [...carrier.calls.values()];
	while (all().some(({ endedAt }) => !endedAt) && Date.now() < until) await sleep(100);
	const through = all().filter(({ endedAt }) => endedAt);
	const durations = through
		.map(({ endedAt, startedAt: at }) => endedAt! - at)
		.sort((a, b) => a - b);
	await carrier.settled();
	const commands = all().flatMap(({ commands: sent }) => sent).length;
	const statuses: Record<string, number> = {};
	for (const { type, status } of carrier.attempts.splice(0)) {
		statuses[`${type} ${status}`] = (statuses[`${type} ${status}`] ?? 0) + 1;
	}
	console.log(
		JSON.stringify(behaviour),
		`${through.length} of ${count} through, last after ${Math.max(0, ...through.map(({ endedAt }) => endedAt! - startedAt))} ms`,
		`median ${durations[Math.floor(durations.length / 2)]} ms, commands ${commands} (${NODES.length * count})`,
		JSON.stringify(statuses),
	);
}

void (async () => {
	const [count = '20', every = '0', repeats = 'true', ...after] = process.argv.slice(2);
	await bursts(
		after.map((ms) => ({
			behaviour: { eventAfterMs: Number(ms), repeats: repeats === 'true' },
			count: Number(count),
			everyMs: Number(every),
		})),
	);
})();
