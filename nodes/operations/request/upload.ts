import type { IExecuteFunctions } from 'n8n-workflow';

import type { CommandRequest } from './';
import { InputError } from './complaints';

/**
 * The request with the file that it names by one of the item's binary fields.
 * @throws if the item has no such field: n8n's error says so; InputError if the file is empty
 */
export async function withUpload(
	{ helpers }: IExecuteFunctions,
	itemIndex: number,
	request: CommandRequest,
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
	return { ...request, upload: { field, content, fileName, contentType: mimeType } };
}
