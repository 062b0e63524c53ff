import { speak } from '../../catalogue/audio/speak';
import { transfer as transferCall } from '../../catalogue/call/transfer';
import { text } from '../../catalogue/schema/field';
import { DESTINATION } from '../../catalogue/shared/sipOptions';
import { payload } from '../../catalogue/shared/voice';
import { payloadOf } from '../../telnyx/webhooks/parseEvent';
import { HANGUP } from '../../waiting/outcome';
import {
	connect,
	dialFor,
	endLegs,
	holdMusic,
	ofDialing,
	shownNumber,
	startMusic,
	stopMusic,
	waitForDialed,
} from './dialing';
import { command, ringSecs, secondsFor, speech, whyNotAnswered } from './shared';
import { step, type Moment, type Next } from './step';

/** The stage of the words that the called person hears first. */
const WHISPER = 'whisper';

export const transfer = step({
	name: 'Transfer',
	action: 'Transfer call',
	description: 'Calls somebody else and connects the caller with them',
	fields: {
		to: text({
			label: 'To',
			description: 'The phone number with country code, or the SIP URI, to transfer to',
			required: true,
			placeholder: 'e.g. +13125550123',
			pattern: DESTINATION,
		}),
		from: shownNumber,
		ring_secs: ringSecs,
		whisper: {
			...payload,
			label: 'Say Before Connecting',
			description: 'What the called person hears before the caller: nothing unless you say so',
			onTop: true,
			placeholder: 'e.g. A call from the shop. The caller asks about an order.',
		},
		...ofDialing('The voice of what is said before connecting'),
		hold_music_url: {
			...holdMusic,
			description: `${holdMusic.description} Only with 'Say Before Connecting'.`,
		},
	},
	outputs: [{ name: 'Connected' }, { name: 'Not Answered' }, { name: 'Caller Hung Up' }],
	begin(set, call) {
		const { to, from, ring_secs = 30, whisper = '', hold_music_url: music } = set;
		const seconds = ring_secs + 60;
		if (whisper === '') {
			return {
				command: command(transferCall, {
					call_control_id: call.id,
					to,
					from,
					timeout_secs: ring_secs,
				}),
				// Telnyx says which leg it makes only when that begins to ring.
				wait: { success: ['call.initiated', 'call.bridged'] },
				seconds,
				plan: { direct: true },
			};
		}
		const { connection_id } = set;
		return {
			command: dialFor(call, { to, from, connection_id, ring_secs, connects: false }),
			also: startMusic(call.id, music),
			wait: waitForDialed(call, ['call.speak.ended']),
			seconds: seconds + secondsFor(whisper) + 30,
			plan: { ...speech(whisper, set), ...(music !== undefined && { music }) },
		};
	},
	next,
});

function next(moment: Moment): Next | undefined {
	const { end, event, stage, plan, wait, notes } = moment;
	const caller = wait.call_control_id;
	const { call_control_id: about, hangup_cause } = event ? payloadOf(event) : {};
	const other = about === caller ? wait.new_legs[0] : about;
	const legs = { ...(other !== undefined && { other_call_control_id: other }) };
	if (end.outcome === 'ended') {
		return {
			output: 'Caller Hung Up',
			json: { outcome: 'caller_hung_up' },
			send: [
				...(typeof notes.rings === 'string' ? endLegs([notes.rings]) : []),
				...stopMusic(caller, plan.music),
			],
		};
	}
	if (end.outcome === 'timeout' && !plan.direct) {
		return {
			output: 'Not Answered',
			json: { outcome: 'not_answered', reason: 'no_answer', ...legs },
			send: [...endLegs(wait.new_legs), ...stopMusic(caller, plan.music)],
		};
	}
	switch (event?.event_type) {
		case HANGUP:
			return {
				output: 'Not Answered',
				json: { outcome: 'not_answered', reason: whyNotAnswered({ hangup_cause }), ...legs },
				send: stopMusic(caller, plan.music),
			};
		case 'call.initiated':
			if (about !== caller) notes.rings = about;
			return {};
		case 'call.answered':
			if (plan.direct || about === caller) return {};
			return {
				send: [
					{
						...command(speak, {
							call_control_id: about,
							payload: plan.payload,
							voice: plan.voice,
							language: plan.language,
						}),
						stage: WHISPER,
					},
				],
			};
		case 'call.speak.ended':
			// Unless they have hung up: then that is what comes next.
			if (stage !== WHISPER || end.outcome !== 'success') return {};
			return { send: [...stopMusic(caller, plan.music), connect(caller, String(about))] };
		case 'call.bridged':
			return { output: 'Connected', json: { outcome: 'connected', ...legs } };
		default:
			return undefined;
	}
}
