import { storedCredential, TELNYX } from '../support/credential';
import { peakMb } from '../support/n8nProcesses';
import { SENDER, manyCommands, sendsDtmf, startCommands } from '../support/manyCommands';
import { startN8n } from '../support/realN8n';
import { startApi, type Tally } from './api';
import { YARDSTICKS } from './yardsticks';

const PATIENCE_MS = 300_000;
const ROUNDS = 3;

export type Measured = Tally & { ms: number; peakMb: number | undefined };

/** n8n's HTTP helper in a loop. */
const HELPER_ONLY = {
	type: 'CUSTOM.helperOnly',
	typeVersion: 1,
	credentials: TELNYX,
	parameters: {},
};

/** n8n's own HTTP Request node, sending what ours sends. */
export const httpRequest = (baseUrl: string, settings = {}) => ({
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.2,
	credentials: TELNYX,
	parameters: {
		method: 'POST',
		url: `=${baseUrl}/calls/{{ $json.call }}/actions/send_dtmf`,
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'telnyxAdvancedApi',
		sendBody: true,
		specifyBody: 'json',
		jsonBody: '={{ { digits: $json.digits, command_id: $execution.id + "-" + $itemIndex } }}',
		options: {},
	},
	...settings,
});

/**
 * Starts an n8n and an API, for one workflow of many commands with each of the nodes.
 * @param nodesFor by the workflow's ID
 */
async function startMeasuring(
	nodesFor: (baseUrl: string) => Record<string, object>,
	onProgress: (message: string) => void,
) {
	const api = await startApi();
	const nodes = nodesFor(api.baseUrl);
	const n8n = await startN8n({
		credentials: [storedCredential(api)],
		workflows: Object.entries(nodes).map(([id, node]) => manyCommands(id, node)),
		published: Object.keys(nodes),
		env: { N8N_CUSTOM_EXTENSIONS: YARDSTICKS },
		onProgress,
	});
	const runs: Record<string, number> = {};
	return {
		async measure(id: string, count: number, limit?: number): Promise<Measured> {
			api.reset(limit);
			const items = Array.from({ length: count }, (_, index) => ({
				call: `v3:call-${index % 100}`,
				digits: `${index}`,
			}));
			runs[id] = (runs[id] ?? 0) + 1;
			await startCommands(n8n, id, items);
			const execution = (await n8n.executions(id, runs[id], PATIENCE_MS)).at(-1);
			if (execution?.status !== 'success') {
				throw new Error(`${id}: ${execution?.status} ${JSON.stringify(execution?.error)}`);
			}
			const measured = { ...api.tally(), ms: execution.ms(SENDER), peakMb: peakMb() };
			onProgress(`${count} commands with ${id}: ${JSON.stringify(measured)}`);
			return measured;
		},
		async stop() {
			await n8n.stop();
			api.close();
		},
	};
}

/**
 * Sends 10,000 commands after 1,000 with an n8n that does nothing else, as its peak of memory never falls.
 */
async function measureGrowth(id: string, node: object, onProgress: (message: string) => void) {
	const { measure, stop } = await startMeasuring(() => ({ [id]: node }), onProgress);
	try {
		await measure(id, 100);
		return { thousand: await measure(id, 1000), tenThousand: await measure(id, 10_000) };
	} finally {
		await stop();
	}
}

/** Sends commands through a real n8n, with this node and with n8n's own HTTP Request node. */
export async function measureInN8n(onProgress: (message: string) => void) {
	const growth = await measureGrowth('ours', sendsDtmf(), onProgress);
	const helperGrowth = await measureGrowth('helper', HELPER_ONLY, onProgress);
	const { measure, stop } = await startMeasuring(
		(baseUrl) => ({
			ours: sendsDtmf(),
			http: httpRequest(baseUrl),
			// Else the first refusal would end it.
			'http-goes-on': httpRequest(baseUrl, { onError: 'continueRegularOutput' }),
		}),
		onProgress,
	);
	try {
		await measure('ours', 100);
		await measure('http', 100);
		const ours = [];
		const http = [];
		for (let round = 0; round < ROUNDS; round += 1) {
			ours.push(await measure('ours', 1000));
			http.push(await measure('http', 1000));
		}
		return {
			ours: median(ours),
			http: median(http),
			growth,
			helperGrowth,
			oursLimited: await measure('ours', 1000, 100),
			httpLimited: await measure('http-goes-on', 1000, 100),
		};
	} finally {
		await stop();
	}
}

const median = (measured: Measured[]) =>
	measured.sort((a, b) => a.ms - b.ms).at(measured.length / 2) as Measured;
