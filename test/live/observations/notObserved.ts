import type { NotObserved } from '../observation';

const where = 'docs/ai-assistants.md#what-only-a-real-account-can-show';
const NEEDS_ASSISTANT =
	'It takes a conversation with an AI assistant, which the simulator does not lead.';

/** Assumptions that need something else than calls between two numbers. */
export const notObserved: NotObserved[] = [
	{
		assumed:
			'Collect Payment: the details of a card are in no event, and the keys with which they are entered do not arrive as `call.dtmf.received`.',
		where: 'nodes/catalogue/input/pay.ts',
		why: 'It takes a payment connector. Whoever has one in test mode sends `pay` in a call, enters the number of a test card, and looks at the events of the call: in the executions of a trigger that listens to all events, or in `GET /call_events`.',
	},
	{
		assumed:
			'That Telnyx signs tool calls and questions for variables as it signs webhooks: it documents that for tool calls; of variables it is known from public implementations only. A request that is not signed gets 401.',
		where,
		why: `${NEEDS_ASSISTANT} Whoever has an assistant publishes a trigger for each of the two, and calls it: n8n's log says which requests were refused, and why.`,
	},
	{
		assumed:
			'That tool calls carry the header `x-telnyx-call-control-id`, and requests to a language model too: Telnyx documents the former for asynchronous tools, the latter is known from public code.',
		where,
		why: NEEDS_ASSISTANT,
	},
	{
		assumed:
			'Whether Telnyx repeats a tool call whose answer was late or lost, with the same signature or a new one. With the same signature it is carried out once; with a new one it cannot be told from a second tool call, and is carried out again.',
		where,
		why: NEEDS_ASSISTANT,
	},
	{
		assumed:
			'Whether Telnyx passes on what a tool answers with a status other than 200. The trigger answers failures with 200, so that it does not matter.',
		where,
		why: NEEDS_ASSISTANT,
	},
	{
		assumed:
			'Whether the fallback model takes over after status 500, and what the caller hears after an error in the middle of an answer.',
		where,
		why: NEEDS_ASSISTANT,
	},
	{
		assumed:
			'What the portal checks when *Use Custom LLM* is switched on: the trigger answers `GET …/v1/models` with the model `n8n`.',
		where,
		why: 'It happens in the Telnyx portal.',
	},
	{
		assumed: 'How long Telnyx waits for the first word of a language model.',
		where,
		why: NEEDS_ASSISTANT,
	},
];
