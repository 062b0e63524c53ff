// @ts-check
const { mkdir, writeFile } = require('node:fs/promises');
const { join } = require('node:path');

/**
 * The least that a trigger node with a webhook can do: n8n lets no other node than its own Webhook be
 * faster.
 */
const SOURCE = `
exports.TrivialTrigger = class {
	description = {
		displayName: 'Trivial Trigger',
		name: 'trivialTrigger',
		group: ['trigger'],
		version: 1,
		description: 'Returns the body',
		defaults: { name: 'Trivial Trigger' },
		inputs: [],
		outputs: ['main'],
		webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' }],
		properties: [],
	};
	async webhook() {
		return { webhookResponse: 'Accepted', workflowData: [[{ json: this.getBodyData() }]] };
	}
};`;

/**
 * Writes a package with it, for N8N_CUSTOM_EXTENSIONS.
 * @param {string} folder
 */
async function writeTrivialTrigger(folder) {
	const path = join(folder, 'n8n-nodes-trivial');
	await mkdir(join(path, 'nodes'), { recursive: true });
	await writeFile(join(path, 'nodes/TrivialTrigger.node.js'), SOURCE);
	await writeFile(
		join(path, 'package.json'),
		JSON.stringify({
			name: 'n8n-nodes-trivial',
			version: '1.0.0',
			n8n: { n8nNodesApiVersion: 1, nodes: ['nodes/TrivialTrigger.node.js'] },
		}),
	);
	return path;
}

module.exports = { writeTrivialTrigger };
