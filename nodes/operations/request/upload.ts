import type { IExecuteFunctions } from 'n8n-workflow';

import type { Field, Fields } from '../../catalogue/schema/field';
import type { CommandRequest } from './';
import { InputError } from './complaints';

const BYTES_PER_MEGABYTE = 1024 * 1024;

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
	const found = helpers.assertBinaryData(itemIndex, binaryField);
	const { fileName = 'file', mimeType, bytes, id } = found;
	// Known before the file is read, where n8n stores it outside the item.
	if (id !== undefined && bytes !== undefined) assertFits(fields[field], binaryField, bytes);
	const content = await helpers.getBinaryDataBuffer(itemIndex, binaryField);
	if (content.length === 0) {
		throw new InputError([
			`The file in '${binaryField}' is empty: see what the node before puts there`,
		]);
	}
	assertFits(fields[field], binaryField, content.length);
	return { ...request, upload: { field, content, fileName, contentType: mimeType } };
}

/** @throws InputError if the file is larger than Telnyx takes */
function assertFits(field: Field, binaryField: string, bytes: number): void {
	const { maxMegabytes = Infinity } = field.kind === 'file' ? field : {};
	const megabytes = bytes / BYTES_PER_MEGABYTE;
	if (megabytes <= maxMegabytes) return;
	const size = (Math.ceil(megabytes * 10) / 10).toFixed(1);
	throw new InputError([
		`The file in '${binaryField}' is ${size} MB, but Telnyx takes ${maxMegabytes} MB at most: shorten it, or store it in a format that takes less space`,
	]);
}
