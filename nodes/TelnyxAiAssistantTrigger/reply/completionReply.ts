import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { isObject } from '../../shared/isObject';
import { warn } from '../../telnyx/webhooks/receive';
import { readOptions } from '../form/parameters';
import { NODE_KIND } from '../log';
import { Completion, errorBody, EVENT_STREAM } from './completion';
import { OwnResponse, type WorkflowReply } from './ownResponse';
import { expectSpeech } from './speech';

/** What was asked for. */
interface Asked {
	readonly model: string;
	/** Whether the answer is wanted in pieces. */
	readonly isStreamed: boolean;
}

/**
 * Lets the workflow answer as a language model: piece by piece while it runs if it can, else with the
 * text of its last node.
 * @param json the item that starts the execution
 */
export function answerCompletion(
	context: IWebhookFunctions,
	json: IDataObject,
	{ model, isStreamed }: Asked,
): void {
	const { withinMs, failureText } = readOptions(context);
	const completion = new Completion(model);
	let isFirst = true;
	let isResting = false;
	let isWhole = false;
	const say = (text: string) => {
		// What an agent says before and after the use of a tool are two sentences.
		const apart = isResting && /^\S/.test(text) ? ` ${text}` : text;
		response.write(EVENT_STREAM, completion.piece(apart, isFirst));
		isFirst = false;
		isResting = false;
		isWhole = false;
	};
	const begin = () => {
		isWhole = false;
		// Before the first word, the caller has been waiting since the request.
		if (!isFirst) response.expect();
	};
	const rest = () => {
		if (isFirst) return;
		isResting = true;
		response.rest();
	};
	const finish = () => (isWhole = !isFirst);
	const end = (lastEvent = completion.end()) => {
		response.write(EVENT_STREAM, lastEvent);
		response.close();
	};
	const answer = (text: string) => {
		if (!isStreamed) return response.json(200, completion.whole(text));
		say(isFirst ? text : ` ${text}`);
		end();
	};
	const fail = (reason: string) => {
		warn(context, NODE_KIND, `has no complete answer for the assistant: ${reason}`);
		if (failureText !== '') answer(failureText);
		else if (isFirst) response.json(500, errorBody(reason, 500));
		// What was said cannot be taken back, but is not to pass for the whole answer.
		else end(completion.brokenOff(reason));
	};
	const response = new OwnResponse(context.getResponseObject(), (reply) => {
		const text = textOf(reply);
		if (isWhole) end();
		else if (reply.status >= 400) fail('The workflow failed, or its last node had no item.');
		else if (text === undefined) fail(isFirst ? NO_TEXT : NOT_FINISHED);
		else answer(text);
	});
	response.unlessWithin(withinMs, () => fail(`The workflow said nothing for ${withinMs} ms.`));
	if (isStreamed) expectSpeech(json, { begin, say, rest, finish });
}

const NO_TEXT =
	"The last node has no text. It has to be an AI Agent, or to put out one item with the text in 'output'.";

const NOT_FINISHED =
	'The agent did not finish what it had begun to say: it failed, or one of its tools waits.';

/** What n8n's nodes for agents and language models call their answer. */
const NAMES = ['output', 'text', 'response', 'content', 'answer'];

function textOf({ body }: WorkflowReply): string | undefined {
	try {
		const item: unknown = JSON.parse(body);
		// What a tool that waits was given is no answer.
		if (isObject(item) && 'toolCallId' in item) return undefined;
		const texts = isObject(item) ? NAMES.map((name) => item[name]) : [item];
		return texts.find((text) => typeof text === 'string' && text.trim() !== '') as
			| string
			| undefined;
	} catch {
		return undefined;
	}
}
