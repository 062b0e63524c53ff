/* eslint-disable @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { manualClock, startSimulator, type Simulator } from '../../simulator';
import type { Clock } from '../../simulator/clock';
import type { Account } from '../run';
import { steppedTime, type Time } from '../time';
import { connectNumbers } from './network';

/** The simulator as an account with two numbers that can call each other. */
export interface SimulatedAccount {
	account: Account;
	simulator: Simulator;
	/** How many answers to webhooks wait for the time to pass. */
	watch: (delayedAnswers: () => number) => void;
	/** How much time has passed in it, in milliseconds. */
	passedMs: () => number;
	close: () => Promise<void>;
}

export const NUMBERS: [string, string] = ['+13125550100', '+13125550101'];

/** Starts it on 127.0.0.1. Its time passes only while somebody waits. */
export async function startSimulatedAccount(): Promise<SimulatedAccount> {
	const clock = manualClock();
	const startedAt = clock.now();
	const { close, simulator } = await startAccount(clock);
	let delayedAnswers = () => 0;
	const time: Time = steppedTime(clock, async () => {
		do {
			await nextTurn();
			await nextTurn();
		} while (underway(simulator) > delayedAnswers());
	});
	return {
		simulator,
		account: {
			apiKey: simulator.apiKey,
			baseUrl: simulator.baseUrl,
			numbers: NUMBERS,
			host: '127.0.0.1',
			port: 0,
			time,
		},
		passedMs: () => clock.now() - startedAt,
		watch(delayed) {
			delayedAnswers = delayed;
		},
		close,
	};
}

/**
 * Starts a simulator with two numbers that can call each other, which lead somewhere.
 * @param clock the system's by default
 */
export async function startAccount(clock?: Clock) {
	const simulator = await startSimulator({
		clock,
		applications: NUMBERS.map((number, index) => ({
			number,
			name: `In use ${index + 1}`,
			webhookUrl: 'https://example.com/in-use',
		})),
	});
	const disconnect = connectNumbers(simulator);
	return {
		simulator,
		async close() {
			disconnect();
			await simulator.close();
		},
	};
}

const nextTurn = async () => await new Promise((resolve) => setImmediate(resolve));

/** How many webhooks are on their way. */
const underway = ({ deliveries }: Simulator) =>
	deliveries
		.filter(({ status }) => status === 'underway')
		.flatMap(({ attempts }) => attempts)
		.filter(({ finished_at }) => finished_at === null).length;
