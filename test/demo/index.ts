/* eslint-disable @n8n/community-nodes/no-restricted-globals, no-console -- test code, never shipped */
import { pullN8n } from '../support/dockerN8n';
import { run, stopAll } from '../support/guarded';
import { installN8n } from '../support/installN8n';
import { startDemo, type Demo } from './demo';
import { enterHome } from './home';
import { makeProgress } from './progress';

/** The signals of Ctrl-C, and of other ways to end the demo. */
const interrupt = new AbortController();

/**
 * `npm run demo`: a real n8n with the example workflows, and a phone to call them with. It needs
 * neither an account at Telnyx nor an address on the internet. `--reset` starts afresh, `--docker` runs
 * n8n in its Docker image.
 */
async function main() {
	const options = process.argv.slice(2);
	if (!options.every((option) => ['--reset', '--docker'].includes(option))) {
		throw new Error(
			"Unknown option. There are two: 'npm run demo -- --reset' starts afresh, without what was changed in the editor; '--docker' runs n8n in Docker.",
		);
	}
	const progress = makeProgress(process.stdout);
	const home = await enterHome({ isReset: options.includes('--reset') });
	let demo: Demo | undefined;
	try {
		const installation = options.includes('--docker')
			? await pullN8n(progress.show)
			: await installN8n({ onProgress: progress.show });
		progress.show('Building the package');
		await run('npm', ['run', 'build']);
		demo = await startDemo({ installation, home, onProgress: progress.show });
		progress.end();
		console.log(['', ...demo.lines, ''].join('\n'));
		await demo.ended;
	} finally {
		if (interrupt.signal.aborted) progress.show('Ending');
		await demo?.stop();
		await home.leave();
		progress.end();
	}
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
	process.on(signal, () => {
		interrupt.abort();
		void stopAll();
	});
}

main().catch((error) => {
	// What is under way when it is interrupted fails.
	if (interrupt.signal.aborted) return;
	console.error(`\n${error.message}`);
	process.exitCode = 1;
});
