/** The fields that Telnyx returns for an outbound voice profile. */
export const profileAnswer = {
	id: 'string',
	name: 'string',
	enabled: 'boolean',
	billing_group_id: 'string',
	call_recording: 'object',
	calling_window: 'object',
	concurrent_call_limit: 'number',
	connections_count: 'number',
	created_at: 'string',
	daily_spend_limit: 'string',
	daily_spend_limit_enabled: 'boolean',
	max_destination_rate: 'number',
	record_type: 'string',
	service_plan: 'string',
	tags: 'array',
	traffic_type: 'string',
	updated_at: 'string',
	usage_payment_method: 'string',
	whitelisted_destinations: 'array',
} as const;

export const profileInShort = [
	'id',
	'name',
	'enabled',
	'concurrent_call_limit',
	'connections_count',
	'daily_spend_limit',
	'max_destination_rate',
	'whitelisted_destinations',
] as const;
