import type { Resource } from '../schema/operation';
import { deleteRecording } from './delete';
import { deleteMany } from './deleteMany';
import { download } from './download';
import { list } from './list';
import { pauseRecording } from './pauseRecording';
import { resumeRecording } from './resumeRecording';
import { retrieve } from './retrieve';
import { startRecording } from './startRecording';
import { stopRecording } from './stopRecording';

export const recording = {
	value: 'recording',
	name: 'Recording',
	operations: {
		startRecording,
		stopRecording,
		pauseRecording,
		resumeRecording,
		download,
		retrieve,
		list,
		delete: deleteRecording,
		deleteMany,
	},
} as const satisfies Resource;
