// @ts-check
const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const FOLDER = join(__dirname, '../../examples');

/** The one that answers the phone's first call. */
const FIRST = 'keypad-menu';

/**
 * A workflow of the folder `examples`, with the credential of the demo in every Telnyx node.
 * @typedef {object} Example
 * @property {string} id the name of its file
 * @property {string} name the first part of its name, which fits on a phone
 * @property {string} webhookId of its trigger
 * @property {string | undefined} application the ID of the application that it dials from
 * @property {import('../support/realN8n').WorkflowJson} workflow
 */

/**
 * @param {{ id: string, name: string }} credential
 * @returns {Example[]}
 */
function readExamples(credential) {
	const ids = readdirSync(FOLDER)
		.filter((file) => file.endsWith('.json'))
		.map((file) => file.replace('.json', ''));
	const inOrder = ids.sort((a, b) => Number(b === FIRST) - Number(a === FIRST));
	return inOrder.map((id) => {
		const content = JSON.parse(readFileSync(join(FOLDER, `${id}.json`), 'utf8'));
		const nodes = content.nodes.map((/** @type {any} */ node) =>
			node.type.startsWith('n8n-nodes-telnyx-advanced.')
				? { ...node, credentials: { telnyxAdvancedApi: credential } }
				: node,
		);
		return {
			id,
			name: content.name.split(':')[0],
			webhookId: nodes.find((/** @type {any} */ { webhookId }) => webhookId).webhookId,
			application: /connection_id[^}]*?"(\d{15,})"/.exec(JSON.stringify(content))?.[1],
			workflow: { id, ...content, nodes },
		};
	});
}

module.exports = { readExamples };
