import * as n8nWorkflow from 'n8n-workflow';

/**
 * Whether this is n8n 1, which lacks the constant that is looked for here. It can neither fail a node that has
 * paused, nor use any output but the first after a wait.
 */
export const isN8n1 = !('WAIT_FOR_SUB_EXECUTION' in n8nWorkflow);
