import { randomUUID } from 'node:crypto';

import type { Json } from '../simulator/types';
import { assertRemoved, dataOf, type Api, type Reply } from './api';
import type { CleanUp } from './cleanUp';
import type { Receiver } from './receiver';

/** Begins the names of everything that a run makes. */
const OUR_NAME = 'Live check of n8n-nodes-telnyx-advanced';

/** A name for an application, which no other one has. */
export const applicationName = (what: string) =>
	`${OUR_NAME} (${what}, ${randomUUID().slice(0, 8)})`;

/** One of the two numbers, and the application that it leads to during the run. */
export interface Line {
	/** The address of its application's webhooks. */
	name: 'first' | 'second';
	number: string;
	applicationId: string;
	applicationName: string;
}

/**
 * The key that signs the account's webhooks.
 * @throws if the API key is wrong
 */
export async function fetchPublicKey(api: Api): Promise<string> {
	const data = dataOf(await api({ method: 'GET', path: '/public_key' }), 'Reading the public key');
	return String(data.public);
}

/**
 * Makes two applications, and lets each number lead to one of them.
 * @param profile the ID of the outbound voice profile; the first one that is enabled by default
 */
export async function prepareAccount({
	api,
	cleanUp,
	numbers,
	profile,
	receiver,
	tell,
}: {
	api: Api;
	cleanUp: CleanUp;
	numbers: [string, string];
	profile: string | undefined;
	receiver: Receiver;
	tell: (line: string) => void;
}): Promise<{ first: Line; second: Line }> {
	const outbound_voice_profile_id = profile ?? (await firstProfile(api));
	const line = async (name: Line['name'], number: string): Promise<Line> => {
		const { connection_id: before, id } = await findNumber(api, number);
		const ownName = applicationName(name);
		const applicationId = await makeApplication({
			api,
			cleanUp,
			name: ownName,
			url: receiver.addressOf(name),
			outbound: { outbound_voice_profile_id },
		});
		tell(`${number} leads to connection ${before || 'none'}, and back to it after the check.`);
		const path = `/phone_numbers/${id}`;
		const assign = async (connection_id: string) => {
			const what = `Assigning the ${name} number`;
			dataOf(await api({ method: 'PATCH', path, body: { connection_id } }), what);
			const now = dataOf(await api({ method: 'GET', path }), what);
			if ((now.connection_id ?? '') !== connection_id) {
				throw new Error(`The ${name} number does not lead where it was told to`);
			}
		};
		cleanUp.push(
			`the former connection of the ${name} number`,
			async () => await assign(before ?? ''),
		);
		await assign(applicationId);
		return { name, number, applicationId, applicationName: ownName };
	};
	return { first: await line('first', numbers[0]), second: await line('second', numbers[1]) };
}

interface NewApplication {
	api: Api;
	cleanUp: CleanUp;
	/** One that no other application has, as of `applicationName`. */
	name: string;
	outbound?: Json;
	url: string;
}

/** A Call Control application that is deleted at the end. @returns its ID */
export async function makeApplication(application: NewApplication): Promise<string> {
	const { id } = dataOf(await tryToMakeApplication(application), 'Creating an application');
	return String(id);
}

/** The same, with Telnyx's reply. */
export async function tryToMakeApplication({
	api,
	cleanUp,
	name,
	outbound,
	url,
}: NewApplication): Promise<Reply> {
	const made: { id?: string } = {};
	cleanUp.push('an application', async () => {
		// It may have been made although the reply was lost, and then only its name is known.
		for (const id of made.id ? [made.id] : await applicationsNamed(api, name)) {
			const deleted = await api({ method: 'DELETE', path: `/call_control_applications/${id}` });
			assertRemoved(deleted, 'Deleting an application');
		}
	});
	const reply = await api({
		method: 'POST',
		path: '/call_control_applications',
		body: {
			application_name: name,
			webhook_event_url: url,
			webhook_api_version: '2',
			...(outbound && { outbound }),
		},
	});
	made.id = reply.body.data?.id;
	return reply;
}

/** Their IDs. */
async function applicationsNamed(api: Api, name: string): Promise<string[]> {
	const path = `/call_control_applications?filter[application_name][contains]=${encodeURIComponent(name)}`;
	const found = dataOf(await api({ method: 'GET', path }), 'Finding an application');
	return (found as unknown as Json[]).map(({ id }) => String(id));
}

async function firstProfile(api: Api) {
	const reply = await api({ method: 'GET', path: '/outbound_voice_profiles' });
	const profiles = dataOf(reply, 'Listing outbound voice profiles') as unknown as Json[];
	const found = profiles.find(({ enabled }) => enabled !== false);
	if (!found) {
		throw new Error(
			'The account has no outbound voice profile. Create one in the Telnyx portal, so that calls can be made.',
		);
	}
	return String(found.id);
}

async function findNumber(api: Api, number: string) {
	const path = `/phone_numbers?filter[phone_number]=${encodeURIComponent(number)}`;
	const found = dataOf(await api({ method: 'GET', path }), 'Finding a number') as unknown as Json[];
	const own = found.find(({ phone_number }) => phone_number === number);
	if (!own) throw new Error(`The account has no number ${number}. Look at TELNYX_LIVE_NUMBERS.`);
	return own as { id: string; connection_id: string | null };
}
