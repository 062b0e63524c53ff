// @ts-check
const { startSimulator } = require('../simulator');
const { makeKeyPair } = require('../simulator/keys');
const { readExamples } = require('../support/examples');
const { n8nServer } = require('../support/n8nServer');
const { signIn, signUp } = require('../support/n8nSession');
const { installByHand, pack } = require('../support/packed');
const { freePorts, isFree } = require('../support/ports');
const { webhooksReady } = require('../support/realN8n');
const { openDoor } = require('./door');

/** @typedef {import('./home').Home} Home */

const PORTS = { n8n: 5678, editor: 5688, phone: 5698 };
const CREDENTIAL = { id: 'telnyx', name: 'Telnyx (simulator)' };
/** n8n would call itself localhost, which is not everywhere the address where it listens. */
const ENVIRONMENT = { N8N_HOST: '127.0.0.1' };
/** That the example of a recording names. */
const CONNECTORS = ['my-siprec-connector'];

/**
 * @typedef {object} Demo
 * @property {string[]} lines what somebody has to know
 * @property {Promise<void>} ended rejects when n8n ends by itself
 * @property {() => Promise<void>} stop
 */

/**
 * @param {object} options
 * @param {import('../support/installN8n').Installation} options.installation
 * @param {Home} options.home
 * @param {import('../support/cache').OnProgress} options.onProgress
 * @returns {Promise<Demo>}
 */
async function startDemo({ installation, home, onProgress }) {
	/** @type {Array<() => Promise<void>>} */
	const endings = [];
	const stop = async () => {
		for (const end of endings.splice(0).reverse()) await end();
	};
	try {
		onProgress('Installing the package into n8n');
		await installByHand(home.userFolder, { tarball: await pack(home.userFolder) });

		const port = await choosePort('n8n', PORTS.n8n, onProgress);
		const server = await n8nServer({
			installation,
			port,
			userFolder: home.userFolder,
			env: ENVIRONMENT,
			isKept: true,
		});
		const examples = readExamples(CREDENTIAL);
		const editorPort = await choosePort('the editor', PORTS.editor, onProgress);
		const { account, examples: known } = home.memory;
		const simulator = await startSimulator({
			port: await choosePort('the phone', PORTS.phone, onProgress),
			apiKey: account?.apiKey,
			keys: account && makeKeyPair(account.privateKey),
			connectors: CONNECTORS,
			applications: examples.map(({ about, application, id, name, webhookUrl }) => ({
				id: application,
				name,
				about,
				webhookUrl,
				page: `http://127.0.0.1:${editorPort}/workflow/${id}`,
			})),
		});
		endings.push(simulator.close);

		const fresh = examples.filter(({ id }) => !known.includes(id));
		if (account?.baseUrl !== simulator.baseUrl) {
			onProgress('Connecting n8n to the phone');
			await server.add('credentials', [credentialFor(simulator)]);
			const { apiKey, baseUrl, keys } = simulator;
			home.memory.account = { apiKey, baseUrl, privateKey: keys.privateKey };
			await home.remember();
		}
		if (fresh.length > 0) onProgress('Importing the example workflows');
		await server.add(
			'workflow',
			fresh.map(({ workflow }) => workflow),
		);

		onProgress('Starting n8n');
		const running = await server.start();
		endings.push(running.stop);
		const { cookie, rest } = await enter(server.url, home);
		for (const { id, isPublished } of fresh) {
			known.push(id);
			if (!isPublished) continue;
			const { versionId } = (await rest('GET', `/workflows/${id}`)).body.data;
			await rest('POST', `/workflows/${id}/activate`, { versionId });
			await webhooksReady(rest, id);
		}
		await home.remember();
		await simulator.settled();
		const door = await openDoor({
			port: editorPort,
			cookie: cookie(),
			editor: server.url,
			start: `/workflow/${examples[0]?.id}`,
		});
		endings.push(door.close);
		const { email, password } = /** @type {import('../support/n8nSession').Owner} */ (
			home.memory.owner
		);
		return {
			lines: [
				`Phone   ${simulator.phoneUrl}`,
				`Editor  ${door.url}/ (already signed in, as ${email}, password ${password})`,
				'Next    Open the phone and press Call: a workflow answers. Ctrl-C ends everything.',
			],
			ended: running.ended.then((code) => {
				const tail = running.log.slice(-10).map(({ message }) => message);
				throw new Error(`n8n ended with code ${code}. Its last words:\n${tail.join('\n')}`);
			}),
			stop,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}

/**
 * @param {string} what
 * @param {number} wanted
 * @param {import('../support/cache').OnProgress} onProgress
 */
async function choosePort(what, wanted, onProgress) {
	if (await isFree(wanted)) return wanted;
	const [other] = await freePorts(1);
	onProgress(`Port ${wanted} is taken, so ${what} gets port ${other}`);
	return other;
}

/** @param {import('../simulator').Simulator} simulator */
const credentialFor = ({ apiKey, baseUrl, publicKey }) => ({
	...CREDENTIAL,
	type: 'telnyxAdvancedApi',
	data: { apiKey, publicKey, baseUrl: 'custom', customBaseUrl: baseUrl },
});

/** @param {string} url @param {Home} home */
async function enter(url, { memory, newOwner, remember }) {
	if (memory.owner) {
		return await signIn(url, memory.owner).catch((error) => {
			throw new Error(
				`${error.message}\nThe password of the demo was changed. 'npm run demo -- --reset' starts afresh.`,
			);
		});
	}
	const session = await signUp(url, newOwner);
	memory.owner = newOwner;
	await remember();
	return session;
}

module.exports = { startDemo };
