/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error -- test code, never shipped */
import { createRequire } from 'node:module';

import { inPool } from '../../nodes/shared/pool';
import { startSimulator } from '../simulator';
import { storedCredential } from '../support/credential';
import { realClock } from '../simulator/clock';
import type { Leg } from '../simulator/types';
import { eventually } from '../support/eventually';
import { readExamples } from '../support/examples';
import { installN8n } from '../support/installN8n';
import { startN8n, webhooksReady } from '../support/realN8n';

/**
 * The examples of Telnyx Phone Call in a real n8n, against the simulator of Telnyx: as they are meant to
 * go, and with people who hang up at every step.
 */
const CREDENTIAL = { id: 'telnyx', name: 'Telnyx' };
const PHONE_CALL = 'n8n-nodes-telnyx-advanced.telnyxPhoneCall';
const ADVANCED = 'n8n-nodes-telnyx-advanced.telnyxAdvanced';
const TRIGGER = 'n8n-nodes-telnyx-advanced.telnyxAdvancedTrigger';
const ASSISTANT = 'n8n-nodes-telnyx-advanced.telnyxAiAssistantTrigger';
const examples = readExamples(CREDENTIAL).filter(
	({ id, workflow }) =>
		id === 'call-a-list' || workflow.nodes.some(({ type }) => type === PHONE_CALL),
);

/** So many make each other wait for less than they are patient. */
const CALLS_AT_ONCE = 6;

/** People in these tests wait for little. */
const HASTE = 4;
const AGENTS = ['+13125550190', '+13125550191', '+13125550192'];
const [FIRST_AGENT, SECOND_AGENT] = AGENTS;
const CUSTOMER = '+13125550123';

let simulator: Awaited<ReturnType<typeof startSimulator>>;
let n8n: Awaited<ReturnType<typeof startN8n>>;
/** How many executions each example has had. */
const begun = new Map<string, number>();

beforeAll(async () => {
	const clock = realClock();
	simulator = await startSimulator({
		clock: { ...clock, after: (ms, run) => clock.after(ms / HASTE, run) },
		timings: {
			webhookTimeoutMs: 5_000 * HASTE,
			webhookRetriesMs: [1_000, 2_000, 4_000, 4_000].map((ms) => ms * HASTE),
			webhookLatencyMs: 100 * HASTE,
			speakMsPerCharacter: 10 * HASTE,
			playbackMs: 1_000 * HASTE,
		},
		applications: examples.map(({ application, id, webhookUrl }) => ({
			id: application,
			name: id,
			webhookUrl,
		})),
	});
	n8n = await startN8n({
		credentials: [storedCredential(simulator, CREDENTIAL)],
		workflows: examples.map(({ workflow }) => hurried(workflow)),
	});
	// Sooner done than by n8n's command line, which starts anew for each.
	for (const { id } of examples.filter(({ isPublished }) => isPublished)) {
		const { versionId } = (await n8n.rest('GET', `/workflows/${id}`)).body.data;
		await n8n.rest('POST', `/workflows/${id}/activate`, { versionId });
		await webhooksReady(n8n.rest, id);
	}
});

afterAll(async () => {
	await n8n?.stop();
	await simulator?.close();
});

/** n8n's own Wait nodes keep real time. */
const SHORT_WAIT = { amount: 2, unit: 'seconds' };

/** Phones ring as long as they would: how soon they are stopped depends on n8n, which nothing hurries. */
const ringing = (parameters: object) =>
	'ring_secs' in parameters ? { ring_secs: Number(parameters.ring_secs) * HASTE } : {};

function hurried(workflow: (typeof examples)[number]['workflow']) {
	const nodes = workflow.nodes.map((node) => ({
		...node,
		parameters: {
			...node.parameters,
			...(node.type === 'n8n-nodes-base.wait' ? SHORT_WAIT : ringing(node.parameters)),
		},
	}));
	return { ...workflow, nodes };
}

/** For the next words: twenty calls share one n8n, which shares its processors with other tests. */
const PATIENCE_MS = 90_000;

