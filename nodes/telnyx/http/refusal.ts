import type { JsonObject } from 'n8n-workflow';

import { adviceOn, NOT_TELNYX } from './advice';
import { adviceByCode } from './adviceByCode';
import { perhapsDone, type Purpose } from './consequences';
import { TelnyxFailure } from './failure';
import { readRefusal, type Complaint } from './refusalBody';
import { mayHaveHappened } from './retryPolicy';

/** The labels of the form by the API's field names; names of nested fields are joined by dots. */
export type Labels = Readonly<Record<string, string>>;

/** The API's field for the application that a call belongs to. */
const APPLICATION = 'connection_id';

/**
 * Telnyx answered, but not with success; or with its status alone, which leaves open what was done.
 * @param body the parsed reply
 */
export function refusal(
	{ statusCode, body, requestId }: { statusCode: number; body: unknown; requestId?: string },
	labels: Labels,
	purpose: Purpose,
): TelnyxFailure {
	const { complaints, isTelnyxs, telnyxError, dCode } = readRefusal(body);
	const known = complaints.find(({ code }) => adviceByCode(code) !== undefined) ?? complaints[0];
	const { code, ...reason } = known ?? {};
	const advice = adviceOn(
		{
			statusCode,
			code,
			dCode,
			isExplained: complaints.length > 0,
			isTelnyxs,
			mayBeApplication:
				Object.hasOwn(labels, APPLICATION) && (reason.field ?? APPLICATION) === APPLICATION,
		},
		purpose,
	);
	const isUnclear = statusCode <= 299 || mayHaveHappened({ status: statusCode });
	const { happened } = advice;
	const todo = isUnclear ? `${advice.todo} ${perhapsDone(purpose)}` : advice.todo;
	const said = complaints.map((complaint) => saying(complaint, labels)).join(' ');
	return new TelnyxFailure({
		happened,
		description: `${todo} ${said || `Telnyx gave no reason (HTTP ${statusCode}).`}`,
		details: {
			http_status: statusCode,
			// Workflows that branch on a code rely on its being Telnyx's.
			...(isTelnyxs && code && { code }),
			...reason,
			...(dCode && { d_code: dCode }),
			...(telnyxError && { telnyx_error: telnyxError }),
			todo,
			...(complaints.length > 1 && { errors: [...complaints] as JsonObject[] }),
			...(requestId && { request_id: requestId }),
		},
		httpCode: String(statusCode),
		outcomeUnknown: isUnclear && purpose.changes,
	});
}

/**
 * A success status without Telnyx's reply: a proxy or a login page is at the base URL, or the reply was
 * damaged on its way.
 * @param flaw what is wrong with the reply, as the end of a sentence about it
 */
export function unreadable(statusCode: number, flaw: string, purpose: Purpose): TelnyxFailure {
	const { happened, todo: check } = NOT_TELNYX;
	const todo = purpose.changes ? `${perhapsDone(purpose)} ${check}` : check;
	return new TelnyxFailure({
		happened,
		description: `${todo} The answer (HTTP ${statusCode}) ${flaw}.`,
		details: { http_status: statusCode, todo },
		httpCode: String(statusCode),
		outcomeUnknown: purpose.changes,
	});
}

/** A success that lacks the ID of what was created, such as a dialed call. */
export function incomplete(field: string): TelnyxFailure {
	const todo =
		'The command may have been carried out all the same. Look whether it took effect before you send it again.';
	return new TelnyxFailure({
		happened: `Telnyx did not answer with '${field}'`,
		description: `${todo} Nothing more can be done without it.`,
		details: { todo },
		httpCode: 'none',
		outcomeUnknown: true,
	});
}

function saying({ code, title, detail, field }: Complaint, labels: Labels): string {
	const words = [title, detail].filter(Boolean).join(': ').replace(/\.$/, '') || 'no explanation';
	const about = field && `field '${labelOf(field, labels)}'`;
	const facts = [code && `code ${code}`, about].filter(Boolean).join(', ');
	return `Telnyx says: ${words}${facts && ` (${facts})`}.`;
}

/** The label of a field, at whatever level of the form, or its name in the API. */
function labelOf(field: string, labels: Labels): string {
	const names = field.split('.');
	const places = names.map((_, i) => names.slice(i).join('.'));
	const within = Object.keys(labels).find((place) => place.endsWith(`.${names.at(-1)}`));
	const place = places.find((one) => Object.hasOwn(labels, one)) ?? within;
	return place === undefined ? (names.at(-1) as string) : labels[place];
}
