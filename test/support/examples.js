// @ts-check
const { createHash } = require('node:crypto');
const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const FOLDER = join(__dirname, '../../examples');
const OURS = 'n8n-nodes-telnyx-advanced.';

/** The one that comes first where they are shown. */
const FIRST = 'keypad-menu';

/**
 * A workflow of the folder `examples`, with what its note asks for filled in: the credential, and the
 * Call Control application.
 * @typedef {object} Example
 * @property {string} id the name of its file
 * @property {string} file its content, as people import it
 * @property {string} name the first part of its name, which fits on a phone
 * @property {string} about what it does, by the first sentences of its note
 * @property {string} application the ID of its application, always the same
 * @property {boolean} isPublished whether a trigger starts it; without one it is started by hand
 * @property {string | undefined} webhookUrl where its application sends events before a trigger says so
 * @property {{ id: string, name: string, nodes: ExampleNode[], connections: object }} workflow
 */

/**
 * Reads the examples.
 * @param {{ id: string, name: string }} credential
 * @returns {Example[]}
 */
function readExamples(credential) {
	const ids = readdirSync(FOLDER)
		.filter((file) => file.endsWith('.json'))
		.map((file) => file.replace('.json', ''));
	const inOrder = ids.sort((a, b) => Number(b === FIRST) - Number(a === FIRST));
	return inOrder.map((id) => {
		const file = readFileSync(join(FOLDER, `${id}.json`), 'utf8');
		const content = JSON.parse(file);
		const application = applicationId(id);
		/** @type {ExampleNode[]} */
		const nodes = content.nodes.map((/** @type {ExampleNode} */ node) =>
			node.type.startsWith(OURS) ? filledIn(node, credential, application) : node,
		);
		const note = nodes.find(({ type }) => type === 'n8n-nodes-base.stickyNote');
		return {
			id,
			file,
			name: content.name.split(':')[0],
			about: (note?.parameters.content?.split('\n')[1] ?? '').replaceAll('*', ''),
			application,
			isPublished: nodes.some(({ webhookId }) => webhookId),
			// Telnyx wants one for every application, and nobody is to get these events.
			webhookUrl: nodes.some(({ webhookId }) => webhookId) ? undefined : 'http://127.0.0.1:9/',
			workflow: { id, ...content, nodes },
		};
	});
}

/** @typedef {{ type: string, webhookId?: string, parameters: Record<string, any> }} ExampleNode */

/** @param {ExampleNode} node @param {{ id: string, name: string }} credential @param {string} application */
function filledIn(node, credential, application) {
	const { connection_id } = node.parameters;
	const chosen = connection_id && { connection_id: { ...connection_id, value: application } };
	return {
		...node,
		parameters: { ...node.parameters, ...chosen },
		credentials: { telnyxAdvancedApi: credential },
	};
}

/** A number as long as Telnyx' own. @param {string} name */
const applicationId = (name) =>
	BigInt(`0x1${createHash('sha256').update(name).digest('hex').slice(0, 15)}`).toString();

module.exports = { readExamples };
