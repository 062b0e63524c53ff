import { assertRemoved } from '../api';
import { verdictOf, type Live } from '../live';
import type { Observation } from '../observation';

/** Starts SIPREC, and says what Telnyx answers and which event follows. */
async function startSiprec(live: Live, connector_name: string) {
	const { called } = await live.connect();
	const reply = await live.tryCommand(called, 'siprec_start', { connector_name });
	const failed = await live.eventIfAny({
		type: 'siprec.failed',
		leg: called,
		timeoutMs: 45_000,
	});
	if (failed) live.figures.cause = String(failed.payload.failure_cause);
	return {
		reply: verdictOf(reply),
		event: failed?.type ?? 'none',
		started: live.events({ type: 'siprec.started', leg: called }).length,
	};
}

/** What leads a call's sound elsewhere. */
export const media: Observation[] = [
	{
		name: 'SIPREC to a connector that does not exist',
		assumed: 'The command is accepted, and `siprec.failed` follows.',
		where: 'test/simulator/commands/media.ts',
		how: 'SIPREC is started with a name that no connector has.',
		expected: { reply: '200', event: 'siprec.failed', started: 0 },
		observe: async (live) => await startSiprec(live, live.uniqueName('none')),
	},
	{
		name: 'SIPREC to a recording server that does not answer',
		assumed: 'The command is accepted, and `siprec.failed` follows.',
		where: 'docs/delivery.md#commands-without-a-command-id',
		how: 'A connector is made that leads to an address where nobody listens, and SIPREC is started with it.',
		expected: { reply: '200', event: 'siprec.failed', started: 0 },
		async observe(live) {
			const name = live.uniqueName('fail');
			const path = `/siprec_connectors/${name}`;
			live.cleanUp.push('a SIPREC connector', async () =>
				assertRemoved(
					await live.request({ method: 'DELETE', path }),
					'Deleting a SIPREC connector',
				),
			);
			await live.send({
				method: 'POST',
				path: '/siprec_connectors',
				// An address for documentation (RFC 5737), where nobody is.
				body: { name, host: '192.0.2.1', port: 5060 },
			});
			return await startSiprec(live, name);
		},
	},
	{
		name: 'A media stream to an address that does not exist',
		assumed: 'The command is accepted, and `streaming.failed` follows.',
		where: 'test/simulator/features.ts',
		how: 'A stream is started to a name that never exists.',
		expected: { reply: '200', failed: true },
		async observe(live) {
			const { called } = await live.connect();
			const reply = await live.tryCommand(called, 'streaming_start', {
				stream_url: 'wss://fail.invalid/',
			});
			const failed = await live.eventIfAny({ type: 'streaming.failed', leg: called });
			if (failed) live.figures.reason = String(failed.payload.failure_reason);
			return { reply: verdictOf(reply), failed: failed !== undefined };
		},
	},
	{
		name: 'Noise suppression',
		assumed: 'It is switched on and off without any event.',
		where: 'test/simulator/commands/media.ts',
		how: 'It is switched on and off in a call.',
		expected: { on: '200', off: '200', events: [] },
		async observe(live) {
			const { called } = await live.connect();
			const before = live.typesOf(called).length;
			const on = await live.tryCommand(called, 'suppression_start', { direction: 'inbound' });
			await live.quiet(2000);
			const off = await live.tryCommand(called, 'suppression_stop');
			await live.quiet(3000);
			return {
				on: verdictOf(on),
				off: verdictOf(off),
				events: live.typesOf(called).slice(before),
			};
		},
	},
];
