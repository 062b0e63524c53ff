import { systemClock } from '../../nodes/shared/pause';
import { startSimulator, type Simulator } from '../simulator';
import { credentialFor } from './credential';
import { skipWaits } from './skipWaits';
import { hooks, type TriggerWorkflow } from './trigger';

export const FORMER = 'https://pbx.example.com/telnyx?token=abc&x=%26';

/** The application's settings at the start, which it has to have again in the end. */
export const untouched = {
	application_name: 'Support',
	webhook_event_url: FORMER,
	webhook_event_failover_url: 'https://backup.example.com',
	webhook_api_version: '1',
	dtmf_type: 'Inband',
};

export const PRODUCTION = 'http://127.0.0.1/webhook/webhook-of-workflow-1/webhook';
export const TEST = 'http://127.0.0.1/webhook-test/webhook-of-workflow-1/webhook';
export const borrowing = { isTest: true, parameters: { borrow_url: true } };

/** An account with two applications, for one test after the other, and triggers for the first of them. */
export function useApplications() {
	let telnyx: Simulator;
	let id: string;
	let other: string;
	const waits: number[] = [];

	skipWaits();

	beforeEach(async () => {
		waits.length = 0;
		jest.spyOn(systemClock, 'pause').mockImplementation(async (ms) => void waits.push(ms));
		telnyx = await startSimulator({
			applications: [
				{ name: 'Support', webhookUrl: FORMER, failoverUrl: 'https://backup.example.com' },
				{ name: 'Sales', webhookUrl: 'https://pbx.example.com/sales' },
			],
		});
		[id, other] = [...telnyx.applications.keys()];
		Object.assign(settings(), { webhook_api_version: '1', dtmf_type: 'Inband' });
	});

	afterEach(async () => {
		jest.restoreAllMocks();
		await telnyx.close();
	});

	const settings = (of = id) => telnyx.applications.get(of)!.data;

	return {
		get telnyx() {
			return telnyx;
		},
		get id() {
			return id;
		},
		/** The ID of the second application. */
		get other() {
			return other;
		},
		/** The waits that were asked for, in milliseconds. No time passes. */
		waits,
		settings,
		/** A published workflow; `memory` is what n8n keeps of it in its database. */
		trigger: ({ parameters, ...more }: Partial<TriggerWorkflow> = {}) =>
			hooks({
				credential: credentialFor(telnyx),
				parameters: {
					setup: 'automatic',
					connection_id: { mode: 'list', value: id, __rl: true },
					events: ['*'],
					...parameters,
				},
				...more,
			}),
		/** A credential for Telnyx itself, which is not asked for anything with it. */
		atTelnyx: () => ({
			apiKey: 'KEY',
			publicKey: telnyx.publicKey,
			baseUrl: 'https://api.telnyx.com/v2',
		}),
		address: (of = id) => settings(of).webhook_event_url.split('?')[0],
		changes: () => telnyx.requests.filter(({ method }) => method === 'PATCH'),
	};
}
