import type { Resource } from '../operation';
import { gatherUsingAI } from './gatherUsingAI';
import { sendDtmf } from './sendDtmf';

export const input = {
	value: 'input',
	name: 'DTMF and Input',
	operations: { gatherUsingAI, sendDtmf },
} as const satisfies Resource;
