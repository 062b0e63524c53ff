import type { Resource } from '../schema/operation';
import { list } from './list';

export const callEvent = {
	value: 'callEvent',
	name: 'Call Event',
	operations: { list },
} as const satisfies Resource;
