/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code, never shipped */
import { getEventListeners } from 'node:events';

import { deadlineIn } from '../../nodes/telnyx/http/deadline';

it('ends when the execution is canceled, and leaves no listener behind', () => {
	const execution = new AbortController();
	const deadlines = Array.from({ length: 20 }, () => deadlineIn(60_000, execution.signal));
	expect(getEventListeners(execution.signal, 'abort')).toEqual([]);
	execution.abort();
	for (const { signal, isOver } of deadlines)
		expect([signal.aborted, isOver]).toEqual([true, false]);
});
