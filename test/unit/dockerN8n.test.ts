import { dockerN8n } from '../support/dockerN8n';

it('the demo runs n8n in Docker on the network, in the folder and as the user of this machine, without showing secrets', () => {
	const env = {
		HOME: '/home/me/n8n',
		N8N_PORT: '5678',
		N8N_ENCRYPTION_KEY: 'secret',
		PATH: '/bin',
	};
	const [command, args] = dockerN8n.command(['start'], { userFolder: '/home/me/n8n', env });
	expect(command).toBe('docker');
	expect(args).toEqual([
		'run',
		'--rm',
		'--init',
		'--network=host',
		expect.stringMatching(/^--user=\d+:\d+$/),
		'--volume=/home/me/n8n:/home/me/n8n',
		'--workdir=/home/me/n8n',
		'--env=HOME',
		'--env=N8N_PORT',
		'--env=N8N_ENCRYPTION_KEY',
		expect.stringMatching(/^n8nio\/n8n:\d/),
		'start',
	]);
});
