import type { WorkflowExecute } from 'n8n-core';

import { deadlines } from '../../nodes/waiting/deadlines';

const started = new Set<WorkflowExecute>();

/** Notes an execution that n8n's engine runs, so that it can be cancelled. */
export function noted(execution: WorkflowExecute): WorkflowExecute {
	started.add(execution);
	return execution;
}

/** The member of n8n's class that its type does not declare. */
interface Inner {
	readonly abortController: AbortController;
}

/** Cancels what the executions of a test still send or wait for once the test is over. */
export function cancelAfterwards(): void {
	afterEach(() => {
		for (const execution of started) (execution as unknown as Inner).abortController.abort();
		started.clear();
	});
	afterAll(() => deadlines.clear());
}
