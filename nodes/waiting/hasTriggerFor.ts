import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { BoundedMap } from '../shared/boundedMap';
import { payloadOf } from '../telnyx/webhooks/parseEvent';
import { readApplication } from '../telnyx/account/applications';
import { ownAddress } from './ownAddress';

/** How long an application's webhook URL is cached. */
const KEPT_MS = 60_000;
const MOST_KEPT = 1_000;

const known = new BoundedMap<string, { readonly readAt: number; readonly url: Promise<string> }>(
	MOST_KEPT,
);

/**
 * Whether the events of a call go to a Telnyx Advanced Trigger of this n8n unless a command directs them
 * elsewhere. If that cannot be found out, the answer is no: then Telnyx sends all awaited events straight
 * to the execution.
 */
export async function hasTriggerFor(
	context: IExecuteFunctions,
	values: IDataObject,
): Promise<boolean> {
	const [item] = context.getInputData();
	const { connection_id: own } = item?.json ?? {};
	const id = values.connection_id ?? payloadOf(item?.json ?? {}).connection_id ?? own;
	if (typeof id !== 'string' || id === '') return false;
	return isOfTrigger(await urlOf(context, id), ownAddress(context));
}

async function urlOf(context: IExecuteFunctions, id: string): Promise<string> {
	const credential = Object.values(context.getNode().credentials ?? {})[0]?.id ?? '';
	const name = `${credential} ${id}`;
	const kept = known.get(name);
	if (kept && Date.now() - kept.readAt < KEPT_MS) return await kept.url;
	const url = readApplication(context, id).then(
		({ webhook_event_url: address }) => address,
		() => '',
	);
	known.set(name, { readAt: Date.now(), url });
	return await url;
}

/** n8n's address for a published trigger of this package: `<endpoint>/<id>/webhook`. */
function isOfTrigger(url: string, own: URL): boolean {
	if (!URL.canParse(url)) return false;
	const { origin, pathname } = new URL(url);
	return origin === own.origin && /\/(?!webhook-test\/)[^/]+\/[^/]+\/webhook$/.test(pathname);
}
