import { waitForEvent as waitFor } from '../../catalogue/call/waitForEvent';
import { choices, integer } from '../../catalogue/schema/field';
import { payloadOf } from '../../telnyx/webhooks/parseEvent';
import { KEY } from '../../waiting/outcome';
import { command, transcribed } from './shared';
import { HUNG_UP, step, type NextOf } from './step';

/** The events that can be waited for, by Telnyx's types. */
const EVENTS = {
	[KEY]: { name: 'Key', description: 'The caller presses a key' },
	'call.transcription': {
		name: 'Words',
		description: 'The caller says something, while a transcription runs',
	},
	'call.bridged': { name: 'Connected', description: 'The call is connected with another one' },
	other_hung_up: {
		name: 'Other Side Hung Up',
		description: 'Whoever the call was connected with, or called for it, hangs up',
	},
	'call.recording.saved': { name: 'Recording Saved', description: 'A recording can be fetched' },
} as const;

/** The names of their outputs. n8n cuts off what is longer than about ten letters. */
const OUTPUT_NAMES: Readonly<Record<keyof typeof EVENTS, string>> = {
	[KEY]: 'Key',
	'call.transcription': 'Words',
	'call.bridged': 'Connected',
	other_hung_up: 'Other Left',
	'call.recording.saved': 'Recording',
};

const outputs = [
	{ name: 'Event', each: 'events', names: OUTPUT_NAMES },
	{ name: 'Timeout' },
	HUNG_UP,
] as const;

export const waitForEvent = step({
	name: 'Wait for Event',
	action: 'Wait for event',
	description: 'Waits for a key, for words, or for the other side to hang up',
	fields: {
		events: choices({
			label: 'Events',
			description: 'What to wait for: whichever comes first. Each has an output of its own.',
			required: true,
			choices: EVENTS,
		}),
		timeout_secs: integer({
			label: 'Timeout (Seconds)',
			description: 'After how long to give up waiting',
			onTop: true,
			min: 1,
			max: 86_400,
			start: 60,
		}),
	},
	outputs,
	ifFails: { output: 'Timeout' },
	results: {
		key: 'string',
		words: 'string',
		other_call_control_id: 'string',
		recording_urls: 'object',
	},
	begin({ events, timeout_secs }, { id, otherLegs }) {
		return {
			command: command(waitFor, { call_control_id: id, events }),
			wait: {
				success: events.filter((event) => event !== 'other_hung_up'),
				other_legs: events.includes('other_hung_up') ? [...otherLegs] : [],
			},
			seconds: timeout_secs,
			atTimeout: 'Timeout',
			plan: { events },
		};
	},
	next({ end, event, type, plan, wait }): NextOf<typeof outputs> | undefined {
		const events = plan.events as string[];
		// That nothing happens is no fault about which an agent would have to be told more.
		if (end.outcome === 'timeout') return { output: 'Timeout', json: { outcome: 'timeout' } };
		const payload = event ? payloadOf(event) : {};
		// Without an event, it had hung up before the wait began.
		const left = event ? payload.call_control_id : end.json.other_call_control_id;
		if (end.outcome === 'ended' && wait.other_legs.includes(String(left))) {
			return {
				output: events.indexOf('other_hung_up'),
				json: { outcome: 'other_hung_up', other_call_control_id: left },
			};
		}
		if (!event) return undefined;
		if (end.outcome !== 'success') return undefined;
		const output = events.indexOf(event.event_type);
		switch (type) {
			case KEY:
				return { output, json: { outcome: 'key', key: payload.digit } };
			case 'call.transcription': {
				const { words, isFinal } = transcribed(event);
				return isFinal ? { output, json: { outcome: 'words', words } } : {};
			}
			case 'call.recording.saved':
				return {
					output,
					json: { outcome: 'recording_saved', recording_urls: payload.recording_urls },
				};
			default:
				return { output, json: { outcome: 'connected' } };
		}
	},
});
