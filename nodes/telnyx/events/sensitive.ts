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
 * The paths of an output that n8n never shows where it redacts executions: in a simplified event, in a
 * whole one, and in an event that a node adds. Digits are not among them: a menu could not be followed in
 * its executions any more, and they may never be revealed again.
 */
export const sensitiveOutputFields = ['', 'payload.', 'event.payload.'].flatMap((place) =>
	PAYMENT_FIELDS.map((name) => `${place}${name}`),
);
