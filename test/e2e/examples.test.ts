/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import axios from 'axios';

import { startSimulator } from '../simulator';
import { eventually } from '../support/eventually';
import { LAST_1_VERSION, N8N_VERSION } from '../support/installN8n';
import { startN8n } from '../support/realN8n';

/** The examples as people import them, in a real n8n, against the simulator of Telnyx. */
const FOLDER = join(__dirname, '../../examples');
const CREDENTIAL = { id: 'telnyx', name: 'Telnyx' };

interface ExampleNode {
	type: string;
	webhookId?: string;
	parameters: { content?: string };
}
interface Example {
	name: string;
	nodes: ExampleNode[];
	connections: object;
}

const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
const read = (file: string) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Example;
const webhookIdOf = (file: string) =>
	read(file).nodes.find(({ webhookId }) => webhookId)?.webhookId as string;

let simulator: Awaited<ReturnType<typeof startSimulator>>;
let n8n: Awaited<ReturnType<typeof startN8n>>;

it.each(files)('%s says on the canvas what to change', (file) => {
	const notes = read(file).nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');
	expect(notes.map(({ parameters }) => parameters.content).join()).toContain('**What to change**');
});

it.each(files)('%s holds no credential', (file) => {
	expect(readFileSync(join(FOLDER, file), 'utf8')).not.toContain('credentials');
});

describe.each([N8N_VERSION, LAST_1_VERSION])('in n8n %s', (version) => {
	beforeAll(async () => {
		simulator = await startSimulator({ connectors: ['my-siprec-connector'] });
		n8n = await startN8n({
			version,
			credentials: [
				{
					...CREDENTIAL,
					type: 'telnyxAdvancedApi',
					data: {
						apiKey: simulator.apiKey,
						publicKey: simulator.publicKey,
						baseUrl: 'custom',
						customBaseUrl: simulator.baseUrl,
					},
				},
			],
			workflows: files.map((file) => ({ id: file, ...withCredential(read(file)) })),
			published: files,
		});
	}, 300_000);

	afterAll(async () => {
		await n8n?.stop();
		await simulator?.close();
	}, 60_000);

	it('quiet-line: noise suppression starts when the call is answered, and not before', async () => {
		const call = callTo('quiet-line.json');
		await simulator.settled();
		expect(commands(call)).toEqual([]);

		await command(call, 'answer');

		await eventually('noise suppression', () => commands(call).includes('suppression_start'));
		expect(commands(call)).toEqual(['answer', 'suppression_start']);
	});

	describe('record-to-siprec', () => {
		it('sends an answered call to the recording server', async () => {
			const call = callTo('record-to-siprec.json');
			await command(call, 'answer');

			await eventually('the recording', () => webhooks(call).includes('siprec.started'));
			expect(commands(call)).toEqual(['answer', 'siprec_start']);
		});

		it('gives the alert the call and the cause when the recording fails', async () => {
			simulator.connectors.clear();
			const call = callTo('record-to-siprec.json');
			await command(call, 'answer');

			await eventually('the failure', () => webhooks(call).includes('siprec.failed'));
			const alerts = await eventually('the alert', async () => {
				const executions = await n8n.executions('record-to-siprec.json', 0);
				const items = executions.flatMap((execution) => execution.items('Alert') ?? []);
				return items.length > 0 && items;
			});
			expect(alerts).toMatchObject([
				{ text: expect.stringMatching(/^Call \S+ is not recorded: /) },
			]);
		});
	});

	it('supervisor: keys 1, 2 and 3 switch between listening, whispering and barging', async () => {
		const agent = callTo('quiet-line.json');
		await command(agent, 'answer');
		const supervisor = await dialSupervisor(agent);
		await eventually('the supervisor to be in', () =>
			webhooks(supervisor).includes('call.answered'),
		);

		const role = () => simulator.calls.get(supervisor)?.supervisorRole;
		for (const [key, expected] of [
			['1', 'monitor'],
			['2', 'whisper'],
			['3', 'barge'],
		]) {
			simulator.press(supervisor, key);
			await eventually(`the role ${expected}`, () => role() === expected);
		}
		simulator.press(supervisor, '9');
		simulator.press(supervisor, '1');
		await eventually('the role after another key', () => role() === 'monitor');
		expect(commands(supervisor)).toEqual(Array(4).fill('switch_supervisor_role'));
	});

	it('the simulator knew every field that was sent', () => {
		expect(simulator.requests.flatMap(({ unknownFields }) => unknownFields ?? [])).toEqual([]);
	});
});

const withCredential = ({ nodes, ...workflow }: Example) => ({
	...workflow,
	nodes: nodes.map((node) =>
		node.type.startsWith('n8n-nodes-telnyx-advanced.')
			? { ...node, credentials: { telnyxAdvancedApi: CREDENTIAL } }
			: node,
	),
});

/** Rings at an application whose webhooks go to the example. */
function callTo(file: string): string {
	const { id } = simulator.createApplication({
		name: file,
		webhookUrl: n8n.webhookUrl(webhookIdOf(file)),
	}).data;
	return simulator.placeCall({ from: '+13125550101', applicationId: id }).call_control_id;
}

/** What a program beside n8n does: these commands are not among the operations yet. */
const command = async (call: string, action: string) =>
	await api(`/calls/${call}/actions/${action}`, {});

async function dialSupervisor(supervised: string): Promise<string> {
	const application = simulator.createApplication({
		name: 'Supervisor',
		webhookUrl: n8n.webhookUrl(webhookIdOf('supervisor.json')),
	});
	const { data } = await api('/calls', {
		connection_id: application.data.id,
		from: application.number,
		to: '+13125550177',
		supervise_call_control_id: supervised,
		supervisor_role: 'barge',
	});
	const { call_control_id: call } = data.data as { call_control_id: string };
	await eventually('the supervisor to ring', () => simulator.calls.get(call)?.state === 'ringing');
	simulator.answer(call);
	return call;
}

const api = async (path: string, body: object) =>
	await axios.post<{ data: object }>(`${simulator.baseUrl}${path}`, body, {
		headers: { Authorization: `Bearer ${simulator.apiKey}` },
	});

const commands = (call: string) =>
	simulator.requests
		.map(({ path }) => decodeURIComponent(path))
		.filter((path) => path.includes(`/${call}/actions/`))
		.map((path) => path.split('/').pop());

const webhooks = (call: string) =>
	simulator.rows
		.filter((row) => row.call === call && row.kind === 'webhook')
		.map(({ name }) => name);
