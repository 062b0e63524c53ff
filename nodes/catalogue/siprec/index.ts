import type { Resource } from '../schema/operation';
import { startSiprec } from './startSiprec';
import { stopSiprec } from './stopSiprec';

export const siprec = {
	value: 'siprec',
	name: 'SIPREC',
	operations: { startSiprec, stopSiprec },
} as const satisfies Resource;
