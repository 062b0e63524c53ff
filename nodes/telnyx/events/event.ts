/** How something that can be chosen is called. */
export interface EventNames {
	/** Title Case, in people's words; Telnyx's own word is in it, or follows in brackets. */
	readonly name: string;
	/** What "When" goes on with, such as `a call comes in`. */
	readonly when: string;
	/** Title Case, at most 12 characters: n8n cuts off longer names of outputs. */
	readonly short: string;
	readonly description: string;
}

/** A kind of an event that is chosen by itself. */
export interface EventKind extends EventNames {
	readonly key: string;
	/** The value in the payload that tells it from the other kinds. */
	readonly where: { readonly direction: 'incoming' | 'outgoing' };
}

/** One kind of webhook that Telnyx sends. */
export interface VoiceEvent extends EventNames {
	/** Telnyx's `event_type`. */
	readonly type: string;
	/** If it has kinds, they are offered instead of the event itself. */
	readonly kinds?: readonly EventKind[];
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
