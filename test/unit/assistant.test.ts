/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code, never shipped */
import { EventEmitter } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { whyNotAllowed } from '../../nodes/telnyx/webhooks/languageModelSecret';
import {
	readToolFields,
	typeOf,
	type ToolField,
	type TriggerContext,
} from '../../nodes/TelnyxAiAssistantTrigger/form/parameters';
import { answerCompletion } from '../../nodes/TelnyxAiAssistantTrigger/reply/completionReply';
import { OwnResponse } from '../../nodes/TelnyxAiAssistantTrigger/reply/ownResponse';
import { speakWhileRunning } from '../../nodes/TelnyxAiAssistantTrigger/reply/speech';
import { contractOf, toContract } from '../../nodes/TelnyxAiAssistantTrigger/reply/variablesReply';
import { parseJson, TOO_LARGE } from '../../nodes/TelnyxAiAssistantTrigger/request/body';
import { callOf } from '../../nodes/TelnyxAiAssistantTrigger/request/call';
import { readFields } from '../../nodes/TelnyxAiAssistantTrigger/request/fields';

describe('the fields of a tool call', () => {
	const field = (name: string, type: ToolField['type'], required = true) => ({
		name,
		type,
		required,
	});
	const ALL = [
		field('guests', 'number'),
		field('outside', 'boolean'),
		field('name', 'string'),
		field('dishes', 'array', false),
		field('address', 'object', false),
	];

	it('become what the workflow wants, and nothing else', () => {
		const sent = { guests: '4', outside: 'true', name: 42, more: 1 };
		expect(readFields(sent, ALL)).toEqual({
			guests: 4,
			outside: true,
			name: '42',
			dishes: null,
			address: null,
		});
	});

	it.each(['{"guests":12345678901234567890}', '{"guests":"12345678901234567890"}'])(
		'stay as they are where a number would be another one: %s',
		(json) => {
			const sent = parseJson(Buffer.from(json)) as object;
			expect(readFields({ ...sent }, [field('guests', 'number')])).toEqual({
				guests: '12345678901234567890',
			});
		},
	);

	it('may all be written as text', () => {
		const sent = { guests: ' 4 ', outside: 'True', name: 'Ada', dishes: '["soup"]', address: '{}' };
		expect(readFields(sent, ALL)).toEqual({
			...sent,
			guests: 4,
			outside: true,
			dishes: ['soup'],
			address: {},
		});
		expect(readFields({ ...sent, dishes: '{}', address: '[' }, ALL)).toBe(
			`The field 'dishes' has to be a list, not "{}". The field 'address' has to be an object, not "[".`,
		);
	});

	it.each([
		['fields', { 'fields.values': [field(' guests\u200b ', 'number')] }],
		['example', { example: '{"\u2060guests\u200b":4}' }],
		['example', { example: { 'guests\ufeff': 4 } }],
	])('have no characters in their names that nobody sees: %s', (input, parameters: object) => {
		const values = { input, ...parameters } as Record<string, unknown>;
		const getNodeParameter = (name: string) => values[name];
		const fields = readToolFields({ getNodeParameter } as unknown as TriggerContext);
		expect(fields).toMatchObject([{ name: 'guests', type: 'number' }]);
	});

	it('are only those that were sent, whatever their names', () => {
		const names = ['constructor', 'toString', '__proto__'];
		const wanted = names.map((name) => field(name, 'string'));
		expect(readFields({}, wanted)).toBe(
			names.map((name) => `The field '${name}' is missing.`).join(' '),
		);
		const fields = readFields(JSON.parse('{"__proto__":"a"}'), [field('__proto__', 'string')]);
		expect(JSON.stringify(fields)).toBe('{"__proto__":"a"}');
	});

	it('are taken as they are where the workflow names none', () => {
		expect(readFields({ anything: [1] }, undefined)).toEqual({ anything: [1] });
	});

	it('are complained about all at once', () => {
		expect(readFields({ guests: 'four', dishes: {}, address: [] }, ALL)).toBe(
			`The field 'guests' has to be a number, not "four". The field 'outside' is missing. The field 'name' is missing. The field 'dishes' has to be a list, not {}. The field 'address' has to be an object, not [].`,
		);
	});

	it.each([
		['boolean', ['true']],
		['boolean', [[false]]],
		['boolean', 'constructor'],
		['boolean', '__proto__'],
		['boolean', 1],
		['number', ['4']],
		['number', true],
		['number', '0x10'],
		['number', 'Infinity'],
		['string', ['Ada']],
		['array', '"soup"'],
		['object', '[]'],
		['object', 'null'],
	] as const)('are complained about where they are no %s: %j', (type, value) => {
		expect(readFields({ one: value }, [field('one', type)])).toMatch(
			/^The field 'one' has to be .+, not .+\.$/,
		);
	});

	it.each([
		['-4.50', -4.5],
		['+.5', 0.5],
		['1e3', 1000],
		['4.', 4],
	])('are numbers where they are written like %j', (text, number) => {
		expect(readFields({ one: text }, [field('one', 'number')])).toEqual({ one: number });
	});

	it('are quoted in complaints without half of a character', () => {
		const complaint = readFields({ guests: `${'x'.repeat(49)}😀😀` }, [field('guests', 'number')]);
		expect(complaint).toBe(`The field 'guests' has to be a number, not "${'x'.repeat(49)}…".`);
	});

	it('have the kinds of values in the example', () => {
		expect([[1], 1, true, { a: 1 }, 'text', null].map(typeOf)).toEqual([
			'array',
			'number',
			'boolean',
			'object',
			'string',
			undefined,
		]);
	});

	it.each(['hi', 4, true, ['a'], { a: 1 }])('are of any kind where it has null: %j', (note) => {
		expect(readFields({ note }, [{ name: 'note', required: true }])).toEqual({ note });
	});
});

