/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code, never shipped */
import { getEventListeners } from 'node:events';

import { deadlineIn } from '../../nodes/telnyx/http/deadline';

it('ends when the execution is canceled, with one listener for all requests', () => {
	const execution = new AbortController();
	const { signal: canceled } = execution;
	const deadlines = Array.from({ length: 20 }, () => deadlineIn(60_000, canceled));
	const file = deadlineIn(60_000, canceled);
	file.met(true);
	const read = deadlineIn(60_000, canceled);
	read.met(true);
	read.met(false);
	expect(getEventListeners(canceled, 'abort')).toHaveLength(1);
	execution.abort();
	for (const { signal, isOver } of [...deadlines, file])
		expect([signal.aborted, isOver]).toEqual([true, false]);
	expect(read.signal.aborted).toBe(false);
});

it('has ended at once if the execution was canceled before', () => {
	expect(deadlineIn(60_000, AbortSignal.abort()).signal.aborted).toBe(true);
});
