import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { BoundedMap } from '../shared/boundedMap';
import { payloadOf } from '../telnyx/webhooks/parseEvent';
import { readApplication } from '../telnyx/account/applications';
import { isTemporary } from '../telnyx/http/failure';
import { deliveryInWait } from './delivery';
import { legsOf } from './legs';
import { ownAddress } from './ownAddress';

/** How long an application's webhook URL is cached. */
const KEPT_MS = 60_000;
const MOST_KEPT = 1_000;

/** The readings of applications. One that has failed for now is not kept: the next call asks again. */
const readings = new BoundedMap<
	string,
	{ readonly begunAt: number; readonly url: Promise<string> }
>(MOST_KEPT);

/** The webhook URLs that were read last. They seldom change. */
const lastRead = new BoundedMap<string, string>(MOST_KEPT);

/**
 * Whether the events of a call go to a Telnyx Advanced Trigger of this n8n unless a command directs them
 * elsewhere. If that cannot be found out, and was not known before, the answer is no: then Telnyx sends all
 * awaited events straight to the execution.
 */
export async function hasTriggerFor(
	context: IExecuteFunctions,
	values: IDataObject,
): Promise<boolean> {
	const id = applicationOf(context, values);
	if (typeof id !== 'string' || id === '') return false;
	return isOfTrigger(await urlOf(context, id), ownAddress(context));
}

/** The application of a command's call: the command's own, else the one that its events or the item name. */
function applicationOf(
	context: IExecuteFunctions,
	{ connection_id: chosen, call_control_id: leg }: IDataObject,
): unknown {
	const [item] = context.getInputData();
	const { connection_id: ofItem } = item?.json ?? {};
	const { connection_id: ofLeg } = legsOf(context)[String(leg)] ?? {};
	return chosen ?? ofLeg ?? payloadOf(item?.json ?? {}).connection_id ?? ofItem;
}

async function urlOf(context: IExecuteFunctions, id: string): Promise<string> {
	const credential = Object.values(context.getNode().credentials ?? {})[0]?.id ?? '';
	const name = `${credential} ${id}`;
	const kept = readings.get(name);
	if (kept && Date.now() - kept.begunAt < KEPT_MS) return await kept.url;
	const url = readUrl(context, id, name);
	readings.set(name, { begunAt: Date.now(), url });
	return await url;
}

/**
 * Where nothing was known before, it is repeated like a command, as what it finds out decides where the events
 * of the call go until its end. Otherwise nobody is left ringing for it.
 */
async function readUrl(context: IExecuteFunctions, id: string, name: string): Promise<string> {
	try {
		const delivery = lastRead.has(name)
			? undefined
			: deliveryInWait(context, 'application of the call');
		const { webhook_event_url: url } = await readApplication(context, id, delivery);
		lastRead.set(name, url);
		return url;
	} catch (error) {
		if (!isTemporary(error)) return '';
		readings.delete(name);
		return lastRead.get(name) ?? '';
	}
}

/** n8n's address for a published trigger of this package: `<endpoint>/<id>/webhook`. */
function isOfTrigger(url: string, own: URL): boolean {
	if (!URL.canParse(url)) return false;
	const { origin, pathname } = new URL(url);
	return origin === own.origin && /\/(?!webhook-test\/)[^/]+\/[^/]+\/webhook$/.test(pathname);
}
