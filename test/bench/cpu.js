// @ts-check
const { fork } = require('node:child_process');
const { once } = require('node:events');
const { join } = require('node:path');

const { API_KEY } = require('./api');
require('./typescript');

const { sendsDtmf } = require('../support/manyCommands');
const { TYPES, runAction } = require('../support/engine');

const COUNT = 1000;
const ROUNDS = 7;
const AT_ONCE = 25;

/** Nothing but n8n's HTTP helper in a loop, as many at once as our node has. */
const helperOnly = {
	description: {
		...TYPES.passOn.description,
		name: 'helperOnly',
		credentials: [{ name: 'telnyxAdvancedApi', required: true }],
	},
	/** @this {import('n8n-workflow').IExecuteFunctions} */
	async execute() {
		const items = this.getInputData();
		const { customBaseUrl } = await this.getCredentials('telnyxAdvancedApi');
		const queue = items.entries();
		const worker = async () => {
			for (const [index, { json }] of queue) {
				await this.helpers.httpRequestWithAuthentication.call(this, 'telnyxAdvancedApi', {
					method: 'POST',
					url: `${customBaseUrl}/calls/${json.call}/actions/send_dtmf`,
					body: JSON.stringify({ digits: json.digits, command_id: `${index}` }),
					headers: { 'Content-Type': 'application/json' },
					json: true,
					returnFullResponse: true,
					ignoreHttpStatusErrors: true,
				});
			}
		};
		await Promise.all(Array.from({ length: AT_ONCE }, worker));
		return [items];
	},
};

/**
 * The time of the processor that a command takes in n8n's engine, in milliseconds: by our node, and by
 * the HTTP helper that it uses.
 */
async function measureCpu() {
	TYPES.helperOnly = helperOnly;
	const api = fork(join(__dirname, 'api.js'));
	const [{ baseUrl }] = await once(api, 'message');
	const items = Array.from({ length: COUNT }, (_, index) => ({
		call: `v3:call-${index % 100}`,
		digits: `${index}`,
	}));
	const { parameters } = sendsDtmf();
	const measure = async (/** @type {Partial<import('n8n-workflow').INode>} */ settings) => {
		const before = process.cpuUsage();
		const { error, output } = await runAction({
			credential: { apiKey: API_KEY, publicKey: '', baseUrl: 'custom', customBaseUrl: baseUrl },
			parameters,
			items,
			settings,
		});
		if (error || output.length !== COUNT) throw error ?? new Error('Items were lost');
		const { user, system } = process.cpuUsage(before);
		return (user + system) / 1000 / COUNT;
	};
	try {
		const node = [];
		const helper = [];
		for (let round = 0; round < ROUNDS; round += 1) {
			helper.push(await measure({ type: 'helperOnly' }));
			node.push(await measure({}));
		}
		return { node: median(node), helper: median(helper) };
	} finally {
		api.kill();
	}
}

/** Of the later half: the first rounds warm the engine up. @param {number[]} values */
const median = (values) =>
	values.slice(Math.floor(ROUNDS / 2)).sort((a, b) => a - b)[Math.floor(ROUNDS / 4)];

module.exports = { measureCpu };
