import type { Resource } from '../schema/operation';
import { list } from './list';
import { listInsights } from './listInsights';
import { retrieve } from './retrieve';

export const conversation = {
	value: 'conversation',
	name: 'AI Conversation',
	operations: { list, retrieve, listInsights },
} as const satisfies Resource;
