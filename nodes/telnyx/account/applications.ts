import type { IDataObject } from 'n8n-workflow';

import { send, type Context } from '../http/client';
import { baseUrlOf, CREDENTIAL } from '../credential';
import { notTelnyx } from '../http/failure';

/** The settings of a Call Control application that are about webhooks. */
export interface Application {
	readonly id: string;
	readonly application_name: string;
	readonly webhook_event_url: string;
	readonly webhook_api_version: string;
}

/**
 * Reads an application.
 * @throws TelnyxFailure, with the `httpCode` 404 if there is none
 */
export async function readApplication(context: Context, id: string): Promise<Application> {
	return await request(context, 'GET', id);
}

/**
 * Changes where an application sends its events. Telnyx demands the name with every change, so what was
 * read is sent back; what is not sent stays as it is.
 * @throws TelnyxFailure
 */
export async function redirectApplication(
	context: Context,
	{ id, application_name }: Application,
	to: Pick<Application, 'webhook_event_url' | 'webhook_api_version'>,
): Promise<void> {
	await request(context, 'PATCH', id, { application_name, ...to });
}

async function request(
	context: Context,
	method: 'GET' | 'PATCH',
	id: string,
	body?: IDataObject,
): Promise<Application> {
	const baseUrl = baseUrlOf(await context.getCredentials(CREDENTIAL));
	const path = `/call_control_applications/${encodeURIComponent(id)}`;
	const { data } = await send(
		{ context, baseUrl },
		// The same settings a second time change nothing.
		{ method, path, body, repeatable: true, isRegistration: true, labels: {} },
	);
	const application = toApplication(data as IDataObject | undefined);
	if (application.id === '') throw notTelnyx(200, 'was no application');
	return application;
}

const toApplication = (data: IDataObject | undefined): Application => ({
	id: String(data?.id ?? ''),
	application_name: String(data?.application_name ?? ''),
	webhook_event_url: String(data?.webhook_event_url ?? ''),
	webhook_api_version: String(data?.webhook_api_version ?? ''),
});
