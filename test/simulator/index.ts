/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';

import { addApplication, followWorkflows, OUTBOUND_VOICE_PROFILE } from './applications';
import { manualClock, realClock, type Clock } from './clock';
import { makeExchange } from './exchange';
import { makeFaults } from './faults';
import { makeTimeline } from './timeline';
import { loadValidator } from './validator';
import { makeKeyPair, type KeyPair } from './keys';
import { makePhoneUsers } from './phoneUsers';
import { makeServer } from './server';
import { humanTimings, quickTimings, type Timings } from './timings';
import type { ApiRequest, Application, LineWorkflow } from './types';
import { makeWebhooks } from './webhooks';

/** A Call Control application to create. */
interface ApplicationOptions {
	id?: string;
	name?: string;
	webhookUrl?: string;
	failoverUrl?: string;
	number?: string;
	/** What to do while no workflow has it. */
	idle?: string;
}

interface Options {
	/** Chosen by the system by default; rejects with EADDRINUSE if it is taken. */
	port?: number;
	/** Random by default. */
	apiKey?: string;
	/** A new pair by default. */
	keys?: KeyPair;
	/** The system clock by default. */
	clock?: Clock;
	/** Realistic by default. */
	timings?: Partial<Timings>;
	/** One without a webhook URL by default. */
	applications?: ApplicationOptions[];
	/** Names of SIPREC connectors that exist. */
	connectors?: string[];
	/** Which workflow gets the events that go to an address; for the phone only. */
	workflowAt?: (url: string) => Promise<LineWorkflow | undefined>;
}

/** Starts a stand-in for Telnyx's voice API on 127.0.0.1, with a phone in the browser. */
export async function startSimulator(options: Options = {}) {
	const clock = options.clock ?? realClock();
	const timings = { ...humanTimings, ...options.timings };
	const keys = options.keys ?? makeKeyPair();
	const apiKey = options.apiKey ?? `KEY${randomBytes(16).toString('hex')}`;
	const bus = new EventEmitter().setMaxListeners(0);
	const validator = loadValidator();

	let isChanging = false;
	/** Many changes at once are announced once. */
	const changed = () => {
		if (isChanging) return;
		isChanging = true;
		setImmediate(() => {
			isChanging = false;
			bus.emit('change');
		});
	};
	const faultControl = makeFaults(() => clock.now(), changed);
	const timeline = makeTimeline(
		() => clock.now(),
		(row) => bus.emit('row', row),
		(leg) => exchange.applications.get(leg.connection_id)?.workflow?.page,
	);
	const exchange = makeExchange({
		clock,
		timings,
		changed,
		callRefusal: () => faultControl.faults.state().callRefusal,
		note: (leg, name, facts) => timeline.person(leg, name, facts),
		send: (leg, type, payload) => webhooks.send(leg, type, payload),
	});
	const webhooks = makeWebhooks({
		clock,
		keys,
		timings,
		faults: faultControl.faults,
		applicationOf: (leg) => exchange.applications.get(leg.connection_id),
		onChange: (delivery) => timeline.webhook(delivery),
	});
	const phoneUsers = makePhoneUsers(exchange);

	function createApplication(options: ApplicationOptions = {}): Application {
		const { failoverUrl, id, idle, name = 'Call Control', number, webhookUrl = '' } = options;
		const settings = {
			...(id && { id }),
			application_name: name,
			webhook_api_version: '2',
			webhook_event_url: webhookUrl,
			webhook_event_failover_url: failoverUrl ?? null,
			outbound: { outbound_voice_profile_id: OUTBOUND_VOICE_PROFILE },
		};
		const app = addApplication(exchange.applications, settings, { now: clock.now(), number });
		Object.assign(app, { idle });
		changed();
		return app;
	}
	for (const application of options.applications ?? [{}]) createApplication(application);
	for (const name of options.connectors ?? []) {
		exchange.connectors.set(name, { record_type: 'siprec_connector', name });
	}

	const { workflowAt } = options;
	if (workflowAt) {
		bus.on('change', followWorkflows({ applications: exchange.applications, workflowAt, changed }));
	}

	const requests: ApiRequest[] = [];
	const parts = { exchange, validator, keys, webhooks, faultControl, timeline, phoneUsers, bus };
	const server = makeServer({ ...parts, createApplication, apiKey, requests });
	const address = await server.listen({ host: '127.0.0.1', port: options.port ?? 0 });
	exchange.origin = address;

	return {
		/** Stands in for https://api.telnyx.com/v2. */
		baseUrl: `${address}/v2`,
		phoneUrl: `${address}/`,
		apiKey,
		publicKey: keys.publicKey,
		keys,
		/** Every leg, including ended ones, by call_control_id. */
		calls: exchange.legs,
		/** By ID. */
		applications: exchange.applications,
		/** SIPREC connectors by name. */
		connectors: exchange.connectors,
		/** Every conference, including ended ones, by ID. */
		conferences: exchange.conferences,
		/** By name. */
		queues: exchange.queues,
		/** Finished ones that were not deleted, by ID. */
		recordings: exchange.recordings,
		createApplication,
		...phoneUsers,
		/** Every webhook, with its attempts. */
		deliveries: webhooks.deliveries,
		/** Everything that the API received. */
		requests,
		/** The timeline that the phone shows. */
		rows: timeline.rows,
		/** Lets the phone show nothing of the calls so far. */
		forgetCalls() {
			for (const leg of exchange.legs.values()) {
				leg.isForgotten = true;
				timeline.forget(leg.call_session_id);
			}
			changed();
		},
		faults: faultControl.faults,
		/** Waits until no webhook is in flight; scheduled ones do not count. */
		settled: webhooks.settled,
		/**
		 * `change`: something that the phone shows; `row`: a timeline row was added or changed;
		 * `request`: the API responded. Returns a function that stops listening.
		 */
		// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the event says which
		on(event: 'change' | 'row' | 'request', listener: (subject?: any) => void) {
			bus.on(event, listener);
			return () => bus.off(event, listener);
		},
		async close() {
			clock.clear();
			await webhooks.close();
			bus.emit('close');
			await server.close();
			clock.clear();
			bus.removeAllListeners();
		},
	};
}

export type Simulator = Awaited<ReturnType<typeof startSimulator>>;

export { manualClock, quickTimings };