/** A call, and everybody who is called for it. */
interface Talk {
	example: string;
	/** The caller, or who was called. */
	leg: Leg;
	heard: (words: string) => Promise<unknown>;
	/** Waits until an agent's phone rings for this call. */
	rings: (number?: string) => Promise<Leg>;
	/** Waits until the caller is connected with somebody. */
	connected: () => Promise<Leg>;
	press: (keys: string) => void;
}

/** What is awaited, and what somebody does then. */
type Turn = [until: (talk: Talk) => Promise<unknown>, then?: (talk: Talk) => unknown];

const says = (words: string, then?: Turn[1]): Turn => [
	async ({ heard }) => await heard(words),
	then,
];
const key = (keys: string) => (talk: Talk) => talk.press(keys);
const nobodyTakes = (number: string): Turn => [
	async ({ rings }) => await rings(number),
	async ({ rings }) => simulator.reject((await rings(number)).call_control_id),
];
const takes = (number: string): Turn => [
	async ({ rings }) => await rings(number),
	async ({ rings }) => simulator.answer((await rings(number)).call_control_id),
];
const isConnected: Turn = [async ({ connected }) => await connected()];
const agentHears = (number: string, words: string, then?: (agent: Leg) => unknown): Turn => {
	const agentOf = ({ leg }: Talk) =>
		others(leg).find(({ to, state }) => to === number && state !== 'ended');
	return [
		async (talk) =>
			await eventually(`the agent to hear "${words}"`, () =>
				agentOf(talk)?.heard.some(({ text }) => text.includes(words)),
			),
		(talk) => then?.(agentOf(talk) as Leg),
	];
};
const isOver: Turn = [async ({ leg }) => await eventually('the end', () => leg.state === 'ended')];

/** How a call of each example goes, by what is special about it. */
const WAYS: Record<string, Record<string, Turn[]>> = {
	'keypad-menu': {
		'to the third level, and digits': [
			says('Welcome!', key('1')),
			says('Press 1 to hear where', key('1')),
			says('Enter the number', key('1234#')),
			says('Order 1234 is on its way'),
			isOver,
		],
		'a wrong key, and back to the main menu': [
			says('Welcome!', key('7')),
			says('Sorry, that did not work', key('1')),
			says('Press 1 to hear where', key('2')),
			says('Press 1 for your money back', key('2')),
			says('We send you another one'),
			isOver,
		],
		'no key': [says('Welcome!'), says('Please call again later'), isOver],
		'an operator': [says('Welcome!', key('0')), takes(FIRST_AGENT), isConnected],
	},
	'ring-group': {
		'the second takes it': [says('Welcome!'), takes(SECOND_AGENT), isConnected],
		'nobody takes it': [
			says('Welcome!'),
			...AGENTS.map(nobodyTakes),
			says('Sorry, nobody can take'),
			isOver,
		],
	},
	'follow-me': {
		'the second takes it with a key': [
			says('One moment please'),
			nobodyTakes(FIRST_AGENT),
			takes(SECOND_AGENT),
			agentHears(SECOND_AGENT, 'Press 1 to take it', ({ call_control_id }) =>
				simulator.press(call_control_id, '1'),
			),
			isConnected,
		],
		'nobody takes it': [
			says('One moment please'),
			...AGENTS.map(nobodyTakes),
			says('leave a message after the beep'),
			isRecorded(),
			says('Thank you'),
			isOver,
		],
	},
	voicemail: {
		'a message': [says('leave a message'), isRecorded(), says('Thank you'), isOver],
	},
	callback: {
		'an agent after some music': [
			nobodyTakes(FIRST_AGENT),
			nobodyTakes(SECOND_AGENT),
			says('Press 1 and we will call you back'),
			hearsMusicAgain(),
			takes(FIRST_AGENT),
			isConnected,
		],
	},
	'warm-transfer': {
		'the agent is told': [
			says('Press 1 for sales', key('2')),
			takes(FIRST_AGENT),
			agentHears(FIRST_AGENT, 'A call for Support'),
			isConnected,
		],
		'the agent declines': [
			says('Press 1 for sales', key('1')),
			nobodyTakes(FIRST_AGENT),
			says('Sorry, nobody can take'),
			isOver,
		],
	},
	reminder: {
		'it is confirmed': [
			answersPhone(),
			says('Press 1 if you come', key('1')),
			says('See you then'),
			isOver,
		],
		'it is cancelled': [
			answersPhone(),
			says('Press 1 if you come', key('2')),
			says('is cancelled'),
			isOver,
		],
		'a machine': [answersPhone('machine'), says('This is a reminder'), isOver],
	},
};

