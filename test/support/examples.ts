/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @typescript-eslint/no-explicit-any -- test code, never shipped */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(__dirname, '../../examples');
const OURS = 'n8n-nodes-telnyx-advanced.';

const CALLED_BY_ANOTHER = 'n8n-nodes-base.executeWorkflowTrigger';

/** The example that is shown first. */
const FIRST = 'keypad-menu';

/**
 * A workflow of the folder `examples`, with what its note asks for filled in: the credential, and the
 * Call Control application.
 */
export interface Example {
	/** The name of its file. */
	id: string;
	/** Its content, as people import it. */
	file: string;
	/** The first part of its name, which fits on a phone. */
	name: string;
	/** What it does, by the first sentences of its note. */
	about: string;
	/** The ID of its application, always the same. */
	application: string;
	/** Whether a trigger or another workflow starts it; otherwise it is started by hand. */
	isPublished: boolean;
	/** Where its application sends events before a trigger says so. */
	webhookUrl: string | undefined;
	workflow: { id: string; name: string; nodes: ExampleNode[]; connections: object };
}

/** Reads the examples. */
export function readExamples(credential: { id: string; name: string }): Example[] {
	const ids = readdirSync(FOLDER)
		.filter((file) => file.endsWith('.json'))
		.map((file) => file.replace('.json', ''));
	const inOrder = ids.sort((a, b) => Number(b === FIRST) - Number(a === FIRST));
	return inOrder.map((id) => {
		const file = readFileSync(join(FOLDER, `${id}.json`), 'utf8');
		const content = JSON.parse(file);
		const application = applicationId(id);
		const nodes: ExampleNode[] = content.nodes.map((node: ExampleNode) =>
			node.type.startsWith(OURS) ? filledIn(node, credential, application) : node,
		);
		const hasTrigger = nodes.some(({ webhookId }) => webhookId);
		return {
			id,
			file,
			name: content.name.split(':')[0],
			about: aboutOf(nodes),
			application,
			isPublished: hasTrigger || nodes.some(({ type }) => type === CALLED_BY_ANOTHER),
			// Telnyx wants one for every application, and nobody is to get these events.
			webhookUrl: hasTrigger ? undefined : 'http://127.0.0.1:9/',
			workflow: { id, ...content, nodes },
		};
	});
}

/** What a workflow does, by the first sentences of its note; empty if it has none. */
export function aboutOf(nodes: ExampleNode[]): string {
	const note = nodes.find(({ type }) => type === 'n8n-nodes-base.stickyNote');
	return (note?.parameters.content?.split('\n')[1] ?? '').replaceAll('*', '');
}

type ExampleNode = {
	name: string;
	type: string;
	webhookId?: string;
	parameters: Record<string, any>;
};

function filledIn(
	node: ExampleNode,
	credential: { id: string; name: string },
	application: string,
) {
	const { connection_id } = node.parameters;
	const chosen = connection_id && { connection_id: { ...connection_id, value: application } };
	return {
		...node,
		parameters: { ...node.parameters, ...chosen },
		credentials: { telnyxAdvancedApi: credential },
	};
}

/** A number as long as Telnyx's own. */
const applicationId = (name: string) =>
	BigInt(`0x1${createHash('sha256').update(name).digest('hex').slice(0, 15)}`).toString();
