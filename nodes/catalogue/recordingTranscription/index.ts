import type { Resource } from '../schema/operation';
import { deleteTranscription } from './delete';
import { list } from './list';
import { retrieve } from './retrieve';

export const recordingTranscription = {
	value: 'recordingTranscription',
	name: 'Recording Transcription',
	operations: { list, retrieve, delete: deleteTranscription },
} as const satisfies Resource;
