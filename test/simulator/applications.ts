import type { Application, Json } from './types';

/** The profile that lets applications place calls. */
export const OUTBOUND_VOICE_PROFILE = '1293384261075731499';

/** Telnyx' defaults. */
const DEFAULTS = {
	active: true,
	anchorsite_override: 'Latency',
	call_cost_in_webhooks: false,
	dtmf_type: 'RFC 2833',
	first_command_timeout: false,
	first_command_timeout_secs: 30,
	redact_dtmf_debug_logging: false,
	tags: [],
	webhook_api_version: '1',
	webhook_event_failover_url: null,
	webhook_timeout_secs: null,
};

/**
 * Creates an application with its own phone number.
 * @param others the existing applications, to which it is added
 */
export function addApplication(
	others: Map<string, Application>,
	settings: Json & { application_name: string },
	{
		now,
		number,
	}: {
		/** Milliseconds. */
		now: number;
		number?: string;
	},
): Application {
	const at = new Date(now).toISOString();
	let count = others.size;
	while (others.has(idOf(count))) count += 1;
	const app = {
		data: {
			record_type: 'call_control_application',
			id: idOf(count),
			...DEFAULTS,
			inbound: {},
			outbound: {},
			...settings,
			created_at: at,
			updated_at: at,
		},
		number: number ?? `+1312555${String(100 + count).padStart(4, '0')}`,
	};
	others.set(app.data.id, app);
	return app;
}

const idOf = (count: number) => String(1_293_384_261_075_731_461n + BigInt(count));
