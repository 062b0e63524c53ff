import { startSimulator } from '../simulator';
import { realClock } from '../simulator/clock';
import {
	answeredCalls,
	manyCommands,
	SENDER,
	sendsDtmf,
	startCommands,
	tonesOn,
} from '../support/manyCommands';
import { storedCredential } from '../support/credential';
import { eventually } from '../support/eventually';
import { startN8n } from '../support/realN8n';

/** A run of the action node that is cut off, in a real n8n. */
const COUNT = 12;
const slowly = { request_options: { most_at_once: 2 } };

let simulator: Awaited<ReturnType<typeof startSimulator>>;
let n8n: Awaited<ReturnType<typeof startN8n>>;

beforeAll(async () => {
	// Its time stands still, so that it knows each command_id however long n8n takes to start again.
	simulator = await startSimulator({ clock: { ...realClock(), now: () => 1_750_000_000_000 } });
	n8n = await startN8n({
		credentials: [storedCredential(simulator, { publicKey: '' })],
		workflows: [
			manyCommands('killed', sendsDtmf(slowly)),
			manyCommands('stopped', sendsDtmf(slowly)),
		],
		published: ['killed', 'stopped'],
	});
});

afterAll(async () => {
	await n8n?.stop();
	await simulator?.close();
});

const tones = (items: Array<{ call: string }>) =>
	items.flatMap(({ call }) => tonesOn(simulator, call));

it('n8n is killed, started again, and the execution retried: nothing is sent twice', async () => {
	const items = await answeredCalls(simulator, COUNT);
	await startCommands(n8n, 'killed', items);
	await eventually('half of the commands', () => tones(items).length >= COUNT / 2);

	await n8n.restart({ kill: true });

	const [crashed] = await n8n.executions('killed', 1);
	expect(crashed.status).toBe('crashed');
	expect(tones(items).length).toBeLessThan(COUNT);
	await n8n.rest('POST', `/executions/${crashed.id}/retry`, { loadWorkflow: false });
	const [, retried] = await n8n.executions('killed', 2);
	expect(retried.status).toBe('success');
	expect(retried.items(SENDER)).toHaveLength(COUNT);
	expect(items.map(({ call }) => tonesOn(simulator, call))).toEqual(
		items.map(({ digits }) => [digits]),
	);
	expect(simulator.requests.filter(({ duplicate }) => duplicate).length).toBeGreaterThan(0);
});

it('the user stops the execution: it ends within a second, and the log says how far it came', async () => {
	const items = await answeredCalls(simulator, COUNT);
	await startCommands(n8n, 'stopped', items);
	await eventually('some commands', () => tones(items).length >= 4);
	const { results } = (await n8n.rest('GET', '/executions?filter={"status":["running"]}')).body
		.data;

	await n8n.rest('POST', `/executions/${results[0].id}/stop`);
	const requests = simulator.requests.length;

	const [{ status }] = await n8n.executions('stopped', 1);
	expect(status).toBe('canceled');
	await eventually('the log', () =>
		n8n.log.some(({ message }) =>
			/^Send: The execution was canceled after \d+ of 12 commands were sent\. Carried out/.test(
				message,
			),
		),
	);
	expect(simulator.requests.length).toBe(requests);
});
