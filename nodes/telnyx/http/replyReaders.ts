import { breakOffEndless, discard, readJson, type FileContent } from './body';
import { flawIn, type ExpectedReply } from './success';

/**
 * Reads as much of a reply as is needed now.
 * @throws the error with which the connection breaks off
 */
export type ReadReply = (
	body: unknown,
	isSuccess: boolean,
	endRequest: () => void,
) => Promise<Found>;

interface Found {
	readonly body: unknown;
	readonly flaw?: string;
	/** The body, if it is still to be read: it closes when it has been. */
	readonly unread?: Exclude<FileContent, Buffer>;
}

/** A success that is JSON need not be from Telnyx: servers in front of it, or in its place, have their own. */
export const readReply =
	(expected: ExpectedReply): ReadReply =>
	async (body, isSuccess) => {
		const found = await readJson(body);
		const isJson = found.flaw === undefined;
		return isSuccess && isJson ? { ...found, flaw: flawIn(found.body, expected) } : found;
	};

/** n8n reads the file itself; a refusal is JSON if it arrives whole. */
export const keepFile: ReadReply = async (body, isSuccess, endRequest) => {
	if (!isSuccess) return await readJson(body).catch(() => ({ body: undefined }));
	const file = breakOffEndless(body as FileContent, endRequest);
	return { body: file, ...(!Buffer.isBuffer(file) && { unread: file }) };
};

/** A storage host's explanation of a refusal means nothing to users. */
export const keepLinkedFile: ReadReply = async (body, isSuccess, endRequest) => {
	if (isSuccess) return await keepFile(body, isSuccess, endRequest);
	void discard(body);
	return { body: undefined };
};
