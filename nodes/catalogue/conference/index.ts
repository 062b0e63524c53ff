import type { Resource } from '../schema/operation';
import { create } from './create';
import { endConference } from './endConference';
import { gatherDtmfAudio } from './gatherDtmfAudio';
import { hold } from './hold';
import { join } from './join';
import { leave } from './leave';
import { list } from './list';
import { listParticipants } from './listParticipants';
import { mute } from './mute';
import { play } from './play';
import { recordPause } from './recordPause';
import { recordResume } from './recordResume';
import { recordStart } from './recordStart';
import { recordStop } from './recordStop';
import { retrieve } from './retrieve';
import { retrieveParticipant } from './retrieveParticipant';
import { sendDtmf } from './sendDtmf';
import { speak } from './speak';
import { stop } from './stop';
import { unhold } from './unhold';
import { unmute } from './unmute';
import { update } from './update';
import { updateParticipant } from './updateParticipant';

export const conference = {
	value: 'conference',
	name: 'Conference',
	operations: {
		create,
		join,
		leave,
		hold,
		unhold,
		mute,
		unmute,
		speak,
		play,
		stop,
		gatherDtmfAudio,
		sendDtmf,
		recordStart,
		recordStop,
		recordPause,
		recordResume,
		update,
		endConference,
		retrieve,
		list,
		listParticipants,
		retrieveParticipant,
		updateParticipant,
	},
} as const satisfies Resource;
