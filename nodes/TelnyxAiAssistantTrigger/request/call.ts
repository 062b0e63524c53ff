import type { IDataObject } from 'n8n-workflow';

/** What Telnyx tells of the call and the conversation, each in a header such as `x-telnyx-call-control-id`. */
const IDS = [
	'call_control_id',
	'call_leg_id',
	'call_session_id',
	'conversation_id',
	'assistant_id',
] as const;

/** The IDs in the headers of a request, by the names that Telnyx's API has for them. */
export const callOf = (headers: IDataObject): IDataObject =>
	Object.fromEntries(
		IDS.map((name) => [name, headers[`x-telnyx-${name.replaceAll('_', '-')}`]] as const).filter(
			([, value]) => typeof value === 'string' && value !== '',
		),
	);
