import type { Resource } from '../schema/operation';
import { create } from './create';
import { deleteApplication } from './delete';
import { list } from './list';
import { retrieve } from './retrieve';
import { update } from './update';

export const application = {
	value: 'application',
	name: 'Call Control Application',
	operations: { create, retrieve, list, update, delete: deleteApplication },
} as const satisfies Resource;
