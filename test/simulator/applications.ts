import type { Application, Json, LineWorkflow } from './types';

/** The outbound voice profile with which applications place calls. */
export const OUTBOUND_VOICE_PROFILE = '1293384261075731499';

/** Telnyx's defaults. */
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

/** Where the events of an application go; empty for nowhere, such as a host that never exists (RFC 6761). */
export function addressOf({ data }: Application): string {
	const url = String(data.webhook_event_url ?? '');
	const isNowhere = URL.canParse(url) && new URL(url).hostname.endsWith('.invalid');
	return isNowhere ? '' : url;
}

const idOf = (count: number) => String(1_293_384_261_075_731_461n + BigInt(count));

/**
 * Looks up the workflow of every application whose address is another one than before.
 * @returns to be called after every change
 */
export function followWorkflows({
	applications,
	changed,
	workflowAt,
}: {
	applications: Map<string, Application>;
	changed: () => void;
	workflowAt: (url: string) => Promise<LineWorkflow | undefined>;
}): () => void {
	/** Whose workflow is known or being looked up, by application. */
	const addresses = new Map<Application, string>();

	async function lookUp(app: Application, address: string) {
		const workflow = await workflowAt(address).catch(() => undefined);
		if (addresses.get(app) !== address) return;
		app.workflow = workflow;
		changed();
	}

	return () => {
		for (const app of applications.values()) {
			const address = addressOf(app);
			if ((addresses.get(app) ?? '') === address) continue;
			addresses.set(app, address);
			app.workflow = undefined;
			if (address) void lookUp(app, address);
		}
	};
}