/** The caller speaks after the beep, and presses a key. */
function isRecorded(): Turn {
	return [
		async ({ leg }) =>
			await eventually('the recording', () => commandsTo(leg).includes('record_start')),
		(talk) => {
			simulator.say(talk.leg.call_control_id, 'This is my message');
			talk.press('#');
		},
	];
}

/** The first time is while the agents are called. */
function hearsMusicAgain(): Turn {
	const music = ({ leg }: Talk) => leg.heard.filter(({ text }) => text.includes('hold.mp3'));
	return [async (talk) => await eventually('the music', () => music(talk).length > 1)];
}

function answersPhone(as: 'human' | 'machine' = 'human'): Turn {
	return [
		async ({ leg }) => await eventually('the phone to ring', () => leg.state === 'ringing'),
		({ leg }) => simulator.answer(leg.call_control_id, { as }),
	];
}

const ways = Object.entries(WAYS).flatMap(([example, some]) =>
	Object.entries(some).map(([name, turns]) => ({ example, name, turns })),
);

it('goes as it is meant to', async () => {
	await inPool(ways, CALLS_AT_ONCE, async ({ example, name, turns }) => {
		const talk = await begin(example);
		await take(`${example}, ${name}`, talk, turns);
		hangUp(talk);
	});
	await expectAllIsOver();
});

describe('a caller who hangs up', () => {
	const cases = ways.flatMap(({ example, name, turns }) =>
		turns
			.filter((turn) => turn !== isOver)
			.map((_, index) => ({
				example,
				turns: turns.slice(0, index + 1),
				at: `${name}, turn ${index + 1}`,
			})),
	);

	it('ends everything, at every step', async () => {
		await inPool(cases, CALLS_AT_ONCE, async ({ example, turns, at }) => {
			const talk = await begin(example);
			const before = turns.slice(0, -1);
			const [last] = turns[before.length];
			await take(`${example}, ${at}`, talk, [...before, [last]]);
			const sent = simulator.requests.length;
			hangUp(talk);
			await eventually(`all phones to be silent after ${example}, ${at}`, () =>
				legsOf(talk).every(({ state }) => state === 'ended'),
			);
			const rangOn = legsOf(talk).filter(({ ending }) => ending?.cause === 'timeout');
			if (rangOn.length > 0) {
				const numbers = rangOn.map(({ to }) => to).join(' and ');
				throw new Error(`${example}, ${at}: ${numbers} rang on. Webhooks: ${webhooksOf(talk)}`);
			}
			expect([example, at, acceptedSince(sent, talk)]).toEqual([example, at, []]);
		});
		await expectAllIsOver();
	});

	it('ends it before anybody has answered', async () => {
		const inbound = Object.keys(WAYS).filter((example) => example !== 'reminder');
		await inPool(inbound, CALLS_AT_ONCE, async (example) => {
			const talk = await begin(example);
			hangUp(talk);
		});
		await expectAllIsOver();
	});
});

it('calls back whoever does not want to wait, also if they hang up at once', async () => {
	const talk = await begin('callback');
	await take('callback', talk, [
		nobodyTakes(FIRST_AGENT),
		nobodyTakes(SECOND_AGENT),
		says('Press 1 and we will call you back', key('1')),
		says('Good. We will call you back'),
	]);
	hangUp(talk);
	const back = await eventually('the callback', () =>
		[...simulator.calls.values()].find(
			({ to, state }) => to === talk.leg.from && state === 'ringing',
		),
	);
	const second = talkOf('callback', back);
	simulator.answer(back.call_control_id);
	await take('the callback', second, [
		says('this is your callback'),
		takes(SECOND_AGENT),
		isConnected,
	]);
	hangUp(second);
	await expectAllIsOver();
});