describe('the answer to a question for variables', () => {
	it('keeps the digits that a number cannot hold, as text', () => {
		expect(contractOf({ status: 200, body: '{"order":12345678901234567890,"visits":3}' })).toEqual({
			dynamic_variables: { order: '12345678901234567890', visits: 3 },
		});
	});

	it('may be the variables themselves', () => {
		expect(toContract({ customer_name: 'Jane', visits: 3 })).toEqual({
			dynamic_variables: { customer_name: 'Jane', visits: 3 },
		});
	});

	it('may have variables with the names of JavaScript', () => {
		expect(toContract({ constructor: 'Ada' })).toEqual({
			dynamic_variables: { constructor: 'Ada' },
		});
	});

	it('may have memory and conversation', () => {
		const answer = {
			dynamic_variables: { a: '1' },
			memory: { conversation_query: 'limit=5' },
			conversation: { metadata: { tier: 'pro' } },
		};
		expect(toContract(answer)).toEqual(answer);
		expect(toContract({ memory: answer.memory })).toEqual({
			dynamic_variables: {},
			memory: answer.memory,
		});
	});

	it.each([
		['a list', [], 'is not a JSON object with fields'],
		[
			'variables beside memory',
			{ memory: {}, name: 'J' },
			"the field 'name' stands beside 'memory'",
		],
		['variables as text', { dynamic_variables: 'a' }, "'dynamic_variables' has to be an object"],
		['a query that is no text', { memory: { insight_query: 1 } }, "'insight_query' of 'memory'"],
		['no metadata', { conversation: {} }, "'metadata' of 'conversation' has to be an object"],
		['another field', { conversation: { id: 1 } }, "'conversation' has the field 'id'"],
		[
			'a name with a blank',
			{ 'customer name': 'J' },
			"the variable 'customer name' cannot be used",
		],
	])('that is %s is refused', (_what, answer, complaint) => {
		expect(() => toContract(answer)).toThrow(complaint);
	});
});

