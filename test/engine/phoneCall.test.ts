import { deadlines } from '../../nodes/waiting/deadlines';
import { makeKeyPair } from '../simulator/keys';
import { eventually } from '../support/eventually';
import { flow, outputsOf, signedEvent, type FlowOptions } from '../support/paused';
import { startRecorder, type Recorder } from '../support/recorder';

/** The steps of a call, in n8n's engine. What a whole n8n makes of them: test/e2e/phoneCall.test.ts. */
let telnyx: Recorder;
beforeAll(async () => void (telnyx = await startRecorder()));
afterAll(async () => {
	deadlines.clear();
	await telnyx.close();
});
beforeEach(() => telnyx.reset());

const keys = makeKeyPair();
const LEG = 'v3:ours';
const credential = () => ({
	apiKey: 'KEY',
	publicKey: keys.publicKey,
	baseUrl: 'custom',
	customBaseUrl: telnyx.baseUrl,
});
let executions = 3000;
const NODE = 'Step';

/** One step, with a patient whose name has to be there after the call. */
async function begin(parameters: object, more: Partial<FlowOptions> = {}) {
	executions += 1;
	const one = flow({
		credential: credential(),
		executionId: `${executions}`,
		nodes: { [NODE]: parameters as never },
		items: [{ call_control_id: LEG, patient: 'Ada' }],
		...more,
	});
	const run = await one.start();
	const happen = async (type: string, payload: object = {}, more: object = {}) => {
		const { body, headers } = signedEvent(keys, type, { call_control_id: LEG, ...payload }, more);
		return await one.receive(body, headers);
	};
	return { ...one, run, happen };
}
const commands = (action: string) =>
	telnyx.requests.filter(({ url }) => url.endsWith(`/actions/${action}`));
const sent = async (action: string, count = 1) =>
	await eventually(`${action} to be sent`, () =>
		commands(action).length >= count ? commands(action) : undefined,
	);
const bodyOf = ({ body }: { body: string }) => JSON.parse(body) as Record<string, unknown>;

describe('Say', () => {
	const SAY = { operation: 'say', text: 'Hello', stop_on_key: true };

	it('says the text with a voice that needs no choosing', async () => {
		await begin(SAY);
		const [command] = await sent('speak');
		expect(bodyOf(command)).toMatchObject({ payload: 'Hello', voice: 'Telnyx.NaturalHD.astra' });
	});

	it('goes on through Done when it was said', async () => {
		const { happen } = await begin(SAY);
		await sent('speak');
		const { run } = await happen('call.speak.ended', { status: 'completed' });
		const [done, key, hungUp] = outputsOf(run, NODE);
		expect(done).toHaveLength(1);
		expect(done[0].json).toEqual({ call_control_id: LEG, patient: 'Ada', outcome: 'done' });
		expect([key, hungUp]).toEqual([[], []]);
	});

	it('goes on through Key with the key', async () => {
		const { happen } = await begin(SAY);
		await sent('speak');
		const { run } = await happen('call.dtmf.received', { digit: '5' });
		expect(outputsOf(run, NODE)[1]).toMatchObject([{ json: { outcome: 'key', key: '5' } }]);
		await sent('playback_stop');
	});

	it('goes on through Hung Up when the caller leaves', async () => {
		const { happen } = await begin(SAY);
		await sent('speak');
		const { run } = await happen('call.hangup', { hangup_cause: 'normal_clearing' });
		const [, , hungUp] = outputsOf(run, NODE);
		expect(hungUp).toMatchObject([{ json: { outcome: 'hung_up', patient: 'Ada' } }]);
		expect(run?.data.resultData.error).toBeUndefined();
	});

	it('fails when it was not heard although the call goes on', async () => {
		const { happen } = await begin(SAY);
		await sent('speak');
		const { run } = await happen('call.speak.ended', { status: 'failed' });
		expect(run?.data.resultData.error?.message).toContain("status 'failed'");
	});
});

describe('Ask', () => {
	const ASK = {
		operation: 'ask',
		prompt: 'text',
		text: 'Press 1 or 2',
		answer: 'choices',
		choices: {
			items: [
				{ key: '1', name: 'Sales' },
				{ key: '2', name: 'Support' },
			],
		},
	};

	it('takes no other keys than the choices', async () => {
		await begin(ASK);
		const [command] = await sent('gather_using_speak');
		expect(bodyOf(command)).toMatchObject({
			valid_digits: '12',
			maximum_digits: 1,
			minimum_digits: 1,
			maximum_tries: 3,
			timeout_millis: 10_000,
		});
	});

	it('has an output for each choice', async () => {
		const { happen } = await begin(ASK);
		await sent('gather_using_speak');
		const { run } = await happen('call.gather.ended', { status: 'valid', digits: '2' });
		const outputs = outputsOf(run, NODE);
		expect(outputs.map((items) => items.length)).toEqual([0, 1, 0, 0]);
		expect(outputs[1][0].json).toMatchObject({ digits: '2', choice: 'Support', patient: 'Ada' });
	});

	it.each([
		['timeout', ''],
		['invalid', '9'],
		['valid', ''],
	])('goes on through No Input after %s with %p', async (status, digits) => {
		const { happen } = await begin(ASK);
		await sent('gather_using_speak');
		const { run } = await happen('call.gather.ended', { status, digits });
		expect(outputsOf(run, NODE).map((items) => items.length)).toEqual([0, 0, 1, 0]);
	});

	it('refuses a key with two outputs before anything is sent', async () => {
		const items = [
			{ key: '1', name: 'Sales' },
			{ key: '1', name: 'Support' },
		];
		const { run } = await begin({ ...ASK, choices: { items } });
		expect(run.data.resultData.error?.message).toContain("'Choices' has the key 1 twice");
		expect(telnyx.requests).toEqual([]);
	});
});
