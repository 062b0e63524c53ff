import { NODE_VERSION } from '../../nodes/shared/nodeTypes';
import { quickTimings, startSimulator } from '../simulator';
import { storedCredential } from '../support/credential';
import { eventually } from '../support/eventually';
import { startN8n } from '../support/realN8n';

/**
 * Whole call flows in a real n8n: every event starts an execution, every command of ours brings about
 * the next event, at a simulator that knows what Telnyx's SDK declares and nothing of our catalogue.
 */

const CREDENTIAL = { id: 'telnyx', name: 'Telnyx' };
const TRIGGER = 'Telnyx Advanced Trigger';
const VOICEMAIL = 'voicemail';
const MEETING = 'meeting';

let simulator: Awaited<ReturnType<typeof startSimulator>>;
let n8n: Awaited<ReturnType<typeof startN8n>>;

beforeAll(async () => {
	simulator = await startSimulator({
		timings: quickTimings,
		applications: [{ name: VOICEMAIL }, { name: MEETING }],
	});
	n8n = await startN8n({
		credentials: [storedCredential(simulator, CREDENTIAL)],
		workflows: [voicemail(), meeting()],
		published: [VOICEMAIL, MEETING],
	});
});

afterAll(async () => {
	await n8n?.stop();
	await simulator?.close();
});

it('records what a caller says, saves the file, and deletes it at Telnyx', async () => {
	const call = callTo(VOICEMAIL);
	await eventually('the recording to run', () => activities(call).includes('recording'));
	simulator.press(call, '#');

	const [file] = await eventually('the file', async () => await outputOf(VOICEMAIL, 'File'));
	await eventually('the deletion', async () => await outputOf(VOICEMAIL, 'Delete'));
	expect(file).toMatchObject({ type: 'audio/wav', seconds: 1 });
	expect(commands(call)).toEqual(['answer', 'record_start', 'record_stop', 'hangup']);
	expect(requests('GET', '/recordings/')).toHaveLength(1);
	expect(requests('DELETE', '/recordings/')).toHaveLength(1);
});

it('brings callers together in a conference, and ends it for all', async () => {
	const host = callTo(MEETING);
	await eventually('the conference', () => participants().includes(host));
	const guest = callTo(MEETING);
	await eventually('the guest to join', () => participants().includes(guest));
	const [conference] = [...simulator.conferences.values()];
	expect(participants()).toEqual([host, guest]);
	await eventually('the welcome', () => heard(guest).includes('Welcome to the meeting'));

	simulator.press(guest, '1');
	await eventually('the guest to be muted', () => conference.participants.get(guest)?.muted);
	expect(conference.participants.get(host)?.muted).toBe(false);

	simulator.press(host, '9');
	await eventually('the end', () => conference.endReason);
	expect(conference.endReason).toBe('ended_via_api');
	for (const call of [host, guest]) expect(simulator.calls.get(call)?.state).toBe('ended');
	await eventually('the webhook of the end', async () => await outputOf(MEETING, 'Is Over'));
});

it('sent nothing that the simulator does not know, or refuses', async () => {
	await simulator.settled();
	expect(simulator.requests.flatMap(({ unknownFields }) => unknownFields)).toEqual([]);
	expect(simulator.requests.filter(({ isNotSimulated }) => isNotSimulated)).toEqual([]);
	expect(simulator.requests.filter(({ status }) => status >= 300).map(({ path }) => path)).toEqual(
		[],
	);
});

const applicationOf = (workflow: string) =>
	[...simulator.applications.values()].find(({ data }) => data.application_name === workflow)?.data
		.id as string;

/** Rings at the application whose webhooks go to a workflow. */
const callTo = (workflow: string): string =>
	simulator.placeCall({ applicationId: applicationOf(workflow) }).call_control_id;

const activities = (call: string) =>
	[...(simulator.calls.get(call)?.activities.keys() ?? [])].map((name) => name.split(' ')[0]);
const heard = (call: string) => (simulator.calls.get(call)?.heard ?? []).map(({ text }) => text);
const participants = () =>
	[...simulator.conferences.values()].flatMap((one) => [...one.participants.keys()]);

const requests = (method: string, path: string) =>
	simulator.requests.filter((request) => request.method === method && request.path.includes(path));
const commands = (call: string) =>
	requests('POST', '/actions/')
		.map(({ path }) => decodeURIComponent(path))
		.filter((path) => path.includes(`/${call}/`))
		.map((path) => path.split('/').pop());

/** The output of a node in any execution, as soon as there is one. */
async function outputOf(workflow: string, node: string) {
	const executions = await n8n.executions(workflow, 0);
	const items = executions.flatMap((execution) => execution.items(node) ?? []);
	return items.length > 0 && items;
}

interface Step {
	name: string;
	type: string;
	typeVersion: number;
	parameters: object;
	alwaysOutputData?: boolean;
}

