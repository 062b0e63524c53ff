// @ts-check
const { randomBytes } = require('node:crypto');
const { EventEmitter } = require('node:events');

const { addApplication } = require('./applications');
const { manualClock, realClock } = require('./clock');
const { makeExchange } = require('./exchange');
const { makeFaults } = require('./faults');
const { makeJournal } = require('./journal');
const { loadJudge } = require('./judge');
const { makeKeyPair } = require('./keys');
const { Impossible, makePeople } = require('./people');
const { makeServer } = require('./server');
const { humanTimings, quickTimings } = require('./timings');
const { makeWebhooks } = require('./webhooks');

/** @typedef {import('./types').Application} Application */

/**
 * An application that exists from the start, or is made later.
 * @typedef {object} ApplicationOptions
 * @property {string} [id]
 * @property {string} [name]
 * @property {string} [webhookUrl]
 * @property {string} [failoverUrl]
 * @property {string} [number]
 * @property {string} [about] what its workflow does
 * @property {string} [page] where its workflow can be seen
 */

/**
 * @typedef {object} Options
 * @property {number} [port] the system chooses unless given; rejects with EADDRINUSE if it is taken
 * @property {string} [apiKey] made up unless given
 * @property {import('./keys').KeyPair} [keys] made anew unless given
 * @property {import('./clock').Clock} [clock] the time of day unless given
 * @property {Partial<import('./timings').Timings>} [timings] human unless given
 * @property {ApplicationOptions[]} [applications] one without a webhook address unless given
 * @property {string[]} [connectors] names of SIPREC connectors that exist
 */

/**
 * Starts a stand-in for Telnyx' voice API on 127.0.0.1, with a phone in the browser.
 * @param {Options} [options]
 */
async function startSimulator(options = {}) {
	const clock = options.clock ?? realClock();
	const timings = { ...humanTimings, ...options.timings };
	const keys = options.keys ?? makeKeyPair();
	const apiKey = options.apiKey ?? `KEY${randomBytes(16).toString('hex')}`;
	const bus = new EventEmitter().setMaxListeners(0);
	const judge = loadJudge();

	let isChanging = false;
	/** Much changes at once: those who listen hear of it once. */
	const changed = () => {
		if (isChanging) return;
		isChanging = true;
		setImmediate(() => {
			isChanging = false;
			bus.emit('change');
		});
	};
	const trouble = makeFaults(() => clock.now(), changed);
	const journal = makeJournal(
		() => clock.now(),
		(row) => bus.emit('row', row),
	);
	const exchange = makeExchange({
		clock,
		timings,
		changed,
		note: (leg, name, facts) => journal.person(leg, name, facts),
		send: (leg, type, payload) => webhooks.send(leg, type, payload),
	});
	const webhooks = makeWebhooks({
		clock,
		keys,
		timings,
		faults: trouble.faults,
		applicationOf: (leg) => exchange.applications.get(leg.connection_id),
		onChange: (delivery) => journal.webhook(delivery),
	});
	const people = makePeople(exchange);

	/** @param {ApplicationOptions} [options] @returns {Application} */
	function createApplication(options = {}) {
		const {
			about,
			failoverUrl,
			id,
			name = 'Call Control',
			number,
			page,
			webhookUrl = '',
		} = options;
		const settings = {
			...(id && { id }),
			application_name: name,
			webhook_api_version: '2',
			webhook_event_url: webhookUrl,
			webhook_event_failover_url: failoverUrl ?? null,
		};
		const app = addApplication(exchange.applications, settings, { now: clock.now(), number });
		Object.assign(app, { about, page });
		changed();
		return app;
	}
	for (const application of options.applications ?? [{}]) createApplication(application);
	for (const name of options.connectors ?? []) {
		exchange.connectors.set(name, { record_type: 'siprec_connector', name });
	}

	/** @type {import('./types').ApiRequest[]} */
	const requests = [];
	const parts = { exchange, judge, keys, webhooks, trouble, journal, people, bus };
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
		/** Every leg that there was, by call_control_id. */
		calls: exchange.legs,
		/** By ID. */
		applications: exchange.applications,
		/** SIPREC connectors by name. */
		connectors: exchange.connectors,
		/** Every conference that there was, by ID. */
		conferences: exchange.conferences,
		createApplication,
		...people,
		/** Every webhook, with its attempts. */
		deliveries: webhooks.deliveries,
		/** Everything that the API received. */
		requests,
		/** The timeline that the phone shows. */
		rows: journal.rows,
		faults: trouble.faults,
		/** Waits until no webhook is under way; what waits for its time does not count. */
		settled: webhooks.settled,
		/**
		 * `change`: something that the phone shows; `row`: a line of the timeline came or changed;
		 * `request`: the API answered. Returns how to stop listening.
		 * @param {'change' | 'row' | 'request'} event
		 * @param {(subject?: any) => void} listener
		 */
		on(event, listener) {
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

/** @typedef {Awaited<ReturnType<typeof startSimulator>>} Simulator */

module.exports = { Impossible, humanTimings, manualClock, quickTimings, startSimulator };
