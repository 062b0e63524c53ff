/** What payments report of cards and accounts. */
const PAYMENT_FIELDS = [
	'bank_account_number',
	'bank_routing_number',
	'expiration_date',
	'payment_card_number',
	'payment_card_postal_code',
	'security_code',
	'token_id',
] as const;

/**
 * Where an output has an event: simplified, whole, added by a node, in a list of webhook deliveries, and in
 * one of a call's events, with or without the envelope in which it was delivered.
 */
const PLACES = [
	'',
	'payload.',
	'event.payload.',
	'webhook.payload.',
	'metadata.',
	'metadata.payload.',
	'metadata.data.payload.',
	'metadata.event.payload.',
	'metadata.event.data.payload.',
] as const;

/**
 * The paths of an output that n8n never shows where it redacts executions. Digits are not among
 * them: a menu could not be followed in its executions any more, and they may never be revealed again.
 */
export const sensitiveOutputFields = PLACES.flatMap((place) =>
	PAYMENT_FIELDS.map((name) => `${place}${name}`),
);
