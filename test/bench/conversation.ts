/* eslint-disable @n8n/community-nodes/no-restricted-globals, no-console -- test code, never shipped */
/**
 * How long a caller waits for an answer in the example `agents/appointment.json`, besides the model and
 * the pause that ends what they say: `npm run bench:conversation`. Prints the figures of docs/agents.md.
 */
import { pause } from '../../nodes/shared/pause';
import { startSimulator } from '../simulator';
import type { Leg } from '../simulator/types';
import { agentExample } from '../support/agentExamples';
import { startChatModel } from '../support/chatModel';
import { storedCredential } from '../support/credential';
import { eventually } from '../support/eventually';
import { startN8n } from '../support/realN8n';

const TURNS = Number(process.env.TURNS ?? 20);
const APPLICATION = '2345678901234567890';
/** *Pause That Ends It* of the example. */
const PAUSE_MS = 1_000;

const spoken = (leg: Leg) => leg.heard.filter(({ kind }) => kind === 'speech');

async function main() {
	// A model that answers at once, so that what is measured is n8n.
	const model = await startChatModel();
	const simulator = await startSimulator({
		timings: { speakMsPerCharacter: 1, webhookLatencyMs: 0 },
		applications: [{ id: APPLICATION, name: 'reception' }],
	});
	const workflow = agentExample('appointment', APPLICATION);
	const n8n = await startN8n({
		credentials: [
			storedCredential(simulator),
			{ id: 'model', name: 'model', type: 'openAiApi', data: { ...model.credential } },
		],
		workflows: [workflow],
		published: [workflow.id],
		onProgress: console.error,
	});
	try {
		const leg = simulator.placeCall({ applicationId: APPLICATION });
		const taken: number[] = [];
		for (let turn = 0; turn <= TURNS; turn += 1) {
			const before = turn + 1;
			await eventually(
				'an answer',
				() => spoken(leg).filter((one) => !one.playing).length >= before,
			);
			model.answer = `Answer ${turn}.`;
			// Nobody answers the very moment in which a question ends.
			await pause(800);
			simulator.say(leg.call_control_id, `Question ${turn}.`);
			const answer = await eventually('the next answer', () => spoken(leg)[before]);
			const question = leg.heard.findLast(({ kind }) => kind === 'person');
			taken.push(answer.at - Number(question?.at) - PAUSE_MS);
		}
		simulator.hangup(leg.call_control_id);
		const [first, ...others] = taken;
		const sorted = others.sort((a, b) => a - b);
		const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))];
		console.log(
			`first turn ${first} ms, then median ${at(0.5)} ms, 95 of 100 within ${at(0.95)} ms`,
		);
	} finally {
		await n8n.stop();
		await simulator.close();
		await model.close();
	}
}

void main();