describe('the secret of a language model', () => {
	const languageModelSecret = 'a-secret-of-thirty-characters';
	/** A request with a header, to a node whose credential is as given. */
	const request = (authorization: string | undefined, getCredentials: jest.Mock, id?: string) =>
		whyNotAllowed({
			getHeaderData: () => ({ authorization }),
			getNode: () => ({ credentials: { telnyxAdvancedApi: { id } } }),
			getCredentials,
		} as never);
	const reading = (credential: object) => jest.fn().mockResolvedValue(credential);

	it.each([`Bearer ${languageModelSecret}`, `bearer  ${languageModelSecret} `])(
		'is recognized in %j',
		async (authorization) => {
			expect(await request(authorization, reading({ languageModelSecret }))).toBeUndefined();
		},
	);

	it('may be a sentence', async () => {
		const sentence = 'correct horse battery staple';
		const credential = reading({ languageModelSecret: ` ${sentence} ` });
		expect(await request(`Bearer ${sentence}`, credential)).toBeUndefined();
		expect(await request('Bearer correct horse', credential)).toContain('is not');
	});

	it.each([
		undefined,
		'',
		'Bearer ',
		languageModelSecret,
		`Basic ${languageModelSecret}`,
		`Bearer ${languageModelSecret}x`,
		`Bearer ${languageModelSecret.slice(1)}`,
	])('is not recognized in %j', async (authorization) => {
		const reason = await request(authorization, reading({ languageModelSecret }));
		expect(reason).toContain('the bearer token is missing, or is not');
	});

	it.each([
		['Bearer ', { languageModelSecret: '' }, 'is empty'],
		['Bearer undefined', {}, 'is empty'],
		['Bearer short', { languageModelSecret: 'short' }, 'has 5 characters'],
	])('that is missing or short is known by nobody: %j', async (authorization, credential, why) => {
		const reason = await request(authorization, reading(credential));
		expect(reason).toContain(`'Language Model Secret' of the credential ${why}`);
	});

	it('is not known while the credential cannot be read', async () => {
		const broken = jest.fn().mockRejectedValue(new Error('the credential was deleted'));
		expect(await request('Bearer ', broken)).toContain('is empty');
	});

	it('is not read for every request, but again when it does not match', async () => {
		const now = jest.spyOn(Date, 'now').mockReturnValue(1_000_000);
		const right = `Bearer ${languageModelSecret}`;
		const read = reading({ languageModelSecret });
		for (let count = 0; count < 5; count += 1) await request(right, read, 'one');
		expect(read).toHaveBeenCalledTimes(1);

		const replaced = reading({ languageModelSecret: 'a-new-secret-of-thirty-characters' });
		now.mockReturnValue(1_002_000);
		const renewed = 'Bearer a-new-secret-of-thirty-characters';
		expect(await request(renewed, replaced, 'one')).toBeUndefined();
		expect(await request(right, replaced, 'one')).toContain('is not');
		expect(replaced).toHaveBeenCalledTimes(1);
		now.mockRestore();
	});
});

describe('a request', () => {
	it('has the IDs of the call in its headers', () => {
		const headers = {
			'x-telnyx-call-control-id': 'v3:a',
			'x-telnyx-conversation-id': 'b',
			host: 'c',
		};
		expect(callOf(headers)).toEqual({ call_control_id: 'v3:a', conversation_id: 'b' });
	});

	it('keeps the digits of long numbers', () => {
		expect(parseJson(Buffer.from('{"id":1494404757140276705}'))).toEqual({
			id: '1494404757140276705',
		});
	});

	it('must not be large or deep', () => {
		expect(parseJson(Buffer.from(`"${'x'.repeat(1_048_576)}"`))).toBe(TOO_LARGE);
		expect(parseJson(Buffer.from(`${'['.repeat(600)}${']'.repeat(600)}`))).toBe(TOO_LARGE);
		expect(parseJson(Buffer.from('no JSON'))).toBeUndefined();
	});
});

let server: Server;
let handle: (response: ServerResponse) => void;
let url: string;

