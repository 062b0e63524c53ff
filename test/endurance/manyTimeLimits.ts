import { inPool } from '../../nodes/shared/pool';
import { eventually } from '../support/eventually';
import { count, DIALS, start, startLine } from './line';
import type { Row } from './index';

const MANY = 300;
const AT_ONCE = 5;
/** Long enough to start all of them. */
const IN_SECONDS = 150;
const PATIENCE_MS = 300_000;

/** Many executions whose time is over at the same moment. */
export async function manyTimeLimits(onProgress: (message: string) => void): Promise<Row[]> {
	const line = await startLine({ env: { N8N_LOG_LEVEL: 'debug' }, onProgress });
	try {
		const at = Date.now() + IN_SECONDS * 1_000;
		await inPool(Array.from({ length: MANY }), AT_ONCE, async () => {
			await start(line, DIALS, { limit: Math.max(1, Math.round((at - Date.now()) / 1_000)) });
		});
		const waiting = await count(line.n8n, DIALS, 'waiting');
		onProgress(`${waiting} wait, ${Math.round((at - Date.now()) / 1_000)} s before the limit`);
		const received = () =>
			line.n8n.log.filter(({ message }) => message.startsWith('Received waiting-webhook')).length;
		const ended = async () =>
			(await count(line.n8n, DIALS, 'success')) + (await count(line.n8n, DIALS, 'error'));
		await eventually('all to end', async () => (await ended()) >= MANY, PATIENCE_MS);
		const last = (Date.now() - at) / 1_000;
		const failed = await count(line.n8n, DIALS, 'error');
		const outcomes = [...new Set(line.reports.map(({ outcome }) => outcome))];
		return [
			[
				`${MANY} time limits at the same moment`,
				`${line.reports.length} went on with ${outcomes.join(', ')}, ${failed} failed, the last ${last.toFixed(0)} s later, after ${received()} requests to n8n`,
			],
		];
	} finally {
		await line.close();
	}
}
