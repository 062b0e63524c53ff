import type { IDataObject } from 'n8n-workflow';

import { speak } from '../../catalogue/audio/speak';
import { transfer as transferCall } from '../../catalogue/call/transfer';
import { text } from '../../catalogue/schema/field';
import { DESTINATION } from '../../catalogue/shared/sipOptions';
import { payload } from '../../catalogue/shared/voice';
import { payloadOf } from '../../telnyx/webhooks/parseEvent';
import type { FurtherCommand } from '../../waiting/furtherCommands';
import { HANGUP } from '../../waiting/outcome';
import {
	connect,
	dialFor,
	unknownForDialing,
	endLegs,
	holdMusic,
	ofDialing,
	shownNumber,
	startMusic,
	stopMusic,
	waitForDialed,
} from './dialing';
import {
	command,
	hungUp,
	ringSecs,
	secondsFor,
	secondsIf,
	speech,
	speechIf,
	whyUnanswered,
} from './shared';
import {
	HUNG_UP,
	SPOKEN,
	step,
	UNANSWERED,
	type DoneOf,
	type Moment,
	type NextOf,
	type Speech,
} from './step';

/** The stage of the words that the called person hears first. */
const WHISPER = 'whisper';

const outputs = [{ name: 'Connected' }, UNANSWERED, HUNG_UP] as const;

type Then = NextOf<typeof outputs>;

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
			...DESTINATION,
		}),
		from: shownNumber,
		ring_secs: ringSecs,
		whisper: {
			...payload,
			label: 'Say Before Connecting',
			description:
				'What the called person hears before being connected. Leave it empty to connect at once.',
			onTop: true,
			placeholder: 'e.g. A call from the shop. The caller asks about an order.',
		},
		...ofDialing('The voice that speaks to either of them'),
		hold_music_url: {
			...holdMusic,
			description: `${holdMusic.description} Only with 'Say Before Connecting'.`,
		},
	},
	outputs,
	ifFails: { output: UNANSWERED.name },
	results: { other_call_control_id: 'string', reason: 'string', details: 'object' },
	check: (set, call) => (call && set.whisper ? unknownForDialing(call, set) : []),
	begin(set, call) {
		const { to, from, ring_secs, whisper = '', hold_music_url: music } = set;
		const seconds = ring_secs + 60 + secondsIf(set.goodbye);
		const goodbye = speechIf(set.goodbye, set);
		if (whisper === '') {
			return {
				command: command(transferCall, {
					call_control_id: call.id,
					to,
					from,
					timeout_secs: ring_secs,
				}),
				// Telnyx says which leg it makes only when that begins to ring.
				wait: { success: ['call.initiated', 'call.bridged', ...(goodbye ? [SPOKEN] : [])] },
				seconds,
				plan: { direct: true, goodbye },
			};
		}
		const { connection_id } = set;
		return {
			command: dialFor(call, { to, from, connection_id, ring_secs, connects: false }),
			followedBy: startMusic(call.id, music),
			wait: waitForDialed(call, [SPOKEN]),
			seconds: seconds + secondsFor(whisper) + 30,
			plan: { ...speech(whisper, set), goodbye, ...(music !== undefined && { music }) },
		};
	},
	next,
	ifCutShort: ({ call_control_id: caller, plan }) => stopMusic(caller, plan.music),
});

function next(moment: Moment): Then | undefined {
	const { end, event, type, stage, plan, wait, notes } = moment;
	const caller = wait.call_control_id;
	const { call_control_id: about, ...payload } = event ? payloadOf(event) : {};
	const other = about === caller ? wait.new_legs[0] : about;
	const legs = { ...(other !== undefined && { other_call_control_id: other }) };
	if (end.outcome === 'ended') {
		return {
			output: HUNG_UP.name,
			json: hungUp(event),
			send: typeof notes.rings === 'string' && notes.rings !== about ? endLegs([notes.rings]) : [],
		};
	}
	// Telnyx itself stops the ringing of a direct one long before: a leg that is still there is connected.
	if (end.outcome === 'timeout' && !plan.direct) {
		return unanswered(moment, { reason: 'no_answer', ...legs }, endLegs(wait.new_legs));
	}
	switch (type) {
		case HANGUP:
			return unanswered(moment, { ...whyUnanswered(payload), ...legs });
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
		case SPOKEN:
			// Unless they have hung up: then that is what comes next.
			if (stage !== WHISPER || end.outcome !== 'success') return {};
			return { send: [...stopMusic(caller, plan.music), connect(caller, String(about))] };
		case 'call.bridged':
			return { output: 'Connected', json: { outcome: 'connected', ...legs } };
		default:
			return undefined;
	}
}

const unanswered = (
	{ plan, wait }: Moment,
	why: IDataObject,
	send: readonly FurtherCommand[] = [],
): DoneOf<typeof outputs> => ({
	output: UNANSWERED.name,
	json: { outcome: 'unanswered', ...why },
	send: [...send, ...stopMusic(wait.call_control_id, plan.music)],
	lastWords: plan.goodbye as Speech | undefined,
	hangsUp: plan.goodbye !== undefined,
});
