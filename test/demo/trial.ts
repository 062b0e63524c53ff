import type { Simulator } from '../simulator';
import { eventually } from '../support/eventually';
import type { Rest } from '../support/n8nSession';

/** How long a workflow may take, on a slow machine that starts n8n and everything else. */
const PATIENCE_MS = 20_000;

/**
 * Calls each application once, all at the same time, and hangs up as soon as its workflow has answered.
 * The phone does not show these calls.
 * @param ids of the applications
 * @returns the IDs of those that did not answer
 */
export async function tryLines(simulator: Simulator, rest: Rest, ids: string[]): Promise<string[]> {
	const silent = await Promise.all(
		ids.map(async (applicationId) => {
			const { call_control_id: id } = simulator.placeCall({ applicationId });
			return (await isAnswered(simulator, id)) ? [] : [applicationId];
		}),
	);
	await simulator.settled();
	await eventually('n8n to end the trial calls', () => isQuiet(rest), PATIENCE_MS).catch(() => {});
	simulator.forgetCalls();
	return silent.flat();
}

async function isAnswered(simulator: Simulator, id: string): Promise<boolean> {
	const leg = simulator.calls.get(id);
	const isOver = () => leg?.answeredAt !== undefined || leg?.state === 'ended';
	await eventually('an answer', async () => isOver(), PATIENCE_MS).catch(() => {});
	if (leg?.state !== 'ended') simulator.hangup(id);
	return leg?.answeredAt !== undefined;
}

/** Whether no workflow is running or waiting, so that none will make another call. */
async function isQuiet(rest: Rest): Promise<boolean> {
	const filter = encodeURIComponent(JSON.stringify({ status: ['new', 'running', 'waiting'] }));
	const { body } = await rest('GET', `/executions?filter=${filter}`);
	return body.data.results.length === 0;
}
