import { eventually } from './eventually';
import type { Recorded, Recorder } from './recorder';

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
