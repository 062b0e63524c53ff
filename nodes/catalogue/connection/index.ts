import type { Resource } from '../schema/operation';
import { list } from './list';
import { listActiveCalls } from './listActiveCalls';
import { retrieve } from './retrieve';
import { retrieveCount } from './retrieveCount';

export const connection = {
	value: 'connection',
	name: 'Connection',
	operations: { retrieve, list, listActiveCalls, retrieveCount },
} as const satisfies Resource;
