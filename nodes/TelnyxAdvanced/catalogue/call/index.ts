import type { Resource } from '../operation';
import { switchSupervisorRole } from './switchSupervisorRole';
import { updateClientState } from './updateClientState';

export const call = {
	value: 'call',
	name: 'Call',
	operations: { switchSupervisorRole, updateClientState },
} as const satisfies Resource;
