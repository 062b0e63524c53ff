import { deadlines } from '../../nodes/waiting/deadlines';
import { SECRET_HEADER } from '../../nodes/waiting/ownRequest';
import { hashOf } from '../../nodes/waiting/wait';
import { eventually } from './eventually';
import type { Resumed } from './paused';
import type { Recorded, Recorder } from './recorder';

/** An execution that can be told something while it waits. */
interface Waiting {
	receive(body: string, headers: Record<string, string>): Promise<Resumed>;
}

/**
 * For a test file about nodes that wake up if nothing happens.
 * @param n8n takes what a node tells its execution
 */
export function useWakeUps(n8n: Pick<Recorder, 'requests'>) {
	const clocks = jest.spyOn(deadlines, 'set');
	beforeEach(() => clocks.mockClear());

	/** The wake-ups that were set, as `Deadlines.set` got them. */
	const wakeUps = () => clocks.mock.calls.filter(([name]) => name.endsWith(' pause'));

	/** The time of the last wake-up comes, and n8n hands on what the node tells its execution then. */
	async function wake({ receive }: Waiting): Promise<Resumed> {
		const [name, at, act] = await eventually('the wake-up', () => wakeUps().at(-1));
		deadlines.clear(name);
		const now = jest.spyOn(Date, 'now').mockReturnValue(at);
		/** Not what the wait of an earlier test still tells. */
		const isOwn = ({ headers }: Recorded) =>
			name === `${hashOf(String(headers[SECRET_HEADER]))} pause`;
		try {
			act();
			const told = await eventually('the execution to be told', () =>
				n8n.requests.find((one) => JSON.parse(one.body).kind === 'pause' && isOwn(one)),
			);
			return await receive(told.body, told.headers as Record<string, string>);
		} finally {
			now.mockRestore();
		}
	}

	return { wakeUps, wake };
}
