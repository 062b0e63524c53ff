import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { isObject } from '../../shared/isObject';
import { parseJson, TOO_LARGE } from './body';
import { callOf } from './call';
import { receiveSigned, warn } from '../../telnyx/webhooks/receive';
import { readOptions, readToolFields } from '../form/parameters';
import { NODE_KIND } from '../log';
import { answerToolCall } from '../reply/toolReply';
import { readFields } from './fields';
import { repetitionOf, requestIdOf } from './repetition';

/** Starts an execution for a tool call that Telnyx has signed. */
export const acceptToolCall = async (context: IWebhookFunctions): Promise<IWebhookResponseData> =>
	await receiveSigned(context, NODE_KIND, async (rawBody) => {
		const body = bodyIn(rawBody);
		if (!isObject(body)) {
			return refuse(context, body === TOO_LARGE ? TOO_LARGE : NOT_AN_OBJECT);
		}
		const fields = fieldsIn(context, body);
		if (fields === undefined) return fail(context);
		if (typeof fields === 'string') return refuse(context, fields);
		const repetition = repetitionOf(context);
		if (repetition) return refuse(context, REPEATED[repetition]);
		answerToolCall(context);
		const own = { request_id: requestIdOf(context), ...callOf(context.getHeaderData()) };
		return { workflowData: [[{ json: withOwn(own, fields) }]] };
	});

/** The fields, and what the trigger knows itself: where both have a name, all fields are in `arguments` too. */
function withOwn(own: IDataObject, fields: IDataObject): IDataObject {
	const isReplaced = ([name, value]: [string, unknown]) =>
		Object.hasOwn(fields, name) && fields[name] !== value;
	return {
		...fields,
		...(Object.entries(own).some(isReplaced) && { arguments: fields }),
		...own,
	};
}

/** A tool without parameters may have an empty body, or null. */
function bodyIn(rawBody: Buffer): unknown {
	const body = rawBody.length === 0 ? null : parseJson(rawBody);
	return body === null ? {} : body;
}

/** Undefined if the form cannot be used: what an expression in it yields is known only now. */
function fieldsIn(context: IWebhookFunctions, body: IDataObject): IDataObject | string | undefined {
	try {
		return readFields(body, readToolFields(context));
	} catch {
		return undefined;
	}
}

const NOT_AN_OBJECT =
	'The request has no JSON object as its body. Set up the tool with the method POST and body parameters.';

/** The assistant may try again where nothing was carried out for its call, and nowhere else. */
const REPEATED = {
	sameCall:
		'This request was received before. It is carried out once only, and its result is not known here.',
	otherCall:
		'Another call sent the same request in the same second, so this one was not carried out. Try again.',
};

/** Tells the assistant what it is told whenever the workflow fails: the user has to mend it. */
function fail(context: IWebhookFunctions): IWebhookResponseData {
	warn(context, NODE_KIND, "started nothing for a tool call: 'Fields' or 'JSON Example' is wrong");
	return { webhookResponse: { error: readOptions(context).failureText } };
}

/** With status 200, so that the assistant's language model reads it and can ask the caller. */
function refuse(context: IWebhookFunctions, error: string): IWebhookResponseData {
	warn(context, NODE_KIND, `started nothing for a tool call: ${error}`);
	return { webhookResponse: { error } };
}
