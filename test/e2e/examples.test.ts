import { startSimulator } from '../simulator';
import { agentExample } from '../support/agentExamples';
import { storedCredential } from '../support/credential';
import { realClock } from '../simulator/clock';
import { eventually } from '../support/eventually';
import { readExamples } from '../support/examples';
import { LAST_1_VERSION, N8N_VERSION } from '../support/installN8n';
import { brokenByN8n3, WITH_DEFAULTS } from '../support/migration';
import { startN8n } from '../support/realN8n';

/** The examples as people set them up, in a real n8n, against the simulator of Telnyx. */
const CREDENTIAL = { id: 'telnyx', name: 'Telnyx' };

const examples = readExamples(CREDENTIAL);
const MENU = 'keypad-menu';
const APPLICATION = '2345678901234567890';
const CONNECTOR = 'my-siprec-connector';

/** They need a chat model, and have tests of their own. */
const agents = ['appointment', 'refunds'].map((id) => agentExample(id, APPLICATION));

/** People in these tests react at once. */
const HASTE = 20;

/** In both versions: Telnyx Phone Call needs n8n 2, and the other test runs its examples there. */
const inBoth = examples.filter(({ id }) =>
	['quiet-line', 'record-to-siprec', 'supervisor', MENU].includes(id),
);

describe.each(examples)('$id', ({ file, about, workflow }) => {
	it('says on the canvas what it does and what to change', () => {
		const notes = workflow.nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');
		expect(notes.map(({ parameters }) => parameters.content).join()).toContain(
			'**What to change**',
		);
		expect(about).toMatch(/^[A-Z].*\.$/);
	});

	it('contains no credential and no real application', () => {
		expect(file).not.toContain('credentials');
		expect(file).not.toMatch(/"connection_id": \{[^}]*"value": "\d/);
	});
});

describe.each([N8N_VERSION, LAST_1_VERSION])('in n8n %s', (version) => {
	let simulator: Awaited<ReturnType<typeof startSimulator>>;
	let n8n: Awaited<ReturnType<typeof startN8n>>;

	beforeAll(async () => {
		const clock = realClock();
		simulator = await startSimulator({
			clock: { ...clock, after: (ms, run) => clock.after(ms / HASTE, run) },
			// n8n needs some tenths of a second between two nodes that wait, however hasty people are.
			timings: {
				webhookTimeoutMs: 2000 * HASTE,
				webhookLatencyMs: 250 * HASTE,
				speakMsPerCharacter: 10 * HASTE,
				machineGreetingMs: 4000 * HASTE,
			},
			connectors: [CONNECTOR],
			applications: inBoth.map(({ application, id, webhookUrl }) => ({
				id: application,
				name: id,
				webhookUrl,
			})),
		});
		n8n = await startN8n({
			version,
			credentials: [storedCredential(simulator, CREDENTIAL)],
			workflows: [...examples.map(({ workflow }) => workflow), ...agents],
			published: inBoth.map(({ id }) => id),
		});
	});

	afterAll(async () => {
		await n8n?.stop();
		await simulator?.close();
	});

	if (version === N8N_VERSION) {
		it('all examples: they use nothing that n8n 3 takes away', async () => {
			const { inWorkflows, ofInstance } = await brokenByN8n3(n8n);
			expect(inWorkflows).toEqual([]);
			expect(ofInstance).toEqual(WITH_DEFAULTS);
		});
	}

	it('quiet-line: the call is answered, and then noise suppression starts', async () => {
		const call = callTo('quiet-line');

		await eventually('noise suppression', () => commands(call).includes('suppression_start'));
		expect(commands(call)).toEqual(['answer', 'suppression_start']);
	});

	describe('record-to-siprec', () => {
		it('sends an answered call to the recording server', async () => {
			const call = callTo('record-to-siprec');

			await eventually('the recording', () => webhooks(call).includes('siprec.started'));
			expect(commands(call)).toEqual(['answer', 'siprec_start']);
		});

		it('gives the alert the call and the cause when the recording fails', async () => {
			simulator.connectors.clear();
			const { call_session_id } = legOf(callTo('record-to-siprec'));

			expect(await alerts(1)).toEqual([
				{ text: `Call ${call_session_id} is not recorded: connector_not_found` },
			]);
		});

		it('gives it Telnyx’ reason when the recording is refused', async () => {
			const stop = simulator.on('row', ({ name }) => {
				if (name !== 'call.answered') return;
				simulator.faults.failNext(1, 422);
				stop();
			});
			const { call_session_id } = legOf(callTo('record-to-siprec'));

			const { text } = (await alerts(2))[1];
			expect(text).toMatch(new RegExp(`^Call ${call_session_id} is not recorded: [A-Z]`));
		});

		const alerts = async (count: number) =>
			await eventually(`${count} alerts`, async () => {
				const executions = await n8n.executions('record-to-siprec', 0);
				const items = executions.flatMap((execution) => execution.items('Alert') ?? []);
				return items.length >= count && items;
			});
	});

	it('supervisor: keys 1, 2 and 3 switch between listening, whispering and barging', async () => {
		const call = callTo('supervisor');
		const agent = await rings('+13125550190');
		simulator.answer(agent);
		const supervisor = await rings('+13125550177');
		simulator.answer(supervisor);
		await eventually('the bridge', () => legOf(agent).peer === legOf(call));

		const role = () => legOf(supervisor).supervisorRole;
		expect(role()).toBe('monitor');
		for (const [key, expected] of [
			['2', 'whisper'],
			['3', 'barge'],
			['1', 'monitor'],
		]) {
			simulator.press(supervisor, key);
			await eventually(`the role ${expected}`, () => role() === expected);
		}
		// Keys of others, and other keys.
		simulator.press(call, '2');
		simulator.press(agent, '2');
		simulator.press(supervisor, '9');
		simulator.press(supervisor, '3');
		await eventually('the role after other keys', () => role() === 'barge');
		expect(commands(supervisor)).toEqual(Array(4).fill('switch_supervisor_role'));
		expect([...commands(call), ...commands(agent)]).toEqual(['answer', 'transfer']);
	});

	if (version === LAST_1_VERSION) {
		it('Telnyx Phone Call says which version of n8n it needs, before anything is sent', async () => {
			const call = callTo(MENU);

			const [{ error }] = await n8n.executions(MENU, 1);
			expect(error.message).toContain('Update n8n to version 2.41 or later');
			expect(commands(call)).toEqual([]);
		});
	}

	it('the simulator knew every field that was sent', () => {
		expect(simulator.requests.flatMap(({ unknownFields }) => unknownFields ?? [])).toEqual([]);
	});

	/** Rings at the application of an example. */
	const callTo = (id: string) =>
		simulator.placeCall({
			from: '+13125550101',
			applicationId: examples.find((example) => example.id === id)?.application,
		}).call_control_id;

	const legOf = (call: string) => {
		const leg = simulator.calls.get(call);
		if (!leg) throw new Error('There is no such call');
		return leg;
	};

	/** Waits until a phone rings, and tells the call. */
	const rings = async (number: string) => {
		const leg = await eventually(`the phone ${number} to ring`, () =>
			[...simulator.calls.values()].find(({ to, state }) => to === number && state === 'ringing'),
		);
		return leg.call_control_id;
	};

	const commands = (call: string) =>
		simulator.requests
			.map(({ path }) => decodeURIComponent(path))
			.filter((path) => path.includes(`/${call}/actions/`))
			.map((path) => path.split('/').pop());

	const webhooks = (call: string) =>
		simulator.rows
			.filter((row) => row.call === call && row.kind === 'webhook')
			.map(({ name }) => name);
});
