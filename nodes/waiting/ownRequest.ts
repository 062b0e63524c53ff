import type { IDataObject, IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

import { isObject } from '../shared/isObject';
import { pause } from '../shared/pause';
import { Workload } from '../telnyx/webhooks/workload';
import { ask, nameOf } from './ownAddress';
import type { Outcome } from './outcome';

/** A message of a node to its own execution after the pause. */
export type OwnRequest =
	| { readonly kind: 'timeout'; readonly answer: IDataObject }
	| { readonly kind: 'pause'; readonly answer: IDataObject }
	| { readonly kind: 'answered'; readonly answer: IDataObject }
	| { readonly kind: 'question'; readonly answer: IDataObject }
	| { readonly kind: 'refused'; readonly answer: IDataObject; readonly failure: Failure };

/** Why a command was not carried out, in words for the user. */
interface Failure {
	readonly outcome: Outcome;
	readonly message: string;
	readonly description: string;
	readonly details: IDataObject;
	/** The leg that has ended, if that is why and it is known. */
	readonly leg?: string;
	/** Other legs that have ended, if that is why. */
	readonly otherLegs?: readonly string[];
}

/** The header in which a request of the node itself carries the secret of the wait. */
export const SECRET_HEADER = 'x-telnyx-wait-secret';

/** How long to wait before each further try, in milliseconds: n8n may be busy or starting. */
const PAUSES_MS = [250, 1_000, 4_000, 15_000];
const TIMEOUT_MS = 10_000;

type Helpers = Pick<IExecuteFunctions | IWebhookFunctions, 'helpers' | 'logger'>;

/**
 * The helpers that requests are sent with. Only those of the latest node are kept: each node's hold the
 * data of its execution, which must not stay in memory for as long as the execution waits.
 */
let latest: Helpers | undefined;

export const keepHelpers = (context: Helpers): void => {
	latest = context;
};

/**
 * Sends the message. Unlike the pause itself, its arrival is not guaranteed: if n8n cannot be reached, the
 * wait ends when n8n itself finds that its time is over.
 */
export async function tellExecution(
	address: URL,
	secret: string,
	request: OwnRequest,
): Promise<void> {
	for (const ms of [...PAUSES_MS, undefined]) {
		if (!latest) return;
		const helpers = latest;
		const { status, text } = await inTurn(
			messages,
			async () => await sendOwn(helpers, address, secret, request),
		);
		const isTold = status >= 200 && status < 300;
		if (isTold || isOver(status, text) || ms === undefined) return;
		await pause(ms);
	}
}

/**
 * Whether the execution still waits, as far as n8n says: it may have been cancelled or deleted, or have
 * gone on.
 */
export async function stillWaits(context: Helpers, address: URL, secret: string): Promise<boolean> {
	const question = { kind: 'question', answer: {} } as const;
	const { status, text } = await inTurn(
		questions,
		async () => await sendOwn(context, address, secret, question),
	);
	return !isOver(status, text);
}

/** With more at once, n8n would go on with all of them at the same time, and all would be late. */
const MOST_AT_ONCE = 5;

const inLine = () =>
	new Workload(MOST_AT_ONCE, Infinity, async (_, stop) => await pause(TIMEOUT_MS, stop));

/** Many waits may end at the same moment. */
const messages = inLine();
/** A command is waiting for the answer, so questions do not wait for the messages. */
const questions = inLine();

async function inTurn<T>(line: Workload, act: () => Promise<T>): Promise<T> {
	let end = () => {};
	await line.turn(new Promise<void>((resolve) => (end = resolve)));
	try {
		return await act();
	} finally {
		end();
	}
}

async function sendOwn(helpers: Helpers, address: URL, secret: string, request: OwnRequest) {
	const content = { body: JSON.stringify(request), headers: { [SECRET_HEADER]: secret } };
	return await ask(helpers, nameOf(address), address.origin, content, TIMEOUT_MS);
}

/**
 * Whether the reply says that the execution has gone on, was cancelled, or no longer exists. Any other
 * refusal comes from another server or from a fault.
 */
const isOver = (status: number, text: string): boolean =>
	status === 401 ||
	status === 409 ||
	(status === 404 && /does not exist|does not contain a waiting webhook/.test(text));

/** The callback for when the time of a wait is over. */
export const timeout =
	(address: URL, secret: string, answer: () => IDataObject | undefined) => (): void =>
		void tellExecution(address, secret, { kind: 'timeout', answer: answer() ?? {} });

/** Reads a message of `tellExecution`. The secret has proved that it comes from this package. */
export function readOwnRequest(body: IDataObject): OwnRequest {
	const answer = isObject(body.answer) ? body.answer : {};
	if (body.kind === 'answered' || body.kind === 'question') return { kind: body.kind, answer };
	if (body.kind !== 'refused') return { kind: body.kind === 'pause' ? 'pause' : 'timeout', answer };
	const { outcome, message, description, details, leg, otherLegs } = isObject(body.failure)
		? body.failure
		: {};
	return {
		kind: 'refused',
		answer,
		failure: {
			outcome: outcome === 'ended' ? 'ended' : 'failure',
			message: String(message ?? ''),
			description: String(description ?? ''),
			details: isObject(details) ? details : {},
			...(typeof leg === 'string' && { leg }),
			otherLegs: Array.isArray(otherLegs) ? otherLegs.map(String) : [],
		},
	};
}
