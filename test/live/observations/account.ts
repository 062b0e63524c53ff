import type { Json } from '../../simulator/types';
import { applicationName, makeApplication, tryToMakeApplication } from '../account';
import { outcomeOf, verdictOf, type Live } from '../live';
import type { Observation } from '../observation';

/** The length of a webhook URL that holds the URL of a trigger and a former one. */
const LONG_URL = 1500;
/** After which the first events of a call are listed. */
const EVENTS_LISTED_MS = 5000;

/** Sets another webhook URL. @returns what Telnyx then has */
async function afterUpdate(live: Live, url: string) {
	const name = applicationName('addresses');
	const path = `/call_control_applications/${await makeApplication({
		api: live.request,
		cleanUp: live.cleanUp,
		name,
		url: live.receiver.addressOf('unused'),
	})}`;
	const body = { application_name: name, webhook_event_url: url };
	const { status } = await live.request({ method: 'PATCH', path, body });
	const { webhook_event_url } = await live.send({ method: 'GET', path });
	return { status, isSet: webhook_event_url === url };
}

/** What the account says without a call. */
export const account: Observation[] = [
	{
		name: 'The public key',
		assumed:
			'`GET /public_key` answers with the Base64 of 32 bytes in `data.public`, although neither SDK nor reference have it.',
		where: 'nodes/telnyx/webhooks/accountKey.ts',
		how: 'It is fetched.',
		expected: { status: 200, bytes: 32 },
		async observe(live) {
			const { body, status } = await live.request({ method: 'GET', path: '/public_key' });
			return { status, bytes: Buffer.from(String(body.data?.public), 'base64').length };
		},
	},
	{
		name: 'The list of voices',
		assumed: 'The voices of the list have `id`, where the SDK declares `voice_id`.',
		where: 'nodes/telnyx/account/listSources.ts',
		how: 'The list is fetched, and the fields of its first entry are looked at.',
		expected: { hasId: true, hasVoiceId: false },
		async observe(live) {
			const { voices } = await live.send({ method: 'GET', path: '/text-to-speech/voices' });
			const [first] = voices as Json[];
			live.figures.voices = voices.length;
			live.figures['fields of an entry'] = Object.keys(first).sort().join(', ');
			return { hasId: 'id' in first, hasVoiceId: 'voice_id' in first };
		},
	},
	{
		name: 'The list of noise suppression engines',
		assumed: 'Each engine of the list has `value` and `label`.',
		where: 'nodes/telnyx/account/listSources.ts',
		how: 'The list is fetched.',
		expected: { isEmpty: false, haveAll: true },
		async observe(live) {
			const engines = await live.send({ method: 'GET', path: '/noise_suppression_engines' });
			live.figures.engines = engines.map(({ value }: Json) => value).join(', ');
			return {
				isEmpty: engines.length === 0,
				haveAll: engines.every(({ label, value }: Json) => Boolean(label) && Boolean(value)),
			};
		},
	},
	{
		name: 'A webhook URL that leads nowhere',
		assumed:
			'Telnyx takes `https://no-webhook-url.invalid/` for an application that had no webhook URL. Its SDK requires a webhook URL with every change, and says of it only that it has a scheme such as `https`; `.invalid` is a name that never exists (RFC 6761).',
		where: 'docs/trigger.md#not-yet-verified-with-a-real-account',
		how: 'It is set as the webhook URL of an application, which is then read.',
		expected: { status: 200, isSet: true },
		observe: async (live) => await afterUpdate(live, 'https://no-webhook-url.invalid/'),
	},
	{
		name: 'A long webhook URL',
		assumed:
			'A webhook URL may be as long as the production URL and the former one together, and Telnyx returns it as it was set.',
		where: 'docs/trigger.md#not-yet-verified-with-a-real-account',
		how: `A URL of ${LONG_URL} characters, with another one in its query, is set, and the application is read.`,
		expected: { status: 200, isSet: true },
		async observe(live) {
			const start = `${live.receiver.addressOf('unused')}?previous_url=${encodeURIComponent('https://example.com/?a=b&c=ä+ö')}&set_by=`;
			return await afterUpdate(live, start.padEnd(LONG_URL, 'x'));
		},
	},
	{
		name: 'A filter that does not exist',
		assumed: 'Telnyx ignores a filter that it does not know, and lists everything.',
		where: 'nodes/operations/run/callSummary.ts',
		how: 'Call events are listed with such a filter while a call goes on.',
		expected: { status: 200, isEmpty: false },
		async observe(live) {
			await live.standing();
			await live.quiet(EVENTS_LISTED_MS);
			const path = '/call_events?filter[nothing_of_the_kind]=1&page[size]=1';
			const { body, status } = await live.request({ method: 'GET', path });
			return { status, isEmpty: !(Array.isArray(body.data) && body.data.length > 0) };
		},
	},
	{
		name: 'A filter of two characters',
		assumed: 'A `filter[…][contains]` of fewer than three characters is refused.',
		where: 'test/contract/facts.ts',
		how: 'Applications are searched for by three characters of their names, and by two.',
		expected: { three: 'accepted', two: 'refused' },
		async observe(live) {
			const search = async (text: string) => {
				const path = `/call_control_applications?filter[application_name][contains]=${text}`;
				const reply = await live.request({ method: 'GET', path });
				live.figures[`answer to ${text.length} characters`] = verdictOf(reply);
				return outcomeOf(reply);
			};
			return { three: await search('Liv'), two: await search('Li') };
		},
	},
	{
		name: 'An application that is deleted',
		assumed: 'Creating an application answers 201, deleting it 200, and it is gone at once.',
		where: 'test/simulator/routes/applications.ts',
		how: 'An application is made and deleted, and then read.',
		expected: { created: 201, deleted: 200, afterwards: 404 },
		async observe(live) {
			const { body, status } = await tryToMakeApplication({
				api: live.request,
				cleanUp: live.cleanUp,
				name: applicationName('deleted'),
				url: live.receiver.addressOf('unused'),
			});
			const path = `/call_control_applications/${body.data?.id}`;
			const deleted = await live.request({ method: 'DELETE', path });
			const afterwards = await live.request({ method: 'GET', path });
			return { created: status, deleted: deleted.status, afterwards: afterwards.status };
		},
	},
];
