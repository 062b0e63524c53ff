import { eventually } from './eventually';
import type { Recorded, Recorder } from './recorder';

/** Telnyx dials, and gives each leg the last digit of the number as its ID. */
export const dialing: Recorder['answer'] = ({ url, body }) => {
	if (!url.endsWith('/calls') || body === '') return { body: { data: {} } };
	return { body: { data: { call_control_id: legTo((JSON.parse(body) as { to: string }).to) } } };
};

/** The leg that `dialing` makes for a number. */
export const legTo = (number: string): string => `v3:${number.slice(-1)}`;

/** The client state that the events of a leg have: that of the last command for it. */
export const clientStateOf = ({ requests }: Pick<Recorder, 'requests'>, leg: string): unknown =>
	requests
		.filter(({ body }) => body !== '')
		.filter((request) => legOf(request) === leg || isDialOf(request, leg))
		.map(bodyOf)
		.findLast(({ client_state }) => client_state !== undefined)?.client_state;

const isDialOf = (request: Recorded, leg: string): boolean =>
	request.url.endsWith('/calls') && legTo(String(bodyOf(request).to)) === leg;

/** The commands on calls that a recorder has got, by their names in the API. */
export function callCommands(telnyx: Pick<Recorder, 'requests'>) {
	const commands = (action: string): Recorded[] =>
		telnyx.requests.filter(({ url }) => url.endsWith(`/actions/${action}`));
	const dials = (): Recorded[] =>
		telnyx.requests.filter(({ url, method }) => method === 'POST' && url.endsWith('/calls'));
	const atLeast = async (what: string, count: number, read: () => Recorded[]) =>
		await eventually(what, () => (read().length >= count ? read() : undefined));
	return {
		commands,
		dials,
		/** Waits for so many of them. */
		sent: async (action: string, count = 1) =>
			await atLeast(`${action} to be sent`, count, () => commands(action)),
		dialed: async (count = 1) => await atLeast('the dial', count, dials),
	};
}

/** The body of a request. */
export const bodyOf = ({ body }: Pick<Recorded, 'body'>) =>
	JSON.parse(body) as Record<string, unknown>;

/** The leg that a command is for. */
export const legOf = ({ url }: Pick<Recorded, 'url'>): string | undefined =>
	/\/calls\/([^/]+)\/actions\//.exec(decodeURIComponent(url))?.[1];
