import type { Resource } from '../schema/operation';
import { list } from './list';
import { remove } from './remove';
import { retrieve } from './retrieve';
import { update } from './update';

export const queueCall = {
	value: 'queueCall',
	name: 'Queued Call',
	operations: { list, retrieve, update, remove },
} as const satisfies Resource;
