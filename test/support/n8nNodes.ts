/** Nodes of n8n itself, without a name and a place in a workflow. */
import { NODE_VERSION } from '../../nodes/shared/nodeTypes';

/** Starts the workflow with what is posted to `/webhook/<path>`. */
export const webhook = (path: string) => ({
	type: 'n8n-nodes-base.webhook',
	typeVersion: 2,
	webhookId: path,
	parameters: { path, httpMethod: 'POST' },
});

/**
 * HTTP Request that posts JSON.
 * @param jsonBody an expression
 */
export const post = (url: string, jsonBody: string) => ({
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.2,
	parameters: { method: 'POST', url, sendBody: true, specifyBody: 'json', jsonBody, options: {} },
});

/**
 * Wait that goes on with what is posted to the execution's own address.
 * @param webhookId differs from those of other Wait nodes
 * @param limit none unless given
 */
export const waitForPost = (webhookId: string, limit?: { minutes: number }) => ({
	type: 'n8n-nodes-base.wait',
	typeVersion: 1.1,
	webhookId,
	parameters: {
		resume: 'webhook',
		httpMethod: 'POST',
		...(limit && { limitWaitTime: true, resumeAmount: limit.minutes, resumeUnit: 'minutes' }),
		options: {},
	},
});

/** Edit Fields that puts out this and nothing else. */
export const set = (fields: object) => ({
	type: 'n8n-nodes-base.set',
	typeVersion: 3.4,
	parameters: { mode: 'raw', jsonOutput: JSON.stringify(fields) },
});

/** Wait that only takes its time. */
export const waitSecs = (amount: number) => ({
	type: 'n8n-nodes-base.wait',
	typeVersion: 1.1,
	parameters: { amount, unit: 'seconds' },
});

/** A value chosen by its ID, in a field that offers a list. */
export const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** For nodes of which only the type is given. */
export const versionOf = (type: string) =>
	type.startsWith('n8n-nodes-telnyx-advanced.') ? NODE_VERSION : 1;
