import { randomUUID } from 'node:crypto';

import { endActivities, startActivity } from './activities';
import { joinConference, openConference } from './conferences';
import { sendDigits } from './digits';
import { detectMachine } from './machineDetection';
import { playAudio } from './playback';
import { refuse } from './refusals';
import { TRANSCRIPTION, type Transcription } from './speech';
import { hear } from './sounds';
import { addRecording, addTranscription, urlsOf } from './recordings';
import type { Exchange, Json, Leg } from './types';

/** Schedules the features that dial, answer and transfer can request for when the call is answered. */
export function onAnswer(exchange: Exchange, leg: Leg, body: Json) {
	const { audio_url, media_name, send_digits_on_answer, stream_url, transcription } = body;
	const wanted = [
		[true, () => recordFromAnswer(exchange, leg, body)],
		[body.answering_machine_detection, (who) => detectMachine(exchange, leg, body, who)],
		[send_digits_on_answer, () => sendDigits(exchange, leg, send_digits_on_answer)],
		[audio_url || media_name, () => playAudio(exchange, leg, { audio_url, media_name })],
		[stream_url, () => startStream(exchange, leg, body)],
		[transcription, () => startTranscription(exchange, leg, body.transcription_config)],
		[body.conference_config, () => joinFromAnswer(exchange, leg, body.conference_config)],
		[body.deepfake_detection?.enabled, () => detectDeepfake(exchange, leg)],
	] as [unknown, Leg['onAnswer'][number]][];
	leg.onAnswer.push(...wanted.filter(([isWanted]) => isWanted).map(([, run]) => run));
}

/** Joins the conference with that ID or name, or opens one with that name. */
function joinFromAnswer(exchange: Exchange, leg: Leg, config: Json) {
	const { id, conference_name: name } = config;
	const known = [...exchange.conferences.values()].find(
		(one) => !one.endReason && (id ? one.id === id : one.name === name),
	);
	if (known) joinConference(exchange, known, leg, config);
	else if (name) openConference(exchange, leg, { ...config, name });
}

export function recordFromAnswer(exchange: Exchange, leg: Leg, body: Json) {
	if (body.record !== 'record-from-answer') return;
	startRecording(exchange, leg, {
		channels: body.record_channels ?? 'dual',
		format: body.record_format ?? 'mp3',
		max_length: body.record_max_length,
		timeout_secs: body.record_timeout_secs,
	});
}

/**
 * @param options of record_start. Telnyx waits for silence only once somebody has spoken.
 */
export function startRecording(exchange: Exchange, leg: Leg, options: Json) {
	const { channels, format, max_length, play_beep, timeout_secs, transcription } = options;
	const { clock, timings } = exchange;
	const recording_id = randomUUID();
	const startedAt = clock.now();
	if (play_beep) hear(exchange, leg, { kind: 'audio', text: 'Beep' });
	const name = `recording ${recording_id}`;
	let stopWaiting = () => {};
	const onSpeech = () => {
		stopWaiting();
		stopWaiting = exchange.later(leg, timeout_secs * 1000, () =>
			endActivities(leg, (activity) => activity.name === name, 'completed'),
		);
	};
	startActivity(exchange, leg, name, {
		details: { recording_id, ...(timeout_secs ? { onSpeech } : {}) },
		lastsMs: max_length ? max_length * 1000 : undefined,
		onEnd() {
			stopWaiting();
			const { duration_millis, recording_ended_at, recording_started_at } = addRecording(
				exchange,
				leg,
				{ id: recording_id, format, channels, startedAt },
			);
			clock.after(timings.recordingMs, () => {
				exchange.emit(leg, 'call.recording.saved', {
					channels,
					format,
					recording_id,
					recording_started_at,
					recording_ended_at,
					start_time: recording_started_at,
					end_time: recording_ended_at,
					duration_millis,
					recording_urls: urlsOf(exchange, recording_id, format),
					public_recording_urls: {},
				});
				if (!transcription) return;
				const text = leg.heard
					.filter(({ kind }) => kind === 'person')
					.map(({ text }) => text)
					.join(' ');
				const { id, status, transcription_text } = addTranscription(exchange, recording_id, {
					...{ text, startedAt },
				});
				exchange.emit(leg, 'call.recording.transcription.saved', {
					...{ recording_id, recording_transcription_id: id, status, transcription_text },
				});
			});
		},
	});
	return recording_id;
}

/** Sends the events only; no media is streamed. */
export function startStream(
	exchange: Exchange,
	leg: Leg,
	{ stream_track = 'inbound_track', stream_url = '' }: Json,
) {
	const stream_id = randomUUID();
	exchange.later(leg, exchange.timings.streamMs, () => {
		if (/fail/i.test(stream_url)) {
			exchange.emit(leg, 'streaming.failed', {
				failure_reason: 'connection_failed',
				stream_id,
				stream_params: { stream_url, track: stream_track },
				stream_type: 'websocket',
			});
			return;
		}
		exchange.emit(leg, 'streaming.started', { stream_url });
		startActivity(exchange, leg, 'streaming', {
			details: { stream_id },
			onEnd: () => exchange.emit(leg, 'streaming.stopped', { stream_url }),
		});
	});
}

/**
 * Text that is typed at the phone counts as speech.
 * @param options of transcription_start
 */
export function startTranscription(exchange: Exchange, leg: Leg, options: Json = {}) {
	const { transcription_engine_config, transcription_tracks = 'inbound' } = options;
	if (leg.activities.has(TRANSCRIPTION)) throw refuse(90054);
	const details: Transcription = {
		hasInterimResults: transcription_engine_config?.interim_results === true,
		tracks: transcription_tracks === 'both' ? ['inbound', 'outbound'] : [transcription_tracks],
	};
	startActivity(exchange, leg, TRANSCRIPTION, { details, onEnd() {} });
}

function detectDeepfake(exchange: Exchange, leg: Leg) {
	exchange.later(leg, exchange.timings.machineDetectionMs, () =>
		exchange.emit(leg, 'call.deepfake_detection.result', {
			consistency: 0.98,
			result: 'real',
			score: 0.02,
		}),
	);
}
