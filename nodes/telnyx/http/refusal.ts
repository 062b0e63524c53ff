import type { IDataObject, JsonObject } from 'n8n-workflow';

import { isObject } from '../../shared/isObject';
import { adviceByCode, adviceByStatus, NOT_TELNYX } from './advice';
import { perhapsDone, type Purpose } from './consequences';
import { TelnyxFailure } from './failure';
import { mayHaveHappened } from './retryPolicy';

/** What Telnyx says of one thing that is wrong. */
interface Complaint {
	code?: string;
	title?: string;
	detail?: string;
	/** The API's name of the field that it is about. */
	field?: string;
}

/** The labels of the form, by the API's field names. */
export type Labels = Readonly<Record<string, string>>;

/**
 * Telnyx answered, but not with success.
 * @param body the parsed reply; anything but Telnyx's `{ errors: [...] }` is taken as no explanation
 */
export function refusal(
	{ statusCode, body, requestId }: { statusCode: number; body: unknown; requestId?: string },
	labels: Labels,
	purpose: Purpose,
): TelnyxFailure {
	const complaints = complaintsIn(body);
	const known = complaints.find(({ code }) => adviceByCode(code) !== undefined);
	const byCode = adviceByCode(known?.code);
	const byStatus = adviceByStatus(statusCode, complaints.length > 0, purpose);
	const advice = statusCode === 429 ? byStatus : (byCode ?? byStatus);
	const isUnclear = mayHaveHappened({ status: statusCode });
	const { happened } = advice;
	const todo = isUnclear ? `${advice.todo} ${perhapsDone(purpose)}` : advice.todo;
	const said = complaints.map((complaint) => saying(complaint, labels)).join(' ');
	return new TelnyxFailure({
		happened,
		description: `${todo} ${said || `Telnyx gave no reason (HTTP ${statusCode}).`}`,
		details: {
			http_status: statusCode,
			...((known ?? complaints[0]) as JsonObject | undefined),
			todo,
			...(complaints.length > 1 ? { errors: complaints as JsonObject[] } : {}),
			...(requestId ? { request_id: requestId } : {}),
		},
		httpCode: String(statusCode),
		outcomeUnknown: isUnclear && purpose.changes,
	});
}

/** A success status, but not from Telnyx: a proxy or a login page answers at the base URL. */
export function notTelnyx(statusCode: number, flaw = 'was not JSON'): TelnyxFailure {
	const { happened, todo } = NOT_TELNYX;
	return new TelnyxFailure({
		happened,
		description: `${todo} The answer (HTTP ${statusCode}) ${flaw}.`,
		details: { http_status: statusCode, todo },
		httpCode: String(statusCode),
	});
}

function complaintsIn(body: unknown): Complaint[] {
	const errors = (body as { errors?: unknown } | null | undefined)?.errors;
	return Array.isArray(errors) ? errors.filter(isObject).map(toComplaint) : [];
}

function toComplaint({ code, title, detail, source }: IDataObject): Complaint {
	const pointer = isObject(source) ? source.pointer : undefined;
	const field = typeof pointer === 'string' ? pointer.split('/').pop() : undefined;
	return {
		...(code !== undefined && { code: String(code) }),
		...(typeof title === 'string' && { title }),
		...(typeof detail === 'string' && { detail }),
		...(field && { field }),
	};
}

function saying({ code, title, detail, field }: Complaint, labels: Labels): string {
	const words = [title, detail].filter(Boolean).join(': ').replace(/\.$/, '') || 'no explanation';
	const about = field && `field '${Object.hasOwn(labels, field) ? labels[field] : field}'`;
	const facts = [code && `code ${code}`, about].filter(Boolean).join(', ');
	return `Telnyx says: ${words}${facts && ` (${facts})`}.`;
}