it('calls a list: three at once, machines get a message, humans an agent, and a table the results', async () => {
	const people: Record<string, (leg: Leg) => void> = {
		'+13125550123': ({ call_control_id }) => simulator.answer(call_control_id),
		'+13125550124': ({ call_control_id }) => simulator.answer(call_control_id, { as: 'machine' }),
		'+13125550125': ({ call_control_id }) => simulator.reject(call_control_id),
		'+13125550126': ({ call_control_id }) => {
			simulator.answer(call_control_id);
			simulator.hangup(call_control_id);
		},
		'+13125550127': ({ call_control_id }) => simulator.reject(call_control_id),
	};
	const called: Leg[] = [];
	let most = 0;
	const stop = simulator.on('change', () => {
		const theirs = [...simulator.calls.values()].filter(({ to }) => to in people);
		most = Math.max(most, theirs.filter(({ state }) => state !== 'ended').length);
		for (const leg of theirs) {
			if (leg.state !== 'ringing' || called.includes(leg)) continue;
			called.push(leg);
			people[leg.to](leg);
		}
	});
	await runByHand('call-a-list');
	const agent = await eventually('the agent to ring', () =>
		[...simulator.calls.values()].find(
			({ to, state }) => to === FIRST_AGENT && state === 'ringing',
		),
	);
	simulator.answer(agent.call_control_id);
	await eventually('the connection', () => agent.state === 'bridged');
	const [execution] = await n8n.executions('call-a-list', 1);
	stop();
	simulator.hangup(agent.call_control_id);

	expect(execution.status).toBe('success');
	const results = Object.fromEntries(
		(execution.items('Results') ?? []).map(({ name, outcome }) => [name, outcome]),
	);
	expect(results).toEqual({
		Ada: 'connected',
		Grace: 'machine',
		Katherine: 'unanswered',
		Mary: expect.stringMatching(/^(?:hung_up|unanswered)$/),
		Dorothy: 'unanswered',
	});
	expect(called).toHaveLength(5);
	expect(most).toBe(3);
	const message = called.find(({ to }) => to === '+13125550124')?.heard.map(({ text }) => text);
	expect(message).toContainEqual(expect.stringContaining('Hello Grace!'));
	begun.set('call-a-list-person', 5);
	begun.set('call-a-list', 1);
	await expectAllIsOver();
});

it('sends a recorded message on as a file', async () => {
	const talk = await begin('voicemail');
	await take('voicemail', talk, WAYS.voicemail['a message']);
	const runs = await n8n.executions('voicemail', begun.get('voicemail') ?? 0);
	expect(runs.at(-1)?.items('Send It On')).toMatchObject([
		{ subject: `Message from ${talk.leg.from}`, outcome: 'recorded' },
	]);
	expect(runs.at(-1)?.files('Send It On')).toMatchObject([{ data: { fileExtension: 'mp3' } }]);
});

it('leads twenty callers through the menu at once', async () => {
	const [turns] = Object.values(WAYS['keypad-menu']);
	await Promise.all(
		Array.from({ length: 20 }, async (_, index) => {
			await take(`call ${index}`, await begin('keypad-menu'), turns);
		}),
	);
	await expectAllIsOver();
});

