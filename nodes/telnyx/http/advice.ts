import {
	adviceByCode,
	BAD_REQUEST,
	NO_FUNDS,
	NOT_ALLOWED,
	UNKNOWN_THERE,
	WRONG_KEY,
	type Advice,
} from './adviceByCode';
import { adviceByDCode } from './adviceByDCode';
import { isCommand, type Purpose } from './consequences';

export type { Advice } from './adviceByCode';

/** What is known about a refusal. */
interface RefusalFacts {
	readonly statusCode: number;
	/** Telnyx's error code. */
	readonly code?: string;
	/** Why Telnyx's network did not place the call. */
	readonly dCode?: string;
	/** Whether it gives a reason. */
	readonly isExplained: boolean;
	/** Whether the reason is in Telnyx's format. */
	readonly isTelnyxs: boolean;
	/** Whether the application may be what is wrong: it is part of the request, and nothing else is named. */
	readonly mayBeApplication: boolean;
}

const TOO_MANY: Advice = {
	happened: 'Telnyx received too many requests',
	todo: "Wait a moment, and set 'Commands per Second' in 'Request Options' to what your account allows.",
};

/** A trigger has no Request Options. */
const TOO_MANY_ELSEWHERE: Advice = {
	happened: TOO_MANY.happened,
	todo: 'Wait a minute, then publish or unpublish the workflow again.',
};

const WRONG_APPLICATION: Advice = {
	happened: BAD_REQUEST.happened,
	todo: 'Change what Telnyx names. Mostly it is the application: it has to be a Call Control application that has a webhook URL.',
};

const REFUSED: Advice = {
	happened: 'Telnyx refused the command',
	todo: 'Change what Telnyx names, or check that the call is in a state that allows the command.',
};

const REFUSED_REQUEST: Advice = {
	happened: 'Telnyx refused the request',
	todo: 'Change what Telnyx names.',
};

const OUT_OF_ORDER: Advice = {
	happened: 'Telnyx has a fault or is overloaded',
	todo: 'Try again in a minute.',
};

/** The base URL leads to another server. */
export const NOT_TELNYX: Advice = {
	happened: 'The base URL of the credential does not lead to the Telnyx API',
	todo: "Check 'Base URL' in the credential: it normally ends in /v2.",
};

/** Telnyx never asks for one. */
export const PROXY_LOGIN: Advice = {
	happened: 'A proxy between n8n and Telnyx asks for a login',
	todo: "Nothing was passed on. Whoever runs this n8n writes user name and password into the proxy's address, such as HTTPS_PROXY.",
};

/** The explanation is in another format: that of another server, or of some parts of Telnyx. */
const UNKNOWN_ANYWHERE: Advice = {
	happened: NOT_TELNYX.happened,
	todo: `${NOT_TELNYX.todo} If it is right, check the ID or name in the request.`,
};

/** The advice for a refusal: by its reason if that is known, otherwise by its status. */
export function adviceOn(facts: RefusalFacts, purpose: Purpose): Advice {
	const { dCode, code, mayBeApplication } = facts;
	if (dCode !== undefined) return adviceByDCode(dCode);
	if (code === '10015' && mayBeApplication) return WRONG_APPLICATION;
	return (saysMoreThanItsStatus(facts) && adviceByCode(code)) || adviceByStatus(facts, purpose);
}

/** Telnyx sends 10007 with 404, 500 and 503 alike, and all kinds of codes with 429. */
function saysMoreThanItsStatus({ statusCode, code }: RefusalFacts): boolean {
	if (statusCode === 429) return code === '90103';
	return code !== '10007' || (statusCode < 500 && statusCode !== 404);
}

function adviceByStatus(
	{ statusCode, isExplained, isTelnyxs }: RefusalFacts,
	purpose: Purpose,
): Advice {
	if (statusCode >= 500) return OUT_OF_ORDER;
	switch (statusCode) {
		case 400:
			return BAD_REQUEST;
		case 401:
			return WRONG_KEY;
		case 402:
			return NO_FUNDS;
		case 403:
			return NOT_ALLOWED;
		case 404:
			if (isTelnyxs) return UNKNOWN_THERE;
			return isExplained ? UNKNOWN_ANYWHERE : NOT_TELNYX;
		case 407:
			return PROXY_LOGIN;
		case 429:
			return purpose.isRegistration ? TOO_MANY_ELSEWHERE : TOO_MANY;
		default:
			if (statusCode < 400 && !isExplained) return NOT_TELNYX;
			return isCommand(purpose) ? REFUSED : REFUSED_REQUEST;
	}
}
