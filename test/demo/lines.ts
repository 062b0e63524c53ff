import type { LineWorkflow } from '../simulator/types';
import { aboutOf, type Example } from '../support/examples';
import type { Rest } from '../support/n8nSession';

/** For a workflow of one's own. */
export const OWN_LINE = {
	id: '1000000000000000001',
	name: 'Yours: free to try',
	idle: 'This line is free for a workflow of your own. In n8n, start one with Telnyx Advanced Trigger, choose the application “Yours: free to try”, and publish it. Until then nobody answers here.',
};

/** The applications of the demo, and what the phone shows of the workflows that have them. */
export const linesOf = (examples: Example[]) => [
	OWN_LINE,
	...examples.map(({ application, name, webhookUrl }) => ({
		id: application,
		name,
		webhookUrl,
		idle: `The example “${name}” is not published. Publish it in n8n, or choose this application in the trigger of a workflow of your own.`,
	})),
];

/**
 * The workflow that gets what is sent to an address: the trigger wrote its ID there, and a webhook of
 * n8n has its own.
 * @param editor the address of n8n's editor
 */
export async function workflowAt(
	rest: Rest,
	editor: string,
	address: string,
): Promise<LineWorkflow | undefined> {
	const id = await idOf(rest, new URL(address));
	if (!id) return undefined;
	const { name, nodes } = (await rest('GET', `/workflows/${id}`)).body.data;
	const about = aboutOf(nodes);
	return { name: name.split(':')[0], ...(about && { about }), page: `${editor}/workflow/${id}` };
}

async function idOf(rest: Rest, { pathname, searchParams }: URL): Promise<string | undefined> {
	const setBy = searchParams.get('set_by');
	if (setBy) return setBy.split('.')[0];
	const [, webhookId] = /^\/webhook(?:-test)?\/([^/]+)/.exec(pathname) ?? [];
	if (!webhookId) return undefined;
	const { data } = (await rest('GET', '/workflows')).body;
	for (const { id } of data) {
		const { nodes } = (await rest('GET', `/workflows/${id}`)).body.data;
		if (nodes.some((node: { webhookId?: string }) => node.webhookId === webhookId)) return id;
	}
	return undefined;
}
