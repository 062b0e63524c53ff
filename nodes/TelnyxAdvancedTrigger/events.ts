/** One kind of webhook that Telnyx sends. */
export interface VoiceEvent {
	/** Telnyx's `event_type`. */
	readonly type: string;
	/** Title Case, as the editor shows it. */
	readonly name: string;
	readonly description: string;
	/** Fields of the payload that are particular to this event, as JSON schema types. */
	readonly payload: Readonly<Record<string, 'string' | 'number' | 'array'>>;
}

/** Chooses every event, those that Telnyx adds later as well. */
export const ALL_EVENTS = '*';

/** What every call event holds. */
export const commonPayload = {
	call_control_id: 'string',
	connection_id: 'string',
	call_leg_id: 'string',
	call_session_id: 'string',
	client_state: 'string',
} as const;

const numbers = { from: 'string', to: 'string' } as const;

/** The events that the trigger offers, in alphabetical order of their names. */
export const events: readonly VoiceEvent[] = [
	{
		type: 'call.conversation.ended',
		name: 'Conversation Ended',
		description: 'A conversation with an AI assistant is over',
		payload: {
			...numbers,
			assistant_id: 'string',
			calling_party_type: 'string',
			conversation_id: 'string',
			duration_sec: 'number',
			llm_model: 'string',
			stt_model: 'string',
			tts_provider: 'string',
			tts_model_id: 'string',
			tts_voice_id: 'string',
		},
	},
	{
		type: 'call.conversation_insights.generated',
		name: 'Conversation Insights Generated',
		description: 'The analysis of a conversation with an AI assistant is ready',
		payload: { calling_party_type: 'string', insight_group_id: 'string', results: 'array' },
	},
	{
		type: 'call.dtmf.received',
		name: 'DTMF Received',
		description: 'A key was pressed; one event for each key',
		payload: { ...numbers, digit: 'string' },
	},
	{
		type: 'call.machine.detection.ended',
		name: 'Machine Detection Ended',
		description: 'A human, a machine or neither for certain has answered',
		payload: { ...numbers, result: 'string' },
	},
	{
		type: 'call.machine.greeting.ended',
		name: 'Machine Greeting Ended',
		description: 'The greeting of an answering machine is over, with or without a beep',
		payload: { ...numbers, result: 'string' },
	},
	{
		type: 'call.machine.premium.detection.ended',
		name: 'Machine Premium Detection Ended',
		description: 'A home, a business, a machine, a fax or silence has answered',
		payload: { ...numbers, result: 'string' },
	},
	{
		type: 'call.machine.premium.greeting.ended',
		name: 'Machine Premium Greeting Ended',
		description: 'Premium detection heard the beep after a greeting, or none came',
		payload: { ...numbers, result: 'string' },
	},
	{
		type: 'call.refer.completed',
		name: 'Refer Completed',
		description: 'The other side took over the referred call',
		payload: { ...numbers, sip_notify_response: 'number' },
	},
	{
		type: 'call.refer.failed',
		name: 'Refer Failed',
		description: 'The other side did not take over the referred call',
		payload: { ...numbers, sip_notify_response: 'number' },
	},
	{
		type: 'call.refer.started',
		name: 'Refer Started',
		description: 'A SIP REFER was sent to transfer the call',
		payload: { ...numbers, sip_notify_response: 'number' },
	},
	{
		type: 'siprec.failed',
		name: 'SIPREC Failed',
		description: 'The session recording server could not be reached or refused',
		payload: { failure_cause: 'string' },
	},
	{
		type: 'siprec.started',
		name: 'SIPREC Started',
		description: 'Audio goes to the session recording server',
		payload: {},
	},
	{
		type: 'siprec.stopped',
		name: 'SIPREC Stopped',
		description: 'Audio no longer goes to the session recording server',
		payload: { hangup_cause: 'string' },
	},
];
