/* eslint-disable @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { startSimulator } from '../simulator';
import { badWeather } from '../support/badWeather';
import { runActionAt } from '../support/engine';
import { skipWaits } from '../support/skipWaits';

/** `npm run soak` is the long form. */
const { calls, digitsPerCall, latencyMs } = process.env.SOAK
	? { calls: 500, digitsPerCall: 20, latencyMs: 2000 }
	: { calls: 50, digitsPerCall: 6, latencyMs: 100 };
const PATIENCE_MS = 600_000;

skipWaits();

it(
	`${calls * digitsPerCall} commands over an unreliable network: each is carried out once, and has its own result`,
	async () => {
		const simulator = await startSimulator();
		try {
			const ids = Array.from({ length: calls }, () => simulator.placeCall().call_control_id);
			for (const id of ids) await answer(simulator, id);
			const before = simulator.requests.length;
			badWeather(simulator.faults, { latencyMs });

			const items = Array.from({ length: calls * digitsPerCall }, (_, index) => ({
				call: ids[index % calls],
				digits: `${index}#`,
			}));
			const { output, error } = await runActionAt(
				simulator,
				{
					resource: 'input',
					operation: 'sendDtmf',
					call_control_id: '={{ $json.call }}',
					digits: '={{ $json.digits }}',
					request_options: { most_at_once: 100 },
				},
				{ items },
			);

			expect(error).toBeUndefined();
			expect(output.map(({ json, pairedItem }) => [json.call_control_id, pairedItem])).toEqual(
				items.map(({ call }, item) => [call, { item }]),
			);
			const heard = [...simulator.calls.values()].flatMap(({ call_control_id, heard }) =>
				heard.filter(({ kind }) => kind === 'tone').map(({ text }) => `${call_control_id} ${text}`),
			);
			expect(heard.sort()).toEqual(items.map(({ call, digits }) => `${call} ${digits}`).sort());
			const requests = simulator.requests.length - before;
			expect(requests).toBeGreaterThan(items.length * 1.1);
		} finally {
			await simulator.close();
		}
	},
	PATIENCE_MS,
);

/** What a workflow would do on an incoming call. */
async function answer({ apiKey, baseUrl }: Awaited<ReturnType<typeof startSimulator>>, id: string) {
	const response = await fetch(`${baseUrl}/calls/${id}/actions/answer`, {
		method: 'POST',
		headers: { authorization: `Bearer ${apiKey}` },
	});
	expect(response.status).toBe(200);
}
