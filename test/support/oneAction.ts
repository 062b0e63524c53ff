import { credentialFor } from './credential';
import { runActionAt, type RunOptions } from './engine';
import { useRecorder } from './recorder';

/** Operations, and a setting that the tests of failures need. */
export const DTMF = { resource: 'input', operation: 'sendDtmf' };
export const SIPREC = { resource: 'siprec', operation: 'startSiprec' };
export const NOISE = { resource: 'noiseSuppression', operation: 'startNoiseSuppression' };
export const STATE = { resource: 'call', operation: 'updateClientState' };

/** The API key of the node, which may be in nothing that it puts out. */
const API_KEY = 'KEY-must-not-show';

/** Telnyx's answer to a request that it refuses, with its errors. */
export const refuses =
	(status: number, ...errors: unknown[]) =>
	() => ({ status, body: { errors } });

/** For a test file about what becomes of one command, which is tried once. */
export function useOneAction() {
	const telnyx = useRecorder();
	const credential = () => credentialFor(telnyx, { apiKey: API_KEY });
	const run = async (fields: Record<string, unknown>, more: Partial<RunOptions> = {}) =>
		await runActionAt(
			telnyx,
			{ call_control_id: 'v3:abc', request_options: { attempts: 1 }, ...fields },
			{ credential: credential(), ...more },
		);
	return { telnyx, credential, run };
}
