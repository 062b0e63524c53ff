/* eslint-disable @n8n/community-nodes/no-restricted-globals, no-console -- test code, never shipped */
/**
 * How long a caller waits for n8n as the language model of an assistant, besides the model behind it:
 * `npm run bench:assistant`. Prints the table of docs/ai-assistants.md.
 */
import { agentWorkflow, assistantWorkflow, SECRET, streamed } from '../support/assistant';
import { startChatModel } from '../support/chatModel';
import { startN8n } from '../support/realN8n';
import { run, straightLine } from '../support/straightLine';

const TURNS = Number(process.env.TURNS ?? 40);
const AGENT = 'agent';
const PLAIN = 'plain';

/** n8n's own Webhook node with the same node behind it, for comparison. */
const WEBHOOK = 'webhook';

const words = {
	type: 'n8n-nodes-base.set',
	typeVersion: 3.4,
	parameters: { mode: 'raw', jsonOutput: '{"output":"Hello."}' },
};

function webhookWorkflow() {
	const workflow = straightLine(WEBHOOK, { Words: words });
	const [start, ...others] = workflow.nodes;
	const parameters = { httpMethod: 'POST', path: WEBHOOK, responseMode: 'lastNode' };
	return { ...workflow, nodes: [{ ...start, parameters }, ...others] };
}

async function main() {
	// A model that answers at once, so that what is measured is n8n.
	const model = await startChatModel();
	model.answer = 'With pleasure, for when and how many?';
	const n8n = await startN8n({
		credentials: [
			{
				id: 'telnyx',
				name: 'telnyx',
				type: 'telnyxAdvancedApi',
				data: {
					apiKey: 'KEY',
					baseUrl: 'https://api.telnyx.com/v2',
					languageModelSecret: SECRET,
				},
			},
			{ id: 'model', name: 'model', type: 'openAiApi', data: { ...model.credential } },
		],
		workflows: [
			agentWorkflow(AGENT),
			assistantWorkflow(PLAIN, { request: 'languageModel' }, { Words: words }),
			webhookWorkflow(),
		],
		published: [AGENT, PLAIN, WEBHOOK],
		onProgress: console.error,
	});
	try {
		const spoken = (workflow: string) => async () => (await streamed(n8n, workflow)).chunks[0].ms;
		const ways = {
			'n8n with an AI Agent': spoken(AGENT),
			'n8n with one other node': spoken(PLAIN),
			"n8n's Webhook node with that node": async () => {
				const asked = Date.now();
				await run(n8n, WEBHOOK);
				return Date.now() - asked;
			},
		};
		const taken = Object.values(ways).map((): number[] => []);
		// In turns, so that whatever else the machine does hits all of them alike.
		for (let turn = 0; turn <= TURNS; turn += 1) {
			for (const [index, way] of Object.values(ways).entries()) taken[index].push(await way());
		}
		for (const [index, name] of Object.keys(ways).entries()) {
			const [first, ...others] = taken[index];
			const sorted = others.sort((a, b) => a - b);
			const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))];
			console.log(`| ${name} | ${at(0.5)} ms | ${at(0.95)} ms | ${first} ms |`);
		}
	} finally {
		await n8n.stop();
		await model.close();
	}
}

void main();
