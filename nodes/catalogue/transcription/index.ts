import type { Resource } from '../schema/operation';
import { startTranscription } from './startTranscription';
import { stopTranscription } from './stopTranscription';

export const transcription = {
	value: 'transcription',
	name: 'Transcription',
	operations: { startTranscription, stopTranscription },
} as const satisfies Resource;
