import type { IDataObject } from 'n8n-workflow';

import { baseUrlOf, CREDENTIAL } from '../credential';
import { send, type Connection, type RequestContext } from '../http/client';
import { encodePathPart } from '../http/path';
import { unreadable } from '../http/refusal';

/** Where a Call Control application sends its events, and in which version. */
export interface WebhookSettings {
	readonly webhook_event_url: string;
	readonly webhook_api_version: string;
}

/** What has to be known of a Call Control application to change its webhook settings. */
export interface Application extends WebhookSettings {
	readonly id: string;
	readonly application_name: string;
}

/**
 * Reads an application.
 * @param delivery without one, it is tried once
 * @throws TelnyxFailure, with the `httpCode` 404 if there is none
 */
export async function readApplication(
	context: RequestContext,
	id: string,
	delivery?: Connection['delivery'],
): Promise<Application> {
	return await request({ context, delivery }, 'GET', id);
}

/**
 * Changes where an application sends its events. Telnyx demands the name with every change, so what was
 * read is sent back; what is not sent stays as it is.
 * @throws TelnyxFailure
 */
export async function redirectApplication(
	context: RequestContext,
	{ id, application_name }: Application,
	settings: Pick<WebhookSettings, 'webhook_event_url'> & Partial<WebhookSettings>,
): Promise<void> {
	await request({ context }, 'PATCH', id, { application_name, ...settings });
}

async function request(
	{ context, delivery }: Pick<Connection, 'context' | 'delivery'>,
	method: 'GET' | 'PATCH',
	id: string,
	body?: IDataObject,
): Promise<Application> {
	const baseUrl = baseUrlOf(await context.getCredentials(CREDENTIAL));
	const path = `/call_control_applications/${encodePathPart(id)}`;
	const { data } = await send(
		{ context, baseUrl, delivery },
		// The same settings a second time change nothing.
		{ method, path, body, repeatable: true, isRegistration: true, labels: {} },
	);
	const application = toApplication(data as IDataObject | undefined);
	const purpose = { changes: method !== 'GET', repeatable: true, isRegistration: true };
	if (application.id === '') throw unreadable(200, 'was no application', purpose);
	return application;
}

const toApplication = (data: IDataObject | undefined): Application => ({
	id: String(data?.id ?? ''),
	application_name: String(data?.application_name ?? ''),
	webhook_event_url: String(data?.webhook_event_url ?? ''),
	webhook_api_version: String(data?.webhook_api_version ?? ''),
});
