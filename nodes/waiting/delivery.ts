import type { IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

import { RateLimiter } from '../telnyx/http/rateLimiter';
import type { Delivery } from '../telnyx/http/retrying';

/** Long enough for a passing fault, short enough for whoever listens to silence meanwhile. */
const LIMITS = { tries: 5, longestWaitMs: 10_000 };

/**
 * How a command is sent while an execution waits: no item is being worked on, and nobody cancels it.
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
