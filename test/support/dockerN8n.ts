/* eslint-disable @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
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
	command: (args, { userFolder, env }) => [
		'docker',
		[
			...['run', '--rm', '--init', '--network=host', `--user=${userAndGroup()}`],
			...[`--volume=${userFolder}:${userFolder}`, `--workdir=${userFolder}`],
			// Docker takes their values from its own environment, so that nobody sees them in a list of processes.
			...Object.keys(env)
				.filter((name) => name !== 'PATH')
				.map((name) => `--env=${name}`),
			IMAGE,
			...args,
		],
	],
	path: process.env.PATH,
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
