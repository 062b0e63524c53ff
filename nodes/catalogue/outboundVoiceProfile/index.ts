import type { Resource } from '../schema/operation';
import { list } from './list';
import { retrieve } from './retrieve';

export const outboundVoiceProfile = {
	value: 'outboundVoiceProfile',
	name: 'Outbound Voice Profile',
	operations: { list, retrieve },
} as const satisfies Resource;
