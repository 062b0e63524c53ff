import type { IHookFunctions } from 'n8n-workflow';

/** Writes into n8n's log what a trigger does or cannot do. */
export const log = (context: IHookFunctions, level: 'info' | 'warn', what: string): void =>
	context.logger[level](
		`Telnyx trigger "${context.getNode().name}" of workflow ${context.getWorkflow().id}${what}`,
	);
