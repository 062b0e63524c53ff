import type { Resource } from '../schema/operation';
import { list } from './list';
import { retrieve } from './retrieve';

export const webhookDelivery = {
	value: 'webhookDelivery',
	name: 'Webhook Delivery',
	operations: { list, retrieve },
} as const satisfies Resource;