/** What a model searches for, and the node and the step, or the kind of node, that it has to find. */
const WISHES: Readonly<Record<string, readonly [node: string, step: string]>> = {
	'make a call': [PHONE_CALL, 'callSomeone'],
	'phone call': [PHONE_CALL, 'callSomeone'],
	'answer call': [PHONE_CALL, 'answer'],
	'incoming call': [TRIGGER, 'TRIGGER'],
	'transfer call': [PHONE_CALL, 'transfer'],
	'record call': [PHONE_CALL, 'record'],
	voicemail: [PHONE_CALL, 'record'],
	ivr: [PHONE_CALL, 'ask'],
	'press key': [PHONE_CALL, 'ask'],
	'text to speech': [PHONE_CALL, 'say'],
	'speech to text': [PHONE_CALL, 'listen'],
	'ring group': [PHONE_CALL, 'ringGroup'],
	'hang up': [PHONE_CALL, 'hangUp'],
	'conference call': [ADVANCED, 'conference'],
	play: [PHONE_CALL, 'play'],
	'telnyx voice agent': [PHONE_CALL, 'telnyxAiAssistantTrigger'],
	'voice assistant': [ASSISTANT, 'TRIGGER'],
	'phone approval by telnyx': [PHONE_CALL, 'sendAndWait'],
};

describe('models that build workflows', () => {
	/** Modules of n8n's own. */
	let inN8n: NodeJS.Require;
	/** All node types of n8n, and ours. */
	let types: Array<{ name: string }>;
	beforeAll(async () => {
		inN8n = createRequire((await installN8n({})).n8n);
		const response = await fetch(`${n8n.url}/types/nodes.json`, {
			headers: { cookie: n8n.cookie() },
		});
		types = (await response.json()) as Array<{ name: string }>;
	});

	it('find the node and the step that is wished for', () => {
		const { NodeTypeParser, searchCodeBuilderNodes } = inN8n('@n8n/ai-utilities/node-catalog');
		const parser = new NodeTypeParser(types);
		/** What a model reads about our nodes, by their types. */
		const found = (wish: string): Record<string, string> => {
			const { results } = searchCodeBuilderNodes(parser, [wish]) as { results: string };
			const nodes = results.split(/^- (?=\S+\.\w+)/m).slice(1);
			const ours = nodes.filter((text) => text.startsWith('n8n-nodes-telnyx-advanced.'));
			return Object.fromEntries(ours.map((text) => [text.split(/\s/)[0], text]));
		};
		const missing = Object.entries(WISHES).filter(
			([wish, [node, step]]) => !new RegExp(`[-.[] ?${step}\\b`).test(found(wish)[node] ?? ''),
		);

		expect(missing).toEqual([]);
		for (const wish of ['sms', 'send an SMS']) expect(found(wish)).toEqual({});
	});

	it('read a short definition, and of Telnyx Advanced one as short as the form allows', () => {
		const { synthesizeNodeTypeDef } = inN8n('n8n/dist/modules/mcp-registry/synthesize-type-def');
		const { getEncoding } = inN8n('js-tiktoken');
		const definitionOf = (node: string): string =>
			synthesizeNodeTypeDef(types.find(({ name }) => name === node));

		const tokens = getEncoding('o200k_base').encode(definitionOf(PHONE_CALL)).length;

		expect(tokens).toBeGreaterThan(1_000);
		expect(tokens).toBeLessThan(15_000);
		// docs/upstream.md.
		expect(definitionOf(ADVANCED).length).toBeLessThan(510_000);
	});
});

it('the simulator knew every field that was sent', () => {
	expect(simulator.requests.flatMap(({ unknownFields }) => unknownFields ?? [])).toEqual([]);
});

let callers = 0;
/** The calls that somebody in a test has taken. */
const taken = new Set<Leg>();

/** Rings at the application of an example; or starts it by hand, and it calls somebody. */
async function begin(example: string): Promise<Talk> {
	callers += 1;
	begun.set(example, (begun.get(example) ?? 0) + 1);
	const number = `+1415555${String(callers).padStart(4, '0')}`;
	if (example !== 'reminder') {
		const { application } = examples.find(({ id }) => id === example)!;
		return talkOf(example, simulator.placeCall({ from: number, applicationId: application }));
	}
	await runByHand(example);
	const leg = await eventually('the call', () =>
		[...simulator.calls.values()].find((one) => one.to === CUSTOMER && !taken.has(one)),
	);
	taken.add(leg);
	return talkOf(example, leg);
}

