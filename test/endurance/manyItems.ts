import { startApi } from '../bench/api';
import { storedCredential } from '../support/credential';
import { manyCommands, SENDER, sendsDtmf, startCommands } from '../support/manyCommands';
import { peakMb } from '../support/n8nProcesses';
import { startN8n } from '../support/realN8n';
import type { Row } from './index';

const MANY = 50_000;
const PATIENCE_MS = 900_000;
const SENDS = 'sends';

/** More items than anybody sends at once. */
export async function manyItems(onProgress: (message: string) => void): Promise<Row[]> {
	const api = await startApi({ latencyMs: 20 });
	const n8n = await startN8n({
		credentials: [storedCredential(api)],
		workflows: [manyCommands(SENDS, sendsDtmf({ request_options: { most_at_once: 100 } }))],
		published: [SENDS],
		onProgress,
	});
	try {
		const items = Array.from({ length: MANY }, (_, index) => ({
			call: `v3:call-${index % 100}`,
			digits: `${index}`,
		}));
		await startCommands(n8n, SENDS, items);
		const [execution] = await n8n.executions(SENDS, 1, PATIENCE_MS);
		const { carriedOut, twice, requests } = api.tally();
		const output = execution.items(SENDER)?.length ?? 0;
		const seconds = (execution.ms(SENDER) / 1_000).toFixed(0);
		return [
			[
				`${MANY.toLocaleString('en')} items, 100 at once`,
				`${execution.status} in ${seconds} s: ${requests} requests, ${carriedOut} commands carried out, ${twice} twice, ${output} items out; n8n's memory ${peakMb()} MB at most`,
			],
		];
	} finally {
		await n8n.stop();
		api.close();
	}
}
