import { stopSounds } from './sounds';
import type { Exchange, Gather, Json, Leg } from './types';

/** Telnyx's default. */
export const DEFAULT_TRIES = 3;

/** Telnyx's defaults. */
const DEFAULTS = {
	inter_digit_timeout_millis: 5000,
	maximum_digits: 128,
	minimum_digits: 1,
	terminating_digit: '#',
	timeout_millis: 60_000,
	valid_digits: '0123456789#*',
};

/**
 * Waits for digits.
 * @param options the command's body
 * @param onPrompt plays the prompt
 */
export function startGather(
	exchange: Exchange,
	leg: Leg,
	options: Json,
	onPrompt?: Gather['onPrompt'],
) {
	endGather(exchange, leg, 'cancelled');
	leg.gather = {
		digits: '',
		attempt: 0,
		options: { ...DEFAULTS, ...options },
		// Without a prompt there is nothing to repeat.
		triesLeft: onPrompt ? (options.maximum_tries ?? DEFAULT_TRIES) : 1,
		onPrompt,
		cancelTimers: [],
	};
	tryOnce(exchange, leg, 1);
	exchange.asksForKeys(leg);
}

function tryOnce(exchange: Exchange, leg: Leg, attempt: number) {
	const { gather } = leg;
	if (!gather) return;
	gather.digits = '';
	gather.attempt = attempt;
	gather.triesLeft -= 1;
	const { initial_timeout_millis, timeout_millis } = gather.options;
	const wait = Math.min(timeout_millis, initial_timeout_millis ?? timeout_millis);
	const listen = () => {
		if (leg.gather === gather && gather.digits === '') restartTimer(exchange, leg, wait);
	};
	if (gather.onPrompt) gather.onPrompt(attempt, listen);
	else listen();
	exchange.changed();
}

/** The person at the far end pressed a key. */
export function gatherDigit(exchange: Exchange, leg: Leg, digit: string) {
	const { gather } = leg;
	if (!gather) return;
	const { inter_digit_timeout_millis, maximum_digits, terminating_digit, valid_digits } =
		gather.options;
	if (gather.onPrompt) stopSounds(exchange, leg, 'all');
	if (digit === terminating_digit) return conclude(exchange, leg);
	if (!valid_digits.includes(digit)) return fail(exchange, leg, 'invalid');
	gather.digits += digit;
	if (gather.digits.length >= maximum_digits) return conclude(exchange, leg);
	restartTimer(exchange, leg, inter_digit_timeout_millis);
}

function conclude(exchange: Exchange, leg: Leg) {
	const { digits, options } = leg.gather as Gather;
	if (digits.length >= options.minimum_digits) return endGather(exchange, leg, 'valid');
	fail(exchange, leg, 'invalid');
}

function fail(exchange: Exchange, leg: Leg, status: 'invalid' | 'timeout') {
	if (leg.gather && leg.gather.triesLeft > 0) tryOnce(exchange, leg, leg.gather.attempt + 1);
	else endGather(exchange, leg, status);
}

function restartTimer(exchange: Exchange, leg: Leg, ms: number) {
	const { gather } = leg;
	if (!gather) return;
	for (const cancel of gather.cancelTimers.splice(0)) cancel();
	const expire = () =>
		gather.digits === '' ? fail(exchange, leg, 'timeout') : conclude(exchange, leg);
	gather.cancelTimers.push(exchange.later(leg, ms, expire));
}

export function endGather(
	exchange: Exchange,
	leg: Leg,
	status: 'valid' | 'invalid' | 'timeout' | 'cancelled' | 'call_hangup',
) {
	const { gather } = leg;
	if (!gather) return;
	leg.gather = undefined;
	for (const cancel of gather.cancelTimers) cancel();
	if (gather.onPrompt) stopSounds(exchange, leg, 'all');
	exchange.emit(leg, 'call.gather.ended', { digits: gather.digits, status });
	exchange.changed();
}
