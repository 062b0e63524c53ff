import { locator } from '../schema/field';

export const connection = {
	label: 'Connection ID',
	required: true,
	placeholder: 'e.g. 1293384261075731499',
	list: 'connections',
} as const;

export const connectionId = locator({ ...connection, description: 'The connection to look up' });

/** The fields that Telnyx returns for a connection. */
export const connectionAnswer = {
	id: 'string',
	connection_name: 'string',
	active: 'boolean',
	record_type: 'string',
	outbound_voice_profile_id: 'string',
	anchorsite_override: 'string',
	tags: 'array',
	webhook_api_version: 'string',
	webhook_event_url: 'string',
	webhook_event_failover_url: 'string',
	created_at: 'string',
	updated_at: 'string',
} as const;

export const connectionInShort = [
	'id',
	'connection_name',
	'active',
	'record_type',
	'outbound_voice_profile_id',
	'webhook_event_url',
	'created_at',
	'updated_at',
] as const;
