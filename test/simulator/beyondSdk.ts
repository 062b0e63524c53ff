/**
 * What requests and events may hold although the installed SDK does not declare it, from newer SDKs of
 * other languages, Telnyx's documentation and real deliveries. Fields without an entry are as the SDK
 * says.
 */
interface Acceptance {
	/** A request such as `POST /calls`, or an event type. */
	subject: RegExp;
	/** The JSON pointer of the field. */
	field: RegExp;
	/** Whether the value is accepted in this body; undefined if it is missing. */
	accepts: (value: unknown, body: Record<string, unknown>) => boolean;
}

const PLACES_A_CALL = /^POST \/calls(?:\/\{\}\/actions\/transfer)?$/;

const ACCEPTANCES: Acceptance[] = [
	{
		subject: /^POST \/calls(?:\/\{\}\/actions\/(?:answer|transfer))?$/,
		field: /^\/webhook_urls\/[^/]+$/,
		accepts: (value) => typeof value === 'string',
	},
	{
		subject: /^POST \/calls\/\{\}\/actions\/bridge$/,
		field: /^\/call_control_id$/,
		accepts: (value, { queue }) => value === undefined && typeof queue === 'string',
	},
	{
		subject: /^POST \/calls\/\{\}\/actions\/reject$/,
		field: /^\/cause$/,
		accepts: (value) => ['NOT_FOUND', 'TEMPORARILY_UNAVAILABLE'].includes(String(value)),
	},
	{
		subject: PLACES_A_CALL,
		field: /^\/answering_machine_detection$/,
		accepts: (value) => value === 'premium_ios_call_screening_detection',
	},
	{
		subject: PLACES_A_CALL,
		field: /^\/answering_machine_detection_config\/prompt_end_timeout_millis$/,
		accepts: (value) =>
			Number.isInteger(value) && Number(value) >= 1000 && Number(value) <= 120_000,
	},
	{
		// The SDK declares them for an assistant's own tools only.
		subject: /^POST \/calls(?:\/\{\}\/actions\/(?:answer|ai_assistant_start|gather_using_ai))?$/,
		field:
			/^\/assistant\/tools\/\d+\/webhook\/(?:async|async_timeout_ms|messages|preset_body_fields|preset_query_params|store_fields_as_variables)$/,
		accepts: () => true,
	},
	{
		subject: /^call\.speak\.ended$/,
		field: /^\/payload\/status$/,
		accepts: (value) => ['cancelled', 'failed'].includes(String(value)),
	},
];

/** Events that Telnyx sends although the SDK does not declare them. */
export const EVENTS_BEYOND_SDK = [
	'call.conversation.created',
	'call.conversation.start_failed',
	'call.machine.premium.call_screening.detected',
	'call.machine.premium.detection.started',
];

/**
 * Whether a field that does not match the SDK is known to be right.
 * @param of a request such as `POST /calls`, or an event type
 * @param body of the request, or `data` of the event
 */
export function isAcceptedBeyondSdk(of: string, pointer: string, body: unknown): boolean {
	const value = pointer
		.split('/')
		.slice(1)
		.reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], body);
	return ACCEPTANCES.some(
		({ accepts, field, subject }) =>
			subject.test(of) && field.test(pointer) && accepts(value, body as Record<string, unknown>),
	);
}
