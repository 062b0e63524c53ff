// @ts-check
const { answerLeg, createLeg, endLeg, farSide, isAnswered, startLeg } = require('./calls');
const { receiveDigit } = require('./digits');
const { greet } = require('./machine');
const { hear } = require('./sounds');

/** @typedef {import('./types').Exchange} Exchange */

/** What somebody at a phone asked for and cannot be. */
class Impossible extends Error {}

/**
 * What the person at the far end of a leg can do. Everything throws `Impossible` with a reason in
 * plain words where the call does not allow it.
 * @param {Exchange} exchange
 */
function makePeople(exchange) {
	/** @param {string} id call_control_id */
	function legOf(id) {
		const leg = exchange.legs.get(id);
		if (!leg) throw new Impossible('There is no such call.');
		if (leg.state === 'ended') throw new Impossible('This call is over.');
		return leg;
	}

	/** @param {string} id */
	function talking(id) {
		const leg = legOf(id);
		if (!isAnswered(leg)) throw new Impossible('Nobody has answered yet.');
		return leg;
	}

	/** @param {string} id */
	function rung(id) {
		const leg = legOf(id);
		if (leg.direction === 'incoming') throw new Impossible('This phone is the one that calls.');
		if (isAnswered(leg)) throw new Impossible('This call is answered already.');
		return leg;
	}

	return {
		/**
		 * Calls the number of an application.
		 * @param {object} call
		 * @param {string} [call.from]
		 * @param {string} [call.to] the application's number unless given
		 * @param {string} [call.applicationId] the first one unless given
		 * @param {string} [call.name] shown to the one who is called
		 */
		placeCall({ from = '+13125550142', to, applicationId, name } = {}) {
			const app = applicationId
				? exchange.applications.get(applicationId)
				: [...exchange.applications.values()].at(0);
			if (!app) throw new Impossible('There is no such Call Control application.');
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
		 * @param {string} id
		 * @param {Partial<import('./types').Answerer>} [who] a human unless said otherwise
		 */
		answer(id, { as = 'human', beep = true } = {}) {
			const leg = rung(id);
			const isMachine = as === 'machine';
			exchange.note(leg, isMachine ? 'The answering machine answers' : 'You answer');
			answerLeg(exchange, leg, { as, beep: isMachine && beep });
			if (isMachine) greet(exchange, leg, { as, beep });
		},

		/** @param {string} id */
		reject(id) {
			const leg = rung(id);
			exchange.note(leg, 'You decline');
			endLeg(exchange, leg, 'call_rejected', 'callee');
		},

		/** @param {string} id @param {string} digits one or more of 0-9, A-D, * and # */
		press(id, digits) {
			const leg = talking(id);
			if (!/^[0-9A-D*#]+$/.test(digits)) throw new Impossible('There is no such key.');
			for (const digit of digits) {
				exchange.note(leg, 'You press', [digit]);
				receiveDigit(exchange, leg, digit);
			}
		},

		/** @param {string} id @param {string} text */
		say(id, text) {
			const leg = talking(id);
			exchange.note(leg, 'You say', [text]);
			hear(exchange, leg, { kind: 'person', text });
			if (!leg.activities.has('transcription')) return;
			exchange.emit(leg, 'call.transcription', {
				transcription_data: {
					confidence: 0.98,
					is_final: true,
					transcript: text,
					transcription_track: 'inbound',
				},
			});
		},

		/** @param {string} id */
		hangup(id) {
			const leg = legOf(id);
			exchange.note(leg, 'You hang up');
			const gaveUp = leg.direction === 'incoming' && !isAnswered(leg);
			endLeg(exchange, leg, gaveUp ? 'originator_cancel' : 'normal_clearing', farSide(leg));
		},
	};
}

module.exports = { Impossible, makePeople };