beforeAll(async () => {
	server = createServer((_request, response) => handle(response));
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => void server.close());

/** As Express does it. */
const sends = (response: ServerResponse, status: number, body: string) => {
	response.statusCode = status;
	response.setHeader('Content-Type', 'text/plain');
	response.setHeader('Content-Length', body.length);
	response.setHeader('ETag', 'a');
	response.end(body);
};

describe('a response that n8n does not send itself', () => {
	it('can be replaced', async () => {
		handle = (response) => {
			const own = new OwnResponse(response as never, (reply) => own.json(200, { was: reply }));
			sends(response, 500, 'Sorry');
		};
		const response = await fetch(url);
		expect(response.status).toBe(200);
		expect(response.headers.get('content-type')).toContain('application/json');
		expect(response.headers.get('etag')).toBeNull();
		expect(await response.json()).toEqual({ was: { status: 500, body: 'Sorry' } });
	});

	it('can be sent as it is', async () => {
		handle = (response) => {
			const own = new OwnResponse(response as never, (reply) => own.pass(reply));
			sends(response, 201, 'Done');
		};
		const response = await fetch(url);
		expect([response.status, await response.text()]).toEqual([201, 'Done']);
		expect(response.headers.get('content-type')).toBe('text/plain');
	});

	it('can be sent before n8n sends its own, which is dropped', async () => {
		const replies: string[] = [];
		let sent: ServerResponse | undefined;
		handle = (response) => {
			const own = new OwnResponse(response as never, ({ body }) => {
				replies.push(body);
				own.json(200, { second: true });
			});
			own.unlessWithin(20, () => own.json(200, { first: true }));
			sent = response;
		};
		expect(await (await fetch(url)).json()).toEqual({ first: true });
		expect(() => sends(sent!, 200, 'too late')).not.toThrow();
		expect(replies).toEqual(['too late']);
	});
});

describe('how long nothing is sent', () => {
	beforeEach(() => void jest.useFakeTimers());
	afterEach(() => void jest.useRealTimers());

	it('counts from the last piece, and what comes after the end is dropped', async () => {
		const written: string[] = [];
		const response = Object.assign(new EventEmitter(), {
			headersSent: false,
			statusCode: 200,
			setHeader() {},
			appendHeader() {},
			removeHeader() {},
			write: (text: string) => written.push(text),
			end() {},
		});
		const own = new OwnResponse(response as never, () => {});
		const isSilent = jest.fn(() => own.close());
		own.unlessWithin(300, isSilent);
		// A tool that takes long, and then the time for the first word after it.
		own.rest();
		await jest.advanceTimersByTimeAsync(5_000);
		own.expect();
		await jest.advanceTimersByTimeAsync(299);
		expect(isSilent).not.toHaveBeenCalled();
		for (const word of ['One ', 'after ', 'the ', 'other']) {
			own.write({}, word);
			await jest.advanceTimersByTimeAsync(299);
		}
		expect(isSilent).not.toHaveBeenCalled();
		await jest.advanceTimersByTimeAsync(1);
		expect(isSilent).toHaveBeenCalledTimes(1);
		own.write({}, 'too late');
		expect(written.join('')).toBe('One after the other');
	});
});

describe('an answer that is said word by word', () => {
	const SORRY = { failure_text: 'Sorry.' };
	type Say = (text: string) => void;

	/** What the assistant gets, in events, while a workflow says something and n8n sends its reply. */
	async function heard(
		options: object,
		work: (
			say: Say,
			reply: (status: number, body?: object) => void,
			rest: () => void,
			finish: () => void,
			begin: () => void,
		) => unknown,
		isStreamed = true,
	) {
		handle = (response) => {
			const json = {};
			const parameters: Record<string, unknown> = { request: 'languageModel', options };
			const context = {
				getResponseObject: () => response,
				getNodeParameter: (name: string) => parameters[name],
				getNode: () => ({ id: 'node', name: 'Assistant' }),
				getWorkflow: () => ({ id: 'workflow' }),
				logger: { warn: () => {} },
			};
			answerCompletion(context as never, json, { model: 'n8n', isStreamed });
			const handlers: Record<string, (...told: unknown[]) => void> = {};
			const addHandler = (name: string, hear: (typeof handlers)[string]) => (handlers[name] = hear);
			const tell = (chunk: object) =>
				handlers.sendChunk({ ...chunk, metadata: { nodeName: 'Agent' } });
			speakWhileRunning({
				getInputData: () => [{ json }],
				additionalData: { hooks: { addHandler } },
			} as never);
			void work(
				(content) => tell({ type: 'item', content }),
				(status, body = {}) => sends(response, status, JSON.stringify(body)),
				() => tell({ type: 'end' }),
				() => handlers.nodeExecuteAfter('Agent', { executionStatus: 'success' }),
				() => tell({ type: 'begin' }),
			);
		};
		const response = await fetch(url);
		const text = await response.text();
		const events = text.split('\n\n').filter(Boolean);
		return { status: response.status, text, events: events.map((event) => event.slice(6)) };
	}

	const wordsOf = (events: string[]) =>
		events
			.filter((event) => event.includes('"content"'))
			.map((event) => (JSON.parse(event) as Chunk).choices[0].delta.content);
	interface Chunk {
		choices: [{ delta: { content: string } }];
	}

	it('ends when the workflow has ended', async () => {
		const { events } = await heard({}, (say, reply, rest, finish) => {
			say('Good ');
			say('morning.');
			rest();
			finish();
			reply(200, { output: 'Good morning.' });
		});
		expect(wordsOf(events)).toEqual(['Good ', 'morning.']);
		expect(events.slice(-2)).toEqual([expect.stringContaining('"finish_reason":"stop"'), '[DONE]']);
	});

	it('keeps the words before a tool apart from those after it', async () => {
		const { events } = await heard({}, (say, reply, rest, finish) => {
			say('Let me check.');
			rest();
			say('Eight ');
			say('is free.');
			rest();
			finish();
			reply(200);
		});
		expect(wordsOf(events).join('')).toBe('Let me check. Eight is free.');
	});

	const fails = { 'breaks off': true, stalls: false };
	it.each(Object.entries(fails))('and %s is no whole answer', async (_how, breaksOff) => {
		const { status, events } = await heard({ within_ms: 50 }, (say, reply) => {
			say('Your booking is ');
			if (breaksOff) reply(500);
		});
		expect([status, wordsOf(events)]).toEqual([200, ['Your booking is ']]);
		expect(JSON.parse(events.at(-1)!)).toEqual({
			error: expect.objectContaining({ message: expect.any(String), type: 'server_error' }),
		});
		expect(events.join()).not.toMatch(/"stop"|\[DONE\]/);
	});

	it.each(Object.entries(fails))(
		'and %s ends with the sentence for it',
		async (_how, breaksOff) => {
			const { events } = await heard({ within_ms: 50, ...SORRY }, (say, reply) => {
				say('Your booking is');
				if (breaksOff) reply(500);
			});
			expect(wordsOf(events)).toEqual(['Your booking is', ' Sorry.']);
			expect(events.slice(-2)).toEqual([expect.stringContaining('"stop"'), '[DONE]']);
		},
	);

	it('has not failed where the agent has finished, and what stands behind it fails', async () => {
		const { events } = await heard(SORRY, (say, reply, rest, finish) => {
			say('Your table is booked.');
			rest();
			finish();
			reply(500);
		});
		expect(wordsOf(events)).toEqual(['Your table is booked.']);
		expect(events.slice(-2)).toEqual([expect.stringContaining('"stop"'), '[DONE]']);
	});

	it.each([
		['fails', 500],
		// Such as a tool that waits for a call.
		['does not come back in this request', 200],
	])('has failed where the agent wants to go on, and its tool %s', async (_how, status) => {
		const { events } = await heard(SORRY, (say, reply, rest) => {
			say('Let me check.');
			rest();
			reply(status);
		});
		expect(wordsOf(events)).toEqual(['Let me check.', ' Sorry.']);
	});

	it('has failed where the model says nothing after a tool', async () => {
		const { events } = await heard(
			{ within_ms: 50, ...SORRY },
			(say, _reply, rest, _finish, begin) => {
				say('Let me check.');
				rest();
				begin();
			},
		);
		expect(wordsOf(events)).toEqual(['Let me check.', ' Sorry.']);
	});

	it('goes on with what the workflow has to say after an agent that failed', async () => {
		const { events } = await heard(SORRY, (say, reply, rest) => {
			say('Let me check.');
			rest();
			reply(200, { text: 'I cannot see it just now.' });
		});
		expect(wordsOf(events)).toEqual(['Let me check.', ' I cannot see it just now.']);
	});

	it('has failed where an agent has finished without a word', async () => {
		const { events } = await heard({ within_ms: 50, ...SORRY }, (_say, _reply, rest) => rest());
		expect(wordsOf(events)).toEqual(['Sorry.']);
	});

	it('has failed where there is no word at all, and begins with the sentence for it', async () => {
		const wait = () => {};
		expect(await heard({ within_ms: 50 }, wait)).toMatchObject({
			status: 500,
			text: expect.stringContaining('said nothing for 50 ms'),
		});
		expect(wordsOf((await heard({ within_ms: 50, ...SORRY }, wait)).events)).toEqual(['Sorry.']);
		expect((await heard({ within_ms: 50 }, wait, false)).status).toBe(500);
		const { text } = await heard({ within_ms: 50, ...SORRY }, wait, false);
		expect(JSON.parse(text)).toMatchObject({ choices: [{ message: { content: 'Sorry.' } }] });
	});
});
