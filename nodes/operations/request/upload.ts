import type { IExecuteFunctions } from 'n8n-workflow';

import type { Fields } from '../../catalogue/schema/field';
import type { CommandRequest } from './';
import { InputError } from './complaints';

/** In a megabyte. */
const BYTES = 1024 * 1024;

/**
 * The request with the file that it names by one of the item's binary fields.
 * @throws if the item has no such field: n8n's error says so; InputError if the file is empty or too large
 */
export async function withUpload(
	{ helpers }: IExecuteFunctions,
	itemIndex: number,
	request: CommandRequest,
	fields: Fields,
): Promise<CommandRequest> {
	const [file] = Object.entries(request.files);
	if (!file) return request;
	const [field, binaryField] = file;
	const { fileName = 'file', mimeType } = helpers.assertBinaryData(itemIndex, binaryField);
	const content = await helpers.getBinaryDataBuffer(itemIndex, binaryField);
	if (content.length === 0) {
		throw new InputError([
			`The file in '${binaryField}' is empty: see what the node before puts there`,
		]);
	}
	const { [field]: limits } = fields;
	const { maxMegabytes = Infinity } = limits.kind === 'file' ? limits : {};
	if (content.length > maxMegabytes * BYTES) {
		const megabytes = (Math.ceil((content.length / BYTES) * 10) / 10).toFixed(1);
		throw new InputError([
			`The file in '${binaryField}' has ${megabytes} MB, but Telnyx takes ${maxMegabytes} MB at most: shorten it, or store it in a format that takes less`,
		]);
	}
	return { ...request, upload: { field, content, fileName, contentType: mimeType } };
}
