import type { Resource } from '../schema/operation';
import { listRegions } from './listRegions';
import { retrieveBalance } from './retrieveBalance';

export const account = {
	value: 'account',
	name: 'Account',
	operations: { retrieveBalance, listRegions },
} as const satisfies Resource;
