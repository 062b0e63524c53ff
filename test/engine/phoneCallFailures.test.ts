import { outputNames } from '../../nodes/TelnyxPhoneCall/outputs';
import { eventually, turns } from '../support/eventually';
import { outputsOf } from '../support/paused';
import { useRecorder } from '../support/recorder';
import { ASK_FOR_CHOICE, byId, LEG, NODE, useSteps } from '../support/steps';

/** Where the workflow goes on after a step of a call has failed, if *On Error* says that it is to go on. */
const { telnyx, begin, sent } = useSteps();
const settings = { onError: 'continueRegularOutput' } as const;
const refused = { status: 422, body: { errors: [{ code: '10015', title: 'Invalid voice' }] } };
const gone = {
	status: 422,
	body: { errors: [{ code: '90018', title: 'Call has already ended' }] },
};

/** The names of the outputs that have items. */
const used = (parameters: object, run: Parameters<typeof outputsOf>[0]) => {
	const names = outputNames(parameters as never);
	return outputsOf(run, NODE).flatMap((items, index) => (items.length > 0 ? [names[index]] : []));
};

describe('a step that fails leaves through no output for a success', () => {
	const from = '={{ "nobody" }}';
	it.each<[string, object]>([
		['No Input', ASK_FOR_CHOICE],
		['Silence', { operation: 'listen' }],
		['Silence', { operation: 'record', what: 'message' }],
		['Timeout', { operation: 'waitForEvent', events: ['call.dtmf.received'] }],
		['Hung Up', { operation: 'answer' }],
		['Unanswered', { operation: 'callSomeone', to: 'nobody' }],
		['Unanswered', { operation: 'announce', to: 'nobody', text: 'Hello' }],
		['Unanswered', { operation: 'ringGroup', to: 'nobody' }],
		['Unanswered', { operation: 'transfer', to: 'nobody', from }],
		['No Decision', { operation: 'sendAndWait', to: 'nobody', message: 'May I?' }],
	])('but through %s: %j', async (output, parameters) => {
		const { run } = await begin(parameters, { settings, items: [{ patient: 'Ada' }] });
		expect(run.data.resultData.error).toBeUndefined();
		expect(used(parameters, run)).toEqual([output]);
		const [{ json }] = outputsOf(run, NODE).flat();
		expect(json).toMatchObject({ patient: 'Ada', error: expect.any(String) });
		expect(telnyx.requests).toEqual([]);
	});

	it.each<[string, object]>([
		['Done', { operation: 'say', text: 'Hello' }],
		['Recording', { operation: 'record', what: 'call' }],
	])('unless it has no other: %s', async (output, parameters) => {
		const { run } = await begin(parameters, { settings, items: [{ patient: 'Ada' }] });
		expect(used(parameters, run)).toEqual([output]);
	});
});

describe('a command that Telnyx refuses', () => {
	const n8n = useRecorder();

	it('sends the call to No Input, not to the first choice', async () => {
		telnyx.answer = ({ method }) => (method === 'GET' ? { body: { data: {} } } : refused);
		const one = await begin(ASK_FOR_CHOICE, { settings, origin: n8n.baseUrl });
		const told = await eventually('the execution to be told', () => n8n.requests.at(-1));
		const { run } = await one.receive(told.body, told.headers as never);
		expect(used(ASK_FOR_CHOICE, run)).toEqual(['No Input']);
	});

	it('sends it there as well if n8n itself finds that the time is over', async () => {
		const { timeOut } = await begin(ASK_FOR_CHOICE, { settings });
		const run = await timeOut();
		expect(used(ASK_FOR_CHOICE, run)).toEqual(['No Input']);
		expect(outputsOf(run, NODE).flat()).toMatchObject([{ json: { error: expect.any(String) } }]);
	});
});

it('a success stays one, also where the step ends as its command does', async () => {
	const answer = { operation: 'answer' };
	const { happen } = await begin(answer, { settings });
	await sent('answer');
	const { run } = await happen('call.answered');
	expect(used(answer, run)).toEqual(['Answered']);
});

it('is tried again first, if Retry On Fail says so', async () => {
	const lookups = () => telnyx.requests.filter(({ url }) => url.startsWith('/v2/phone_numbers'));
	telnyx.answer = ({ url }) =>
		url.includes('/phone_numbers') && lookups().length < 2
			? { status: 403, body: { errors: [{ code: '10010', title: 'Not allowed' }] } }
			: { body: { data: [] } };
	const call = { operation: 'callSomeone', to: '+13125550101' };
	const retry = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
	const { run } = await begin(call, { settings: { ...settings, ...retry } });
	expect(lookups().length).toBeGreaterThan(1);
	expect(used(call, run)).toEqual(['Unanswered']);
});

describe('with Retry On Fail, a step that waits', () => {
	const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
	const from = { from: byId('+13125550100'), connection_id: byId('129') };

	it.each<[string, object]>([
		['speak', { operation: 'say', text: 'Hello' }],
		['calls', { operation: 'dial', resource: 'call', to: ['+13125550101'], ...from }],
	])('sends its command once: %s %j', async (command, parameters) => {
		const waits = 'resource' in parameters && { wait_for_outcome: true };
		await begin({ ...parameters, ...waits }, { settings: { ...settings, ...retry } });
		const posted = () => telnyx.requests.filter(({ method }) => method === 'POST');
		await eventually('the command', () => posted().at(-1));
		await turns(100);
		expect(posted().map(({ url }) => url.split('/').at(-1))).toEqual([command]);
	});

	it('goes on at once where it has failed afterwards: there is nothing left to try again', async () => {
		const slow = { ...retry, maxTries: 5, waitBetweenTries: 5_000 };
		const say = { operation: 'say', text: 'Hello' };
		const one = await begin(say, { settings: { ...settings, ...slow } });
		await sent('speak');
		const { run } = await one.happen('call.speak.ended', { status: 'failed' });
		expect(outputsOf(run, NODE).flat()).toMatchObject([{ json: { error: expect.any(String) } }]);
	}, 10_000);
});

it('a caller who hangs up before the next command reaches Telnyx is no error', async () => {
	const say = { operation: 'say', text: 'Hello' };
	const { happen } = await begin(say, {
		items: [{ event_type: 'call.initiated', call_control_id: LEG, direction: 'incoming' }],
	});
	await sent('answer');
	telnyx.answer = ({ url }) => (url.endsWith('/speak') ? gone : { body: { data: {} } });
	const { run } = await happen('call.answered', { call_control_id: LEG });
	expect(run?.data.resultData.error).toBeUndefined();
	expect(used(say, run)).toEqual(['Hung Up']);
	expect(outputsOf(run, NODE).flat()).toMatchObject([{ json: { outcome: 'hung_up' } }]);
});
