import type { IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

import { RateLimiter } from '../telnyx/http/rateLimiter';
import type { Delivery } from '../telnyx/http/retrying';

/** Long enough for a temporary fault, short enough for somebody who hears silence in the meantime. */
const LIMITS = { tries: 5, longestWaitMs: 10_000 };

/**
 * How a command is sent while an execution waits: it belongs to no item, and nobody can cancel it.
 * @param name for the log
 */
export const deliveryInWait = (
	{ logger }: IExecuteFunctions | IWebhookFunctions,
	name: string,
): Delivery => ({
	rateLimiter: new RateLimiter({
		mostAtOnce: 1,
		longestWaitMs: LIMITS.longestWaitMs,
		signal: undefined,
	}),
	retryLimits: LIMITS,
	signal: undefined,
	logger,
	name,
	onTry() {},
});
