import { NodeApiError, type INode, type JsonObject } from 'n8n-workflow';

import { withoutSecrets, withoutSecretsIn } from './withoutSecrets';

interface FailureFacts {
	/** In the user's terms. */
	readonly happened: string;
	/** What to do about it, and what else is known. */
	readonly description: string;
	/** For the error output: everything a workflow could branch on, nothing secret. */
	readonly details: JsonObject;
	/** Telnyx's status, or the network's code; `none` if there was neither. */
	readonly httpCode: string;
	readonly outcomeUnknown?: boolean;
	readonly earlierOutcomeUnknown?: boolean;
}

/**
 * A command that failed, whether it was sent or not. Telnyx's and n8n's own words may repeat what was
 * sent, so secrets are removed from them.
 */
export class TelnyxFailure extends Error {
	readonly description: string;
	readonly details: JsonObject;
	readonly httpCode: string;
	/**
	 * Whether Telnyx may have carried the command out although it failed: there was no reply, or one that
	 * does not tell. It is repeated only as long as Telnyx would carry the repetition out only once.
	 */
	readonly outcomeUnknown: boolean;
	/** The same for an earlier try: this one may have failed because the earlier one took effect. */
	readonly earlierOutcomeUnknown: boolean;

	constructor(facts: FailureFacts) {
		super(withoutSecrets(facts.happened));
		const { outcomeUnknown = false, earlierOutcomeUnknown = false } = facts;
		this.description = withoutSecrets(facts.description);
		this.details = withoutSecretsIn(facts.details);
		this.httpCode = facts.httpCode;
		this.outcomeUnknown = outcomeUnknown;
		this.earlierOutcomeUnknown = earlierOutcomeUnknown;
	}
}

/** A command that was not sent although nothing is wrong with it. */
export class NotSentFailure extends TelnyxFailure {}

/** Telnyx's codes for a call or a conference that has ended. */
const ENDED: readonly unknown[] = ['90018', '90019'];

/** Whether the call or conference had already ended, which is what a hangup or a stop is for. */
export const hasEnded = ({ details }: TelnyxFailure): boolean => ENDED.includes(details.code);

/** Whether it may go away by itself: no reply, too many requests, or a fault of the server. */
export const isTemporary = (error: unknown): boolean =>
	!/^4(?!08|29)/.test(String((error as Partial<TelnyxFailure>).httpCode ?? ''));

/** Whether Telnyx has certainly not carried the command out, in none of its tries. */
export const isRefused = ({ outcomeUnknown, earlierOutcomeUnknown }: TelnyxFailure): boolean =>
	!outcomeUnknown && !earlierOutcomeUnknown;

/** Whether Telnyx knows no such resource. A 404 without Telnyx's code comes from another server. */
export const isMissing = ({ httpCode, details }: TelnyxFailure): boolean =>
	httpCode === '404' && details.code !== undefined;

/** The failure as n8n shows it on the node. */
export function toNodeError(node: INode, failure: TelnyxFailure, itemIndex: number): NodeApiError {
	const { message, description, httpCode } = failure;
	const error = new NodeApiError(node, { message } as JsonObject, {
		message,
		description,
		httpCode,
		itemIndex,
	});
	// n8n replaces whole messages in which it finds a code such as ENOENT, even inside a word.
	error.message = message;
	error.description = description;
	return error;
}
