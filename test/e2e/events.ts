import { randomUUID } from 'node:crypto';

const numbers = { from: '+13125550101', to: '+13125550102' };

/** The thirteen events of the specification, and the fields of their own in their payloads. */
export const thirteenEvents: Array<[type: string, payload: object]> = [
	[
		'call.conversation.ended',
		{
			...numbers,
			assistant_id: 'assistant-1b7a',
			calling_party_type: 'pstn',
			conversation_id: '0d6b2f2e-7c5f-4a3e-9b0a-5f8c6a1d2e3f',
			duration_sec: 42,
			llm_model: 'a-language-model',
			stt_model: 'a-speech-model',
			tts_provider: 'a-provider',
			tts_model_id: 'a-voice-model',
			tts_voice_id: 'a-voice',
		},
	],
	[
		'call.conversation_insights.generated',
		{
			calling_party_type: 'sip',
			insight_group_id: '3f1d9a52-5d0c-4c55-8f0e-0a9d3c1b7e64',
			results: [{ insight_id: 'mood', result: 'Käufer zufrieden 🙂' }],
		},
	],
	['call.dtmf.received', { ...numbers, digit: '#' }],
	['call.machine.detection.ended', { ...numbers, result: 'machine' }],
	['call.machine.greeting.ended', { ...numbers, result: 'ended' }],
	['call.machine.premium.detection.ended', { ...numbers, result: 'human_business' }],
	['call.machine.premium.greeting.ended', { ...numbers, result: 'beep_detected' }],
	['call.refer.completed', { ...numbers, sip_notify_response: 200 }],
	['call.refer.failed', { ...numbers, sip_notify_response: 486 }],
	['call.refer.started', { ...numbers, sip_notify_response: 100 }],
	['siprec.failed', { failure_cause: 'USER_BUSY' }],
	['siprec.started', {}],
	['siprec.stopped', { hangup_cause: 'NORMAL_CLEARING' }],
];

/** The fields that Telnyx sends about a call. */
export interface TelnyxEvent {
	data: {
		record_type: string;
		event_type: string;
		id: string;
		occurred_at: string;
		payload: { call_control_id: string; client_state: string } & Record<string, unknown>;
	};
	meta: { attempt: number; delivered_to: string };
}

/** Makes an event of a call that no other event has. `state` comes back from Telnyx as client_state. */
export function event(type: string, state: unknown, payload: object = {}): TelnyxEvent {
	return {
		data: {
			record_type: 'event',
			event_type: type,
			id: randomUUID(),
			occurred_at: new Date().toISOString(),
			payload: {
				call_control_id: `v3:${randomUUID()}`,
				connection_id: '7267000000000000000',
				call_leg_id: randomUUID(),
				call_session_id: randomUUID(),
				client_state: Buffer.from(JSON.stringify(state)).toString('base64'),
				...payload,
				a_field_that_is_new: ['as', 'Telnyx', 'sent', 'it'],
			},
		},
		meta: { attempt: 1, delivered_to: 'https://n8n.example.com/webhook' },
	};
}

/** The bytes as another JSON writer would put them: written again by JSON.stringify, they differ. */
export const toBody = (content: object): string => JSON.stringify(content, null, 1);
