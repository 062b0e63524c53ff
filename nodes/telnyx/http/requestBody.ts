import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

/** A file on its way to Telnyx. */
export interface Upload {
	/** The API's name of the field that holds it. */
	readonly field: string;
	readonly content: Buffer;
	readonly fileName: string;
	readonly contentType: string;
}

/** The part of n8n's request options that holds a body; the body's values are those of a form with an upload. */
export async function encodedBody({
	body,
	upload,
}: {
	readonly body?: IDataObject;
	readonly upload?: Upload;
}): Promise<Partial<IHttpRequestOptions>> {
	if (!body) return {};
	// As text: n8n drops a body that is an empty object, and Telnyx expects one.
	if (!upload) return asContent(JSON.stringify(body), 'application/json');
	const form = new FormData();
	for (const [name, value] of Object.entries(body)) form.append(name, String(value));
	const { field, content, fileName, contentType } = upload;
	form.append(field, new Blob([new Uint8Array(content)], { type: contentType }), fileName);
	const encoded = new Response(form);
	return asContent(
		Buffer.from(await encoded.arrayBuffer()),
		String(encoded.headers.get('content-type')),
	);
}

const asContent = (body: string | Buffer, contentType: string): Partial<IHttpRequestOptions> => ({
	body,
	headers: { 'Content-Type': contentType },
});
