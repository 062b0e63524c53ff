import type { Resource } from '../schema/operation';
import { startForking } from './startForking';
import { startStreaming } from './startStreaming';
import { stopForking } from './stopForking';
import { stopStreaming } from './stopStreaming';

export const streaming = {
	value: 'streaming',
	name: 'Media Streaming',
	operations: { startStreaming, stopStreaming, startForking, stopForking },
} as const satisfies Resource;
