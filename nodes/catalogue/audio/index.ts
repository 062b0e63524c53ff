import type { Resource } from '../schema/operation';
import { speak } from './speak';
import { startPlayback } from './startPlayback';
import { stopPlayback } from './stopPlayback';

export const audio = {
	value: 'audio',
	name: 'Speech and Audio',
	operations: { speak, startPlayback, stopPlayback },
} as const satisfies Resource;
