import type { IBinaryData, IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

import { discard } from './body';
import type { TelnyxFile } from './client';
import { brokenOff, emptyFile, pageInstead } from './fileFailure';
import { named } from './fileName';
import { networkCode } from './transportError';

/** What a file is called and is, as far as that is known before it is fetched. */
interface ExpectedFile {
	/** Without its extension. */
	readonly name: string;
	/** Such as `mp3`. */
	readonly format?: string;
}

/**
 * Stores a file of Telnyx in n8n.
 * @throws TelnyxFailure if it is empty, a web page, such as the login page of a proxy, or breaks off
 */
export async function keptFile(
	{ helpers }: Pick<IExecuteFunctions | IWebhookFunctions, 'helpers'>,
	{ content, ...said }: TelnyxFile,
	{ name, format }: ExpectedFile,
): Promise<IBinaryData> {
	if (said.contentType === 'text/html') {
		void discard(content);
		throw pageInstead();
	}
	const { fileName, contentType } = named(said, name, format);
	const kept = await helpers
		.prepareBinaryData(content, fileName, contentType)
		.catch((error: unknown) => {
			throw notKept(error);
		});
	if (isEmpty(kept)) throw emptyFile();
	return kept;
}

/** The error for a file that could not be stored: that the download broke off, or n8n's own error. */
export const notKept = (error: unknown): unknown => brokenOff(networkCode(error)) ?? error;

/** Not every version of n8n counts the bytes. */
const isEmpty = ({ bytes, fileSize }: IBinaryData): boolean => bytes === 0 || fileSize === '0 B';
