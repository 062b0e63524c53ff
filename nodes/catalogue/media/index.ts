import type { Resource } from '../schema/operation';
import { deleteMedia } from './delete';
import { download } from './download';
import { list } from './list';
import { retrieve } from './retrieve';
import { update } from './update';
import { upload } from './upload';
import { uploadFromUrl } from './uploadFromUrl';

export const media = {
	value: 'media',
	name: 'Media',
	operations: { upload, uploadFromUrl, download, retrieve, list, update, delete: deleteMedia },
} as const satisfies Resource;
