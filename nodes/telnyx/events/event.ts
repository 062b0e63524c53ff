/** One kind of webhook that Telnyx sends. */
export interface VoiceEvent {
	/** Telnyx's `event_type`. */
	readonly type: string;
	/** Title Case, as the editor shows it. */
	readonly name: string;
	readonly description: string;
	/** Fields of the payload that are particular to this event, as JSON schema types. */
	readonly payload: Readonly<Record<string, 'string' | 'number' | 'boolean' | 'array' | 'object'>>;
}

/** What nearly every voice event holds. */
export const commonPayload = {
	call_control_id: 'string',
	connection_id: 'string',
	call_leg_id: 'string',
	call_session_id: 'string',
	client_state: 'string',
} as const;

export const numbers = { from: 'string', to: 'string' } as const;