/** What *Execute workflow* does in the editor. */
async function runByHand(example: string) {
	const { data } = (await n8n.rest('GET', `/workflows/${example}`)).body;
	const { status, body } = await n8n.rest('POST', `/workflows/${example}/run`, {
		workflowData: data,
		triggerToStartFrom: { name: 'Call Now' },
	});
	expect([status, body]).toEqual([200, expect.anything()]);
}

function talkOf(example: string, leg: Leg): Talk {
	return {
		example,
		leg,
		heard: async (words) =>
			await eventually(
				`"${words}"`,
				() => leg.heard.some(({ text }) => text.includes(words)),
				PATIENCE_MS,
			),
		rings: async (number) =>
			await eventually(`the phone ${number} to ring`, () =>
				others(leg).find(({ to, state }) => to === number && state === 'ringing'),
			),
		connected: async () =>
			await eventually('the connection', () => leg.state === 'bridged' && leg.peer),
		press: (keys) => simulator.press(leg.call_control_id, keys),
	};
}

/** Everybody else who was called for a call. */
const others = (leg: Leg) =>
	[...simulator.calls.values()].filter(
		(other) => other !== leg && other.call_session_id === leg.call_session_id,
	);

const legsOf = ({ leg }: Talk) => [leg, ...others(leg)];

async function take(what: string, talk: Talk, turns: readonly Turn[]) {
	for (const [index, [until, then]] of turns.entries()) {
		try {
			await until(talk);
			await then?.(talk);
		} catch (error) {
			const { message } = error as Error;
			const words = talk.leg.heard.map(({ text }) => text);
			throw new Error(
				`${what}, turn ${index + 1}: ${message}. Heard: ${words.join(' | ')}. Commands: ${commandsTo(talk.leg).join(' ')}. Webhooks: ${webhooksOf(talk)}`,
			);
		}
	}
}

/** For messages: what was sent to n8n, and what came of each try. */
const webhooksOf = (talk: Talk) =>
	simulator.deliveries
		.filter(({ leg }) => legsOf(talk).includes(leg))
		.map(({ event: { event_type: type, payload, occurred_at: at }, attempts }) => {
			const tries = attempts.map(
				({ http: { response }, problem, finished_at: end }) =>
					`${response ? `${response.status} ${response.body}` : problem} at ${end}`,
			);
			return `\n${type} of ${String(payload.to)} at ${String(at)}: ${tries.join('; ')}`;
		})
		.join('');

const hangUp = ({ leg }: Talk) => {
	if (leg.state !== 'ended') simulator.hangup(leg.call_control_id);
};

const actionOf = (path: string) =>
	/\/calls\/([^/]+)\/actions\/(\w+)/.exec(decodeURIComponent(path)) ?? [];

const commandsTo = ({ call_control_id: id }: Leg) =>
	simulator.requests
		.map(({ path }) => actionOf(path))
		.filter(([, leg]) => leg === id)
		.map(([, , action]) => action);

/** What Telnyx has carried out for a call, besides that phones stop ringing. */
function acceptedSince(index: number, talk: Talk) {
	const ids = legsOf(talk).map(({ call_control_id }) => call_control_id);
	return simulator.requests
		.slice(index)
		.filter(({ status }) => status < 300)
		.map(({ path }) => actionOf(path))
		.filter(([, leg, action]) => ids.includes(leg) && action !== 'hangup')
		.map(([, , action]) => action);
}

/** No execution hangs or has failed, and no phone rings. */
async function expectAllIsOver() {
	for (const [example, count] of begun) {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: example }));
		const runs = await eventually(`${count} executions of ${example} to end`, async () => {
			const { results } = (await n8n.rest('GET', `/executions?limit=100&filter=${filter}`)).body
				.data;
			const found = results as Array<{ id: string; status: string }>;
			const areOver = found.every(({ status }) => !['new', 'running', 'waiting'].includes(status));
			return found.length >= count && areOver ? found : undefined;
		});
		expect([example, runs.filter(({ status }) => status !== 'success')]).toEqual([example, []]);
		expect([example, runs.length]).toEqual([example, count]);
	}
	await eventually('all calls to end', () =>
		[...simulator.calls.values()].every(({ state }) => state === 'ended'),
	);
}
