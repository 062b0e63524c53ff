import type { Resource } from '../schema/operation';
import { gather } from './gather';
import { gatherUsingAI } from './gatherUsingAI';
import { gatherUsingAudio } from './gatherUsingAudio';
import { gatherUsingSpeak } from './gatherUsingSpeak';
import { pay } from './pay';
import { sendDtmf } from './sendDtmf';
import { stopGather } from './stopGather';

export const input = {
	value: 'input',
	name: 'DTMF and Input',
	operations: {
		gatherUsingSpeak,
		gatherUsingAudio,
		gather,
		gatherUsingAI,
		stopGather,
		sendDtmf,
		pay,
	},
} as const satisfies Resource;
