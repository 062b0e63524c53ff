import type { Logger } from 'n8n-workflow';

import { afterTries, leftAlone, notRepeated, type TelnyxFailure } from './failure';
import { ClosedError, type Gate } from './rateLimiter';
import { pause, throwIfCanceled } from '../../shared/pause';
import {
	isWorthAnotherTry,
	tellsNothing,
	waitBeforeNext,
	type Headers,
	type Mishap,
} from './retryPolicy';

/** How hard to try. */
export interface Patience {
	readonly tries: number;
	/** From the first try to the start of the last. */
	readonly longestWaitMs: number;
}

/** How the requests of an item get to Telnyx. */
export interface Delivery {
	/** Shared by all items. */
	readonly gate: Gate;
	readonly patience: Patience;
	readonly signal: AbortSignal | undefined;
	readonly logger: Logger;
	/** For the log: the operation and the item, nothing secret. */
	readonly name: string;
	/** When an earlier run of the node tried the same without getting to know what came of it. */
	readonly openSince?: number;
	/** Called before each try. */
	readonly onTry: () => void;
}

/** What came of one try. */
export interface Reply {
	/** 0 if there was no answer. */
	readonly statusCode: number;
	readonly headers: Headers;
	readonly body: unknown;
	/** Unless it is a success. */
	readonly mishap?: Mishap;
}

/** How a request is tried, and what to make of it. */
export interface Attempt {
	readonly once: () => Promise<Reply>;
	/** For how long it may be sent again although Telnyx may have carried it out, in milliseconds. */
	readonly repeatableFor: number;
	readonly explain: (reply: Reply, mishap: Mishap) => Promise<TelnyxFailure> | TelnyxFailure;
}

export const REQUEST_ID = 'x-request-id';

/**
 * Tries until there is a success or another try makes no sense.
 * @throws TelnyxFailure, StoppedError, CanceledError
 */
export async function deliver(
	{ once, repeatableFor, explain }: Attempt,
	delivery: Delivery,
): Promise<Reply> {
	const { gate, patience, signal, onTry, openSince = Infinity } = delivery;
	let firstTryAt = 0;
	let failure: TelnyxFailure | undefined;
	for (let tries = 1; ; tries += 1) {
		const wasOpen = failure?.isOpen ?? openSince !== Infinity;
		const attempt = async () => {
			// The line at the gate may have been long, and Telnyx knows a command_id for a minute only.
			firstTryAt ||= Date.now();
			if (failure && Date.now() > firstTryAt + patience.longestWaitMs) throw failure;
			if (Date.now() > openSince + repeatableFor) throw notRepeated();
			onTry();
			return await logged(once, tries, delivery);
		};
		const reply = await gate.through(attempt, wasOpen).catch((error: unknown) => {
			throw error instanceof ClosedError ? (failure ?? leftAlone(error.seconds, wasOpen)) : error;
		});
		if (!reply.mishap) return reply;

		const now = Date.now();
		const seconds = Math.ceil((now - firstTryAt) / 1000);
		// What was open stays open if this try did not get as far as the command.
		const staysOpen = wasOpen && tellsNothing(reply.mishap);
		failure = afterTries(await explain(reply, reply.mishap), {
			tries,
			seconds,
			wasOpen,
			staysOpen,
		});
		const wait = waitBeforeNext(tries, reply.headers, now, Math.random);
		const isTooLate = now + wait > firstTryAt + patience.longestWaitMs;
		if (tries >= patience.tries || isTooLate) throw failure;
		if (!isWorthAnotherTry(reply.mishap, repeatableFor > 0)) throw failure;
		// After a 429 the gate makes everybody wait.
		if (reply.statusCode !== 429) await pause(wait, signal);
	}
}

async function logged(
	once: () => Promise<Reply>,
	tries: number,
	{ logger, name, signal }: Delivery,
): Promise<Reply> {
	const startedAt = Date.now();
	const reply = await once();
	throwIfCanceled(signal);
	const { headers } = reply;
	const ms = Date.now() - startedAt;
	const id = headers[REQUEST_ID] ?? 'none';
	logger.debug(`Telnyx ${name}: ${outcomeOf(reply)}, ${ms} ms, try ${tries}, request ${id}`);
	return reply;
}

function outcomeOf({ mishap, statusCode }: Reply): string {
	if (!mishap || 'status' in mishap) return `HTTP ${statusCode}`;
	return 'unsent' in mishap ? `not sent (${mishap.unsent.name})` : `no answer (${mishap.network})`;
}
