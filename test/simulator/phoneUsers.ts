import { answerLeg, createLeg, endLeg, farSide, isAnswered, startLeg } from './calls';
import { receiveDigit } from './digits';
import { playGreeting } from './machineDetection';
import { hear } from './sounds';
import { listenersTo, speakInto } from './speech';
import type { Answerer, Exchange, Habit } from './types';

/** Somebody at a phone asked for something that the call does not allow. */
export class NotPossible extends Error {}

/**
 * What the person at the far end of a leg can do. Everything throws `NotPossible` with a reason
 * in plain words where the call does not allow it.
 */
export function makePhoneUsers(exchange: Exchange) {
	/** @param id call_control_id */
	function legOf(id: string) {
		const leg = exchange.legs.get(id);
		if (!leg) throw new NotPossible('There is no such call.');
		if (leg.state === 'ended') throw new NotPossible('This call is over.');
		return leg;
	}

	function talking(id: string) {
		const leg = legOf(id);
		if (!isAnswered(leg)) throw new NotPossible('Nobody has answered yet.');
		return leg;
	}

	function rung(id: string) {
		const leg = legOf(id);
		if (leg.direction === 'incoming') throw new NotPossible('This phone is the one that calls.');
		if (isAnswered(leg)) throw new NotPossible('This call is answered already.');
		return leg;
	}

	/** By phone number. */
	const habits = new Map<string, Habit>();
	exchange.rings = (leg) => {
		const habit = habits.get(leg.to);
		if (!habit || habit.does === 'letItRing') return;
		const { call_control_id: id } = leg;
		exchange.later(leg, habit.afterMs ?? 0, () => {
			if (isAnswered(leg)) return;
			if (habit.does === 'decline') return users.reject(id);
			if (habit.does === 'busy') return users.busy(id);
			const { beep, beepsEarly, does, keys } = habit;
			leg.keysWhenAsked = keys;
			users.answer(id, { as: does === 'answer' ? 'human' : 'machine', beep, beepsEarly });
		});
	};
	exchange.asksForKeys = (leg) => {
		const { keysWhenAsked: keys } = leg;
		if (!keys) return;
		exchange.later(leg, exchange.timings.reactionMs, () => users.press(leg.call_control_id, keys));
	};

	const users = {
		/**
		 * What somebody at a phone number does by themselves whenever it rings; null for nothing.
		 * @param number as it is dialed
		 */
		whenRung(number: string, habit: Habit | null) {
			if (habit) habits.set(number, habit);
			else habits.delete(number);
		},

		/** Calls the number of an application. */
		placeCall({
			from = '+13125550142',
			to,
			applicationId,
			name,
		}: {
			from?: string;
			/** The application's number by default. */
			to?: string;
			/** The first one by default. */
			applicationId?: string;
			/** The caller's name, as shown to the callee. */
			name?: string;
		} = {}) {
			const app = applicationId
				? exchange.applications.get(applicationId)
				: [...exchange.applications.values()].at(0);
			if (!app) throw new NotPossible('There is no such Call Control application.');
			const leg = createLeg(exchange, {
				direction: 'incoming',
				connection_id: app.data.id,
				from,
				to: to ?? app.number,
				name: name ?? from,
			});
			exchange.note(leg, 'You call', [leg.to]);
			startLeg(exchange, leg);
			return leg;
		},

		/**
		 * Somebody, or an answering machine, picks up.
		 * @param who a human by default
		 */
		answer(id: string, { as = 'human', beep = true, beepsEarly }: Partial<Answerer> = {}) {
			const leg = rung(id);
			const isMachine = as === 'machine';
			exchange.note(leg, isMachine ? 'The answering machine answers' : 'You answer');
			answerLeg(exchange, leg, { as, beep: isMachine && beep, beepsEarly });
			if (isMachine) playGreeting(exchange, leg, { as, beep, beepsEarly });
		},

		reject(id: string) {
			const leg = rung(id);
			exchange.note(leg, 'You decline');
			endLeg(exchange, leg, 'call_rejected', 'callee');
		},

		/** The line of the phone that rings is in use. */
		busy(id: string) {
			const leg = rung(id);
			exchange.note(leg, 'You are busy');
			endLeg(exchange, leg, 'user_busy', 'callee');
		},

		/** @param digits one or more of 0-9, A-D, * and # */
		press(id: string, digits: string) {
			const leg = talking(id);
			if (!/^[0-9A-D*#]+$/.test(digits)) throw new NotPossible('There is no such key.');
			for (const digit of digits) {
				exchange.note(leg, 'You press', [digit]);
				receiveDigit(exchange, leg, digit);
				for (const one of listenersTo(exchange, leg)) {
					hear(exchange, one, { kind: 'tone', text: digit });
				}
			}
		},

		/** @param final whether the words are complete; if not, only interim results report them */
		say(id: string, words: string, { final = true }: { final?: boolean } = {}) {
			const leg = talking(id);
			if (final) exchange.note(leg, 'You say', [words]);
			speakInto(exchange, leg, words, final);
		},

		hangup(id: string) {
			const leg = legOf(id);
			exchange.note(leg, 'You hang up');
			const gaveUp = leg.direction === 'incoming' && !isAnswered(leg);
			endLeg(exchange, leg, gaveUp ? 'originator_cancel' : 'normal_clearing', farSide(leg));
		},
	};
	return users;
}
