/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- test code, never shipped */
import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { INode, INodeType } from 'n8n-workflow';

import type { TelnyxAdvanced } from '../../nodes/TelnyxAdvanced/TelnyxAdvanced.node';
import { built } from '../support/built';
import { ACTION, runAction, TYPES } from '../support/engine';
import { sendsDtmf } from '../support/manyCommands';
import { API_KEY } from './api';
import { HelperOnly } from './yardsticks/HelperOnly.node.js';

const COUNT = 500;
const ROUNDS = 40;

interface BuiltAction {
	TelnyxAdvanced: new () => TelnyxAdvanced;
}

async function measureHere(): Promise<Cpu> {
	const ours = built<BuiltAction>('nodes/TelnyxAdvanced/TelnyxAdvanced.node.js');
	TYPES[ACTION] = new ours.TelnyxAdvanced();
	TYPES.helperOnly = new HelperOnly() as unknown as INodeType;
	const api = fork(join(__dirname, 'api.ts'), process.argv.slice(2));
	const [{ baseUrl }] = await once(api, 'message');
	const items = Array.from({ length: COUNT }, (_, index) => ({
		call: `v3:call-${index % 100}`,
		digits: `${index}`,
	}));
	// Without expressions: it is n8n that works them out.
	const { parameters } = sendsDtmf({ call_control_id: 'v3:call', digits: '1' });
	const measure = async (settings: Partial<INode>) => {
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
		// Other load on the machine can only add to it.
		return { node: Math.min(...node), helper: Math.min(...helper) };
	} finally {
		api.kill();
	}
}

/**
 * The time of the processor that a command takes in n8n's engine, in milliseconds: by our node, and by
 * the HTTP helper that it uses.
 */
type Cpu = { node: number; helper: number };

/**
 * Over HTTP, and over HTTPS as with Telnyx, each in a process of its own.
 * @param folder for a certificate, which openssl makes
 */
export async function measureCpu(folder: string): Promise<{ http: Cpu; https: Cpu }> {
	const [key, cert] = ['key.pem', 'cert.pem'].map((name) => join(folder, name));
	const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
	const how = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
	execFileSync('openssl', ['req', ...how, ...subject, '-keyout', key, '-out', cert], {
		stdio: 'pipe',
	});
	const tls = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
	const measure = async (...args: string[]) => {
		const env = { ...process.env, NODE_EXTRA_CA_CERTS: cert };
		const [measured] = await once(fork(__filename, args, { env }), 'message');
		return measured;
	};
	return { http: await measure(), https: await measure(JSON.stringify(tls)) };
}

if (require.main === module) {
	void measureHere().then((measured) => process.send?.(measured, () => process.exit()));
}
