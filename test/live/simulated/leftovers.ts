import type { Simulator } from '../../simulator';

/** What an account looks like: which applications there are, their numbers, and what was left behind. */
export function leftIn(simulator: Simulator) {
	const { applications, calls, conferences, connectors, queues, recordings } = simulator;
	return {
		applications: [...applications.values()].map(({ data, number }) => [
			data.application_name,
			number,
		]),
		calls: [...calls.values()].filter(({ state }) => state !== 'ended').length,
		conferences: [...conferences.values()].filter(({ endReason }) => !endReason).length,
		connectors: [...connectors.keys()],
		queues: [...queues.keys()],
		recordings: [...recordings.keys()],
	};
}

/** An account before a run, and after it. */
export const UNTOUCHED = {
	applications: [
		['In use 1', '+13125550100'],
		['In use 2', '+13125550101'],
	],
	calls: 0,
	conferences: 0,
	connectors: [],
	queues: [],
	recordings: [],
};
