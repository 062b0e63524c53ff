// @ts-check
import { readable } from './element.js';

/** @typedef {ReturnType<typeof import('../state').callOf>} Call */

/** Of what fails without anything being wrong. */
export const NORMAL = 'This is normal in a test.';

/** Names of what goes on during a call, where the simulator's are too short. */
export const CHIPS = /** @type {Record<string, string>} */ ({
	recording: 'Recording',
	streaming: 'Streaming',
	transcription: 'Transcribing',
	conversation: 'AI assistant',
	queue: 'In a queue',
	conference: 'In a conference',
	fork: 'Forked',
	'noise suppression': 'Noise suppression',
});

export const CAUSES = /** @type {Record<string, string>} */ ({
	call_rejected: 'Declined',
	user_busy: 'Busy',
	originator_cancel: 'Cancelled',
	timeout: 'No answer',
	time_limit: 'Time is up',
});

/** @param {Call} call */
export const isOver = (call) => call.state === 'ended';
/** @param {Call} call */
export const isTalking = (call) => call.state === 'answered' || call.state === 'bridged';
/** Whose phone it is. @param {Call} call */
export const numberOf = (call) => (call.direction === 'incoming' ? call.from : call.to);
/** The same to be read. @param {Call} call */
export const other = (call) => readable(numberOf(call));

/** @param {Call} [call] */
export function stateName(call) {
	if (!call) return 'idle';
	if (isOver(call)) return 'over';
	if (isTalking(call)) return 'talking';
	return call.direction === 'outgoing' ? 'asked' : 'ringing';
}
