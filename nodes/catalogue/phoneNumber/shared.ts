import { locator } from '../schema/field';

export const phoneNumberId = locator({
	label: 'Phone Number',
	description: 'One of your phone numbers, from the list or by its ID',
	required: true,
	placeholder: 'e.g. 1293384261075731499',
	list: 'phoneNumberIds',
});

/** The fields that Telnyx returns for a phone number. */
export const phoneNumberAnswer = {
	id: 'string',
	phone_number: 'string',
	connection_id: 'string',
	connection_name: 'string',
	status: 'string',
	phone_number_type: 'string',
	country_iso_alpha2: 'string',
	activated_at: 'string',
	billing_group_id: 'string',
	call_forwarding_enabled: 'boolean',
	call_recording_enabled: 'boolean',
	caller_id_name_enabled: 'boolean',
	cnam_listing_enabled: 'boolean',
	created_at: 'string',
	customer_reference: 'string',
	deletion_lock_enabled: 'boolean',
	emergency_address_id: 'string',
	emergency_enabled: 'boolean',
	emergency_status: 'string',
	external_pin: 'string',
	hd_voice_enabled: 'boolean',
	inbound_call_screening: 'string',
	messaging_profile_id: 'string',
	messaging_profile_name: 'string',
	purchased_at: 'string',
	record_type: 'string',
	source_type: 'string',
	t38_fax_gateway_enabled: 'boolean',
	tags: 'array',
	updated_at: 'string',
} as const;

export const phoneNumberInShort = [
	'id',
	'phone_number',
	'connection_id',
	'connection_name',
	'status',
	'phone_number_type',
	'country_iso_alpha2',
] as const;
