import type { Resource } from '../schema/operation';
import { retrieve } from './retrieve';
import { update } from './update';

export const phoneNumber = {
	value: 'phoneNumber',
	name: 'Phone Number',
	operations: { retrieve, update },
} as const satisfies Resource;
