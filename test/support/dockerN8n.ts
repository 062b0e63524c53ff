/* eslint-disable @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { randomBytes } from 'node:crypto';

import type { OnProgress } from './cache';
import { run } from './guarded';
import { N8N_VERSION, type N8nProgram } from './installN8n';

const IMAGE = `n8nio/n8n:${N8N_VERSION}`;

/**
 * n8n in its Docker image, as if it were installed on this machine: on its network, as the same user, with
 * the same folders.
 */
export const dockerN8n: N8nProgram = {
	version: N8N_VERSION,
	launch: (args, { userFolder, env: { HOME, ...env } }) => {
		const container = `telnyx-n8n-${randomBytes(4).toString('hex')}`;
		return {
			command: [
				'docker',
				[
					...['run', '--rm', '--init', `--name=${container}`],
					...['--network=host', `--user=${userAndGroup()}`],
					...[`--volume=${userFolder}:${userFolder}`, `--workdir=${userFolder}`],
					`--env=HOME=${HOME}`,
					// Docker takes their values from its own environment, so that nobody sees them in a list of processes.
					...Object.keys(env).map((name) => `--env=${name}`),
					IMAGE,
					...args,
				],
			],
			// The user's HOME and variables tell the client where Docker is.
			env: { ...process.env, ...env },
			// A client that is killed leaves its container running.
			cleanUp: ['docker', ['rm', '--force', '--volumes', container]],
		};
	},
	advice: `Docker ran the image ${IMAGE}.`,
};

const userAndGroup = () => `${process.getuid?.()}:${process.getgid?.()}`;

/**
 * Fetches the image unless it is there.
 * @throws with what to do about it
 */
export async function pullN8n(onProgress: OnProgress): Promise<N8nProgram> {
	if (process.platform !== 'linux') {
		throw new Error("With Docker, the demo runs on Linux only. Use 'npm run demo'.");
	}
	onProgress(`Fetching the Docker image ${IMAGE}, which takes some minutes the first time`);
	await run('docker', ['pull', '--quiet', IMAGE]).catch((error) => {
		throw new Error(
			`Docker could not fetch the image ${IMAGE}. What it said follows.\n\n${error.message}`,
		);
	});
	return dockerN8n;
}