const ours = (name: string, resource: string, operation: string, fields: object = {}): Step => ({
	name,
	type: 'n8n-nodes-telnyx-advanced.telnyxAdvanced',
	typeVersion: NODE_VERSION,
	parameters: { resource, operation, ...fields },
});

const others = (name: string, type: string, typeVersion: number, parameters: object): Step => ({
	name,
	type: `n8n-nodes-base.${type}`,
	typeVersion,
	parameters,
});

const rule = (leftValue: string, rightValue: string) => ({
	conditions: {
		options: { caseSensitive: true, leftValue: '', typeValidation: 'loose', version: 2 },
		combinator: 'and',
		conditions: [{ leftValue, rightValue, operator: { type: 'string', operation: 'equals' } }],
	},
	renameOutput: true,
	outputKey: rightValue,
});

/** Goes on at the output of the value that an expression has. */
const choice = (name: string, expression: string, values: string[]) =>
	others(name, 'switch', 3.2, {
		rules: { values: values.map((value) => rule(expression, value)) },
	});

/**
 * A workflow whose steps follow each other as `wires` say: each is a list of outputs, by step.
 */
function workflow(id: string, steps: Step[], wires: Record<string, string[][]>) {
	const trigger = {
		name: TRIGGER,
		type: 'n8n-nodes-telnyx-advanced.telnyxAdvancedTrigger',
		typeVersion: NODE_VERSION,
		parameters: {
			connection_id: { __rl: true, mode: 'id', value: applicationOf(id) },
			events: ['*'],
		},
		webhookId: id,
	};
	const nodes = [trigger, ...steps].map((step) => ({
		id: step.name,
		position: [0, 0],
		...step,
		...(step.type.startsWith('n8n-nodes-telnyx') && {
			credentials: { telnyxAdvancedApi: CREDENTIAL },
		}),
	}));
	const connections = Object.fromEntries(
		Object.entries(wires).map(([from, outputs]) => [
			from,
			{ main: outputs.map((to) => to.map((node) => ({ node, type: 'main', index: 0 }))) },
		]),
	);
	return { id, name: id, nodes, connections, settings: { executionOrder: 'v1' } };
}

const caller = `={{ $('${TRIGGER}').item.json.payload.call_control_id }}`;

function voicemail() {
	return workflow(
		VOICEMAIL,
		[
			choice('Event', '={{ $json.event_type }}', [
				'call.initiated',
				'call.answered',
				'call.dtmf.received',
				'call.recording.saved',
			]),
			ours('Answer', 'call', 'answer'),
			ours('Start', 'recording', 'startRecording', { channels: 'single', format: 'wav' }),
			ours('Stop', 'recording', 'stopRecording'),
			ours('Hang Up', 'call', 'hangup'),
			ours('Download', 'recording', 'download', { format: 'wav' }),
			others('File', 'set', 3.4, {
				mode: 'raw',
				jsonOutput:
					'={{ { id: $json.id, type: $binary.data.mimeType, seconds: Math.round($binary.data.bytes / 8044) } }}',
				options: { stripBinary: false },
			}),
			ours('Delete', 'recording', 'delete'),
		],
		{
			[TRIGGER]: [['Event']],
			Event: [['Answer'], ['Start'], ['Stop'], ['Download']],
			Stop: [['Hang Up']],
			Download: [['File']],
			File: [['Delete']],
		},
	);
}

function meeting() {
	const find = (name: string): Step => ({
		...ours(name, 'conference', 'list', { filter: { name: 'Weekly', status: 'in_progress' } }),
		alwaysOutputData: true,
	});
	return workflow(
		MEETING,
		[
			choice('Event', '={{ $json.event_type }}', [
				'call.initiated',
				'call.answered',
				'conference.participant.joined',
				'call.dtmf.received',
				'conference.ended',
			]),
			ours('Answer', 'call', 'answer'),
			find('Find'),
			choice('Is There', '={{ $json.id ? "yes" : "no" }}', ['yes', 'no']),
			ours('Join', 'conference', 'join', { call_control_id: caller }),
			ours('Create', 'conference', 'create', { call_control_id: caller, name: 'Weekly' }),
			ours('Welcome', 'conference', 'speak', {
				payload: 'Welcome to the meeting',
				voice: 'Telnyx.KokoroTTS.af',
				call_control_ids: caller,
			}),
			find('Find Again'),
			choice('Key', `={{ $('${TRIGGER}').item.json.payload.digit }}`, ['1', '9']),
			ours('Mute', 'conference', 'mute', { call_control_ids: caller }),
			ours('End', 'conference', 'endConference'),
			others('Is Over', 'noOp', 1, {}),
		],
		{
			[TRIGGER]: [['Event']],
			Event: [['Answer'], ['Find'], ['Welcome'], ['Find Again'], ['Is Over']],
			Find: [['Is There']],
			'Is There': [['Join'], ['Create']],
			'Find Again': [['Key']],
			Key: [['Mute'], ['End']],
		},
	);
}
