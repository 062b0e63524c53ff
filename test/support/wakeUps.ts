import { deadlines } from '../../nodes/waiting/deadlines';
import { SECRET_HEADER, type OwnRequest } from '../../nodes/waiting/ownRequest';
import { hashOf } from '../../nodes/waiting/wait';
import { eventually } from './eventually';
import type { Resumed } from './paused';
import type { Recorded, Recorder } from './recorder';

/** An execution that can be told something while it waits. */
interface Waiting {
	receive(body: string, headers: Record<string, string>): Promise<Resumed>;
}

/**
 * For a test file about nodes that go on if nothing happens.
 * @param n8n takes what a node tells its execution
 */
export function useWakeUps(n8n: Pick<Recorder, 'requests'>) {
	const clocks = jest.spyOn(deadlines, 'set');
	beforeEach(() => clocks.mockClear());
	const isWakeUp = ([name]: [name: string, ...unknown[]]) => name.endsWith(' pause');

	/** The wake-ups and the time limits that were set, as `Deadlines.set` got them. */
	const wakeUps = () => clocks.mock.calls.filter(isWakeUp);
	const timeLimits = () => clocks.mock.calls.filter((call) => !isWakeUp(call));

	/** The time of the last one comes, and n8n hands on what the node tells its execution then. */
	async function comes(
		{ receive }: Waiting,
		ofKind: typeof wakeUps,
		kind: OwnRequest['kind'],
	): Promise<Resumed> {
		const [name, at, act] = await eventually('the clock', () => ofKind().at(-1));
		deadlines.clear(name);
		const now = jest.spyOn(Date, 'now').mockReturnValue(at);
		/** Not what the wait of an earlier test still tells. */
		const isOwn = ({ headers }: Recorded) =>
			name.split(' ')[0] === hashOf(String(headers[SECRET_HEADER]));
		try {
			act();
			const told = await eventually('the execution to be told', () =>
				n8n.requests.find((one) => JSON.parse(one.body).kind === kind && isOwn(one)),
			);
			return await receive(told.body, told.headers as Record<string, string>);
		} finally {
			now.mockRestore();
		}
	}

	return {
		wakeUps,
		wake: async (one: Waiting) => await comes(one, wakeUps, 'pause'),
		runOut: async (one: Waiting) => await comes(one, timeLimits, 'timeout'),
	};
}
