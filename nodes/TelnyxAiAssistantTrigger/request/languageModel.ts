import { randomUUID } from 'node:crypto';
import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { filledText } from '../../shared/filledText';
import { isObject } from '../../shared/isObject';
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
		instructions: textsOf(messages, 'system', 'developer').join('\n\n'),
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

/** What the caller said last. Before the caller has said anything, the instructions. */
const textToAnswer = (messages: readonly Message[]): string =>
	textsOf(messages, 'user').at(-1) ?? textsOf(messages, 'system', 'developer').join('\n\n');

const textsOf = (messages: readonly Message[], ...roles: string[]): string[] =>
	messages
		.filter(({ role }) => roles.includes(role))
		.map(({ content }) => textIn(content))
		.filter((text) => text !== '');

/** Text, or the text in a list of parts. */
const textIn = (content: unknown): string =>
	Array.isArray(content)
		? content.map((part) => (isObject(part) ? String(part.text ?? '') : '')).join('')
		: String(content ?? '');

/** The call, and the name by which n8n's memories tell conversations apart: of its own if there is no call. */
function idsOf(context: IWebhookFunctions, variables: IDataObject): IDataObject {
	const ids = { ...onlyIds(variables), ...callOf(context.getHeaderData()) };
	return { ...ids, sessionId: ids.call_control_id ?? ids.conversation_id ?? randomUUID() };
}

const onlyIds = ({ call_control_id, conversation_id }: IDataObject): IDataObject => ({
	...(call_control_id !== undefined && { call_control_id }),
	...(conversation_id !== undefined && { conversation_id }),
});
