import type { Logger } from 'n8n-workflow';

import { systemClock, throwIfCanceled, type Clock } from '../../shared/pause';
import type { TelnyxFailure } from './failure';
import { RateLimitError, type RateLimiter } from './rateLimiter';
import {
	isWorthAnotherTry,
	tellsNothing,
	waitBeforeNext,
	type Headers,
	type RequestError,
} from './retryPolicy';
import { afterTries, notRepeated, rateLimited } from './unfinished';

/** How often, and for how long, a request is tried. */
export interface RetryLimits {
	readonly tries: number;
	/** From the first try to the start of the last. */
	readonly longestWaitMs: number;
}

/** How the requests of an item are delivered to Telnyx. */
export interface Delivery {
	/** Shared by all items. */
	readonly rateLimiter: RateLimiter;
	readonly retryLimits: RetryLimits;
	readonly signal: AbortSignal | undefined;
	readonly logger: Logger;
	/** For the log: the operation and the item, nothing secret. */
	readonly name: string;
	/** When an earlier run of the node first tried the same, if its outcome is unknown (see TelnyxFailure). */
	readonly outcomeUnknownSince?: number;
	/** Called before each try. */
	readonly onTry: () => void;
	/** Asked before each further try. Without it, every try is wanted. */
	readonly isStillWanted?: () => Promise<boolean>;
	readonly clock?: Clock;
}

/** The result of one try. */
export interface Reply {
	/** 0 if there was no reply. */
	readonly statusCode: number;
	readonly headers: Headers;
	readonly body: unknown;
	/** What is wrong with the body, as the end of a sentence about the reply. */
	readonly flaw?: string;
	/** Undefined if it is a success. */
	readonly error?: RequestError;
}

/** How a request is sent once, how often it may be, and how its failure is explained. */
export interface Attempt {
	readonly once: () => Promise<Reply>;
	/** For how long it may be sent again although Telnyx may have carried it out, in milliseconds. */
	readonly repeatableFor: number;
	readonly explain: (reply: Reply, error: RequestError) => Promise<TelnyxFailure> | TelnyxFailure;
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
	const { rateLimiter, retryLimits, signal, onTry, clock = systemClock } = delivery;
	const { outcomeUnknownSince = Infinity, isStillWanted = async () => true } = delivery;
	let firstTryAt = 0;
	let failure: TelnyxFailure | undefined;
	for (let count = 1; ; count += 1) {
		const outcomeUnknown = failure?.outcomeUnknown ?? outcomeUnknownSince !== Infinity;
		const attempt = async () => {
			// It may have been queued for long, and Telnyx knows a command_id for a minute only.
			firstTryAt ||= clock.now();
			if (failure && clock.now() > firstTryAt + retryLimits.longestWaitMs) throw failure;
			if (clock.now() > outcomeUnknownSince + repeatableFor) throw notRepeated();
			if (failure && !(await isStillWanted())) throw failure;
			onTry();
			return await logged(once, count, delivery);
		};
		const reply = await rateLimiter.run(attempt, outcomeUnknown).catch((error: unknown) => {
			if (!(error instanceof RateLimitError)) throw error;
			throw failure ?? rateLimited(error.seconds, outcomeUnknown);
		});
		if (!reply.error) return reply;

		const now = clock.now();
		failure = afterTries(await explain(reply, reply.error), {
			count,
			seconds: Math.ceil((now - firstTryAt) / 1000),
			earlierOutcomeUnknown: outcomeUnknown,
			// It stays unknown if Telnyx did not get as far as looking at the command.
			staysUnknown: outcomeUnknown && tellsNothing(reply.error),
		});
		const wait = waitBeforeNext(count, reply, now, Math.random);
		const isTooLate = now + wait > firstTryAt + retryLimits.longestWaitMs;
		if (count >= retryLimits.tries || isTooLate) throw failure;
		if (!isWorthAnotherTry(reply.error, repeatableFor > 0)) throw failure;
		// After a 429 the rate limiter makes all requests wait.
		if (reply.statusCode !== 429) await clock.pause(wait, signal);
	}
}

async function logged(
	once: () => Promise<Reply>,
	tries: number,
	{ logger, name, signal, clock = systemClock }: Delivery,
): Promise<Reply> {
	const startedAt = clock.now();
	const reply = await once();
	throwIfCanceled(signal);
	const { headers } = reply;
	const ms = clock.now() - startedAt;
	const id = headers[REQUEST_ID] ?? 'none';
	logger.debug(`Telnyx ${name}: ${outcomeOf(reply)}, ${ms} ms, try ${tries}, request ${id}`);
	return reply;
}

function outcomeOf({ error, statusCode }: Reply): string {
	if (!error || 'status' in error) return `HTTP ${statusCode}`;
	return 'unsent' in error ? `not sent (${error.unsent.name})` : `no answer (${error.network})`;
}
