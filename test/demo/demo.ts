/* eslint-disable @n8n/community-nodes/require-node-api-error -- test code, never shipped */
import { startSimulator } from '../simulator';
import { makeKeyPair } from '../simulator/keys';
import type { OnProgress } from '../support/cache';
import { storedCredential } from '../support/credential';
import { readExamples } from '../support/examples';
import type { N8nProgram } from '../support/installN8n';
import { n8nServer } from '../support/n8nServer';
import { signIn, signUp, type Owner, type Rest } from '../support/n8nSession';
import { installByHand, pack } from '../support/packed';
import { freePorts, isFree } from '../support/ports';
import { webhooksReady } from '../support/realN8n';
import { openDoor } from './door';
import type { Home } from './home';
import { linesOf, workflowAt } from './lines';
import { tryLines } from './trial';

const PORTS = { n8n: 5678, editor: 5688, phone: 5698 };
const CREDENTIAL = { id: 'telnyx', name: 'Telnyx (simulator)' };
/** By default n8n calls itself localhost, which is not always the address that it listens on. */
const ENVIRONMENT = { N8N_HOST: '127.0.0.1' };
/** The SIPREC connectors that the examples name. */
const CONNECTORS = ['my-siprec-connector'];

export interface Demo {
	/** What the user has to know. */
	lines: string[];

	/** Rejects when n8n ends by itself. */
	ended: Promise<void>;
	stop: () => Promise<void>;
}

export async function startDemo({
	installation,
	home,
	onProgress,
}: {
	installation: N8nProgram;
	home: Home;
	onProgress: OnProgress;
}): Promise<Demo> {
	const endings: Array<() => Promise<void>> = [];
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
		const editorUrl = `http://127.0.0.1:${editorPort}`;
		const { account, examples: known } = home.memory;
		// Triggers are registered while n8n starts, before anybody can sign in.
		let hasSignedIn: (rest: Rest) => void = () => {};
		const signedIn = new Promise<Rest>((resolve) => (hasSignedIn = resolve));
		const simulator = await startSimulator({
			port: await choosePort('the phone', PORTS.phone, onProgress),
			apiKey: account?.apiKey,
			keys: account && makeKeyPair(account.privateKey),
			connectors: CONNECTORS,
			applications: linesOf(examples),
			workflowAt: async (address) => await workflowAt(await signedIn, editorUrl, address),
		});
		endings.push(simulator.close);

		const hasLine = (id: string) => Boolean(simulator.applications.get(id)?.workflow);
		const fresh = examples.filter(({ id }) => !known.includes(id));
		if (account?.baseUrl !== simulator.baseUrl) {
			onProgress('Connecting n8n to the phone');
			await server.add('credentials', [storedCredential(simulator, CREDENTIAL)]);
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
		hasSignedIn(rest);
		for (const { id, isPublished } of fresh) {
			known.push(id);
			if (!isPublished) continue;
			const { versionId } = (await rest('GET', `/workflows/${id}`)).body.data;
			await rest('POST', `/workflows/${id}/activate`, { versionId });
			await webhooksReady(rest, id);
		}
		await home.remember();
		onProgress('Calling each example once');
		const tried = examples.filter(
			({ application, id, webhookUrl }) =>
				webhookUrl === undefined && (fresh.some((one) => one.id === id) || hasLine(application)),
		);
		const silent = await tryLines(
			simulator,
			rest,
			tried.map(({ application }) => application),
		);
		const door = await openDoor({
			port: editorPort,
			cookie: cookie(),
			editor: server.url,
			start: `/workflow/${examples[0]?.id}`,
		});
		endings.push(door.close);
		const { email, password } = home.memory.owner as Owner;
		return {
			lines: [
				...tried
					.filter(({ application }) => silent.includes(application))
					.map(
						({ id, name }) =>
							`Failed  “${name}” did not answer a call: ${door.url}/workflow/${id}/executions`,
					),
				`Phone   ${simulator.phoneUrl}`,
				`Editor  ${door.url}/ (already signed in, as ${email}, password ${password})`,
				'Next    Open the phone, choose an example and press Call: it answers. Ctrl-C ends everything.',
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

async function choosePort(what: string, wanted: number, onProgress: OnProgress) {
	if (await isFree(wanted)) return wanted;
	const [other] = await freePorts(1);
	onProgress(`Port ${wanted} is taken, so ${what} gets port ${other}`);
	return other;
}

async function enter(url: string, { memory, newOwner, remember }: Home) {
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
