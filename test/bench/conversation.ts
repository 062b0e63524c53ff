/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console -- test code, never shipped */
/**
 * How long a caller waits for an answer in the example `agents/appointment.json`, besides the model and
 * the pause that ends what they say, and how long the same agent takes between n8n's own Wait and HTTP
 * Request nodes: `npm run bench:conversation`. Prints the figures of docs/agents.md. The two take turns,
 * so that whatever else the machine does hits both alike.
 */
import { EventEmitter, once } from 'node:events';
import { randomUUID } from 'node:crypto';
import fastify from 'fastify';

import { pause } from '../../nodes/shared/pause';
import { without } from '../../nodes/shared/without';
import { startSimulator, type Simulator } from '../simulator';
import type { Leg } from '../simulator/types';
import { agentExample } from '../support/agentExamples';
import { startChatModel } from '../support/chatModel';
import { storedCredential } from '../support/credential';
import { eventually } from '../support/eventually';
import { post, waitForPost, webhook } from '../support/n8nNodes';
import { startN8n, type RealN8n } from '../support/realN8n';
import { run } from '../support/straightLine';

const TURNS = Number(process.env.TURNS ?? 20);
const APPLICATION = '2345678901234567890';
/** *Stop After Pause* of the example. */
const PAUSE_MS = 1_000;
/** Nobody answers the very moment in which a question ends. */
const THINKS_MS = 800;

/** Somebody who talks to the agent. */
interface Talk {
	/** Says something, and returns how long the agent took, in milliseconds. */
	turn(number: number): Promise<number>;
}

async function main() {
	// A model that answers at once, so that what is measured is n8n.
	const model = await startChatModel();
	const simulator = await startSimulator({
		timings: { speakMsPerCharacter: 1, webhookLatencyMs: 0 },
		applications: [{ id: APPLICATION, name: 'reception' }],
	});
	const listener = await startListener();
	const example = agentExample('appointment', APPLICATION);
	const workflows = [example, withNodesOfN8n(example, listener.url)];
	const n8n = await startN8n({
		credentials: [
			storedCredential(simulator),
			{ id: 'model', name: 'model', type: 'openAiApi', data: { ...model.credential } },
		],
		workflows,
		published: workflows.map(({ id }) => id),
		onProgress: console.error,
	});
	try {
		const talks = { ours: callTo(simulator), theirs: await listener.talkTo(n8n) };
		const taken = { ours: [] as number[], theirs: [] as number[] };
		for (let number = 0; number <= TURNS; number += 1) {
			for (const kind of ['ours', 'theirs'] as const) {
				model.answer = `Answer ${number}.`;
				taken[kind].push(await talks[kind].turn(number));
			}
		}
		print(taken);
	} finally {
		await n8n.stop();
		await listener.close();
		await simulator.close();
		await model.close();
	}
}

const spoken = (leg: Leg) => leg.heard.filter(({ kind }) => kind === 'speech');

function callTo(simulator: Simulator): Talk {
	const leg = simulator.placeCall({ applicationId: APPLICATION });
	return {
		async turn(number) {
			const before = number + 1;
			await eventually(
				'an answer',
				() => spoken(leg).filter((one) => !one.playing).length >= before,
			);
			await pause(THINKS_MS);
			simulator.say(leg.call_control_id, `Question ${number}.`);
			const answer = await eventually('the next answer', () => spoken(leg)[before]);
			const question = leg.heard.findLast(({ kind }) => kind === 'person');
			return answer.at - Number(question?.at) - PAUSE_MS;
		},
	};
}

interface Said {
	/** Resumes the execution that said it. */
	resumeUrl: string;
}

/** Takes what the workflow of n8n's own nodes says, and resumes it with what a caller would say. */
async function startListener() {
	const said = new EventEmitter();
	const server = fastify({ forceCloseConnections: true });
	server.post('/said', ({ body }) => {
		said.emit('said', body, performance.now());
		return {};
	});
	const address = await server.listen({ host: '127.0.0.1', port: 0 });
	return {
		url: `${address}/said`,
		async talkTo(n8n: RealN8n): Promise<Talk> {
			const call = randomUUID();
			const greeting = once(said, 'said');
			await run(n8n, YARDSTICK, {});
			let [{ resumeUrl }] = (await greeting) as [Said];
			return {
				async turn(number) {
					await pause(THINKS_MS);
					const answer = once(said, 'said');
					const from = performance.now();
					const response = await fetch(resumeUrl, {
						method: 'POST',
						headers: { 'content-type': 'application/json' },
						body: JSON.stringify({ words: `Question ${number}.`, call_control_id: call }),
					});
					if (!response.ok) throw new Error(await response.text());
					const [next, at] = (await answer) as [Said, number];
					({ resumeUrl } = next);
					return at - from;
				},
			};
		},
		close: async () => await server.close(),
	};
}

const YARDSTICK = 'yardstick';

/** The example with n8n's nodes in the place of ours: HTTP Request says something, Wait listens. */
function withNodesOfN8n({ nodes, connections }: ReturnType<typeof agentExample>, url: string) {
	const say = post(url, '={{ { resumeUrl: $execution.resumeUrl, words: $json.output } }}');
	const own: object[] = [
		{ name: 'Trigger', ...webhook(YARDSTICK) },
		{ name: 'Greeting', ...say },
		{ name: 'Reply', ...say },
		{ name: 'Listen', ...waitForPost('listen') },
	];
	const others = nodes.filter(({ type }) => !type.startsWith('n8n-nodes-telnyx'));
	const kept = without(connections as Record<string, object>, 'Answer');
	const inBody = JSON.stringify(others).replaceAll('$json.', '$json.body.');
	const to = (node: string) => ({ main: [[{ node, type: 'main', index: 0 }]] });
	return {
		id: YARDSTICK,
		name: YARDSTICK,
		nodes: [...own, ...(JSON.parse(inBody) as object[])].map((node, index) => ({
			id: `${index}`,
			position: [index * 200, 0],
			...node,
		})),
		connections: {
			...kept,
			Trigger: to('Greeting'),
			Greeting: to('Listen'),
			Listen: to('Receptionist'),
			Reply: to('Listen'),
		},
		settings: { executionOrder: 'v1' },
	};
}

function print(taken: { ours: number[]; theirs: number[] }) {
	const median = (kind: keyof typeof taken) => {
		const [first, ...others] = taken[kind];
		const sorted = others.sort((a, b) => a - b);
		const at = (share: number) => Math.round(sorted[Math.floor(share * (sorted.length - 1))]);
		console.log(
			`${kind}: first turn ${Math.round(first)} ms, then median ${at(0.5)} ms, 95 of 100 within ${at(0.95)} ms`,
		);
		return at(0.5);
	};
	const [ours, theirs] = [median('ours'), median('theirs')];
	console.log(`ratio of the medians: ${(ours / theirs).toFixed(2)}`);
}

void main();
