import type { Resource } from '../operation';
import { sendDtmf } from './sendDtmf';

export const input = {
	value: 'input',
	name: 'DTMF and Input',
	operations: { sendDtmf },
} as const satisfies Resource;
