import type { Resource } from '../schema/operation';
import { create } from './create';
import { deleteConnector } from './delete';
import { retrieve } from './retrieve';
import { update } from './update';

export const siprecConnector = {
	value: 'siprecConnector',
	name: 'SIPREC Connector',
	operations: { create, retrieve, update, delete: deleteConnector },
} as const satisfies Resource;
