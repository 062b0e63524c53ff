/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { TELNYX } from './credential';
import { byId } from './n8nNodes';

const FOLDER = join(__dirname, '../../examples/agents');

/** A chat model with the credential `model`. */
export const MODEL = {
	type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
	typeVersion: 1.2,
	parameters: { model: byId('a-model') },
	credentials: { openAiApi: { id: 'model', name: 'model' } },
};

interface ExampleNode {
	type: string;
	webhookId?: string;
	parameters: object;
}

/**
 * A workflow of the folder `examples/agents`, with what its note asks for filled in: the credentials
 * `telnyx` and `model`, and the Call Control application, if one is given.
 * @param parameters of our nodes besides
 */
export function agentExample(id: string, application?: string, parameters: object = {}) {
	const { nodes, connections } = JSON.parse(readFileSync(join(FOLDER, `${id}.json`), 'utf8')) as {
		nodes: ExampleNode[];
		connections: object;
	};
	const isOurs = ({ type }: ExampleNode) => type.startsWith('n8n-nodes-telnyx');
	const filledIn = nodes.map((node) => ({
		...node,
		...(node.webhookId && { webhookId: id }),
		...(isOurs(node) && {
			credentials: TELNYX,
			parameters: {
				...node.parameters,
				...(application !== undefined &&
					'connection_id' in node.parameters && { connection_id: byId(application) }),
				...parameters,
			},
		}),
		...(node.type === MODEL.type && MODEL),
	}));
	return { id, name: id, nodes: filledIn, connections, settings: { executionOrder: 'v1' } };
}
