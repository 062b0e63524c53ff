import type { Resource } from '../schema/operation';
import { create } from './create';
import { deleteQueue } from './delete';
import { enqueue } from './enqueue';
import { leaveQueue } from './leaveQueue';
import { list } from './list';
import { retrieve } from './retrieve';
import { update } from './update';

export const queue = {
	value: 'queue',
	name: 'Queue',
	operations: { enqueue, leaveQueue, create, retrieve, list, update, delete: deleteQueue },
} as const satisfies Resource;
