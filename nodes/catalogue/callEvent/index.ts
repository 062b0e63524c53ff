import type { Resource } from '../schema/operation';
import { list } from './list';
import { summarize } from './summarize';

export const callEvent = {
	value: 'callEvent',
	name: 'Call Event',
	operations: { list, summarize },
} as const satisfies Resource;
