import { randomUUID } from 'node:crypto';
import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { filledText } from '../../shared/filledText';
import { isObject } from '../../shared/isObject';
import { joinedParts } from '../../shared/joinedParts';
import { whyNotAllowed } from '../../telnyx/webhooks/languageModelSecret';
import { readRawBody, warn } from '../../telnyx/webhooks/receive';
import { readRequest } from '../form/parameters';
import { NODE_KIND } from '../log';
import { errorBody } from '../reply/completion';
import { answerCompletion } from '../reply/completionReply';
import { parseJson, TOO_LARGE } from './body';
import { callOf } from './call';

/** Starts an execution for a request to the language model that carries the secret. */
export async function acceptCompletion(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const reason = await whyNotAllowed(context);
	if (reason) return refuse(context, 401, reason, 'Unauthorized');
	const rawBody = await readRawBody(context);
	const body = rawBody && parseJson(rawBody);
	if (body === TOO_LARGE) return refuse(context, 413, TOO_LARGE);
	const chat = readChat(body);
	if (typeof chat === 'string') return refuse(context, 400, chat);
	const { model, stream, messages, extra_metadata } = chat;
	const json: IDataObject = {
		chatInput: textToAnswer(messages),
		...idsOf(context, extra_metadata),
		instructions: textOf(messages, ...INSTRUCTING),
		messages: [...messages],
		variables: extra_metadata,
	};
	answerCompletion(context, json, { model, isStreamed: stream });
	return { workflowData: [[{ json }]] };
}

/** Telnyx's portal asks which models there are. */
export async function listModels(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const isModel = readRequest(context) === 'languageModel';
	if (!isModel) return refuse(context, 404, 'it is no language model', 'Not found');
	const reason = await whyNotAllowed(context);
	if (reason) return refuse(context, 401, reason, 'Unauthorized');
	return { webhookResponse: { object: 'list', data: [{ id: 'n8n', object: 'model' }] } };
}

/** @param text what the sender gets to know, if not the reason */
function refuse(
	context: IWebhookFunctions,
	status: number,
	reason: string,
	text = reason,
): { noWebhookResponse: true } {
	warn(context, NODE_KIND, `refused a request: ${reason}`);
	context.getResponseObject().status(status).json(errorBody(text, status));
	return { noWebhookResponse: true };
}

interface Message extends IDataObject {
	role: string;
}

interface Chat {
	readonly model: string;
	readonly stream: boolean;
	readonly messages: readonly Message[];
	/** The assistant's variables, if it is set up to forward them. */
	readonly extra_metadata: IDataObject;
}

/** @returns what is wrong if it is no request for a chat completion */
function readChat(body: unknown): Chat | string {
	if (!isObject(body)) return 'The body has to be a JSON object.';
	const { messages, stream, model, extra_metadata } = body;
	if (!Array.isArray(messages) || messages.length === 0) {
		return "'messages' has to be a list with at least one message.";
	}
	const wrong = messages.findIndex((one) => !isMessage(one));
	if (wrong >= 0) return `'messages[${wrong}]' has to be an object with a 'role'.`;
	return {
		model: filledText(model) ?? 'n8n',
		stream: stream === true,
		messages: messages.filter(isMessage),
		extra_metadata: isObject(extra_metadata) ? extra_metadata : {},
	};
}

const isMessage = (one: unknown): one is Message => isObject(one) && typeof one.role === 'string';

/** What an agent is given where there is nothing to answer: models refuse an empty message. */
const NO_WORDS = '(No words from the caller.)';

/**
 * What the caller has just said, or what was added to the conversation since somebody spoke. Before the
 * caller has said anything, the instructions. What was answered before is not to be carried out again.
 */
function textToAnswer(messages: readonly Message[]): string {
	const last = messages.findLastIndex(isTurn);
	const said = textOf(messages.slice(last, last + 1), 'user');
	const added = textOf(messages.slice(last + 1), ...INSTRUCTING);
	const hasSpoken = textOf(messages, 'user') !== '';
	return said || added || (hasSpoken ? '' : textOf(messages, ...INSTRUCTING)) || NO_WORDS;
}

const INSTRUCTING = ['system', 'developer'];

/** Whether somebody speaks. Who uses a tool has not answered yet. */
const isTurn = ({ role, tool_calls }: Message): boolean =>
	role === 'user' ||
	(role === 'assistant' && !(Array.isArray(tool_calls) && tool_calls.length > 0));

/** What these have said. */
const textOf = (messages: readonly Message[], ...roles: string[]): string =>
	messages
		.filter(({ role }) => roles.includes(role))
		.map(({ content }) => textIn(content))
		.filter((text) => text.trim() !== '')
		.join('\n\n');

/** Text, or the text in a part or a list of parts. */
function textIn(content: unknown): string {
	if (Array.isArray(content)) return joinedParts(content.map(textIn));
	const text = isObject(content) ? content.text : content;
	return typeof text === 'string' ? text : '';
}

/** The call, and the name by which n8n's memories tell conversations apart: of its own if there is no call. */
function idsOf(context: IWebhookFunctions, variables: IDataObject): IDataObject {
	const ids = { ...onlyIds(variables), ...callOf(context.getHeaderData()) };
	return { ...ids, sessionId: ids.call_control_id ?? ids.conversation_id ?? randomUUID() };
}

const onlyIds = ({ call_control_id, conversation_id }: IDataObject): IDataObject => ({
	...(filledText(call_control_id) && { call_control_id }),
	...(filledText(conversation_id) && { conversation_id }),
});
