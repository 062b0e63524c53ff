/** The fields that Telnyx returns for a webhook that it delivered, or tried to. */
export const deliveryAnswer = {
	id: 'string',
	status: 'string',
	webhook: 'object',
	attempts: 'array',
	started_at: 'string',
	finished_at: 'string',
	user_id: 'string',
	record_type: 'string',
} as const;
