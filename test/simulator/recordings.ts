import { randomUUID } from 'node:crypto';

import { SAMPLE_RATE, wav } from '../support/wav';
import type { Exchange, Json, Leg } from './types';
import { timestamp } from './webhooks';

/**
 * Stores a finished recording as the API shows it.
 * @param leg that was recorded, or that opened the conference
 */
export function addRecording(
	exchange: Exchange,
	leg: Leg,
	{
		id,
		format,
		channels,
		startedAt,
		conference_id,
	}: { id: string; format: string; channels: string; startedAt: number; conference_id?: string },
): Json {
	const now = exchange.clock.now();
	const data = {
		record_type: 'recording',
		id,
		call_control_id: leg.call_control_id,
		call_leg_id: leg.call_leg_id,
		call_session_id: leg.call_session_id,
		connection_id: leg.connection_id,
		...(conference_id ? { conference_id } : {}),
		from: leg.from,
		to: leg.to,
		channels,
		source: conference_id ? 'conference' : 'call',
		status: 'completed',
		duration_millis: now - startedAt,
		recording_started_at: timestamp(startedAt),
		recording_ended_at: timestamp(now),
		created_at: timestamp(now),
		updated_at: timestamp(now),
		download_urls: urlsOf(exchange, id, format),
	};
	exchange.recordings.set(id, data);
	return data;
}

/** Download URLs that need no API key. */
export const urlsOf = (
	{ origin }: Exchange,
	id: string,
	format: string,
): Record<string, string> => ({ [format]: `${origin}/recordings/${id}.${format}` });

export function addTranscription(
	exchange: Exchange,
	recording_id: string,
	{ text, startedAt }: { text: string; startedAt: number },
): Json {
	const now = exchange.clock.now();
	const data = {
		record_type: 'recording_transcription',
		id: randomUUID(),
		recording_id,
		status: 'completed',
		transcription_text: text,
		duration_millis: now - startedAt,
		created_at: timestamp(now),
		updated_at: timestamp(now),
	};
	exchange.transcriptions.set(data.id, data);
	return data;
}

/**
 * The file of a recording: a second of silence, since nothing was said.
 * @param name such as `<recording id>.mp3`
 */
export function recordingFile({ recordings }: Exchange, name: string) {
	const [id, format] = name.split('.');
	const { download_urls = {} } = recordings.get(id ?? '') ?? {};
	if (!Object.hasOwn(download_urls, format ?? '')) return undefined;
	return format === 'wav'
		? { type: 'audio/wav', content: silentWav() }
		: { type: 'audio/mpeg', content: silentMp3() };
}

const silentWav = () => wav(Buffer.alloc(SAMPLE_RATE, 0x80));

/** Frames of 128 kbit/s at 44.1 kHz with nothing in them. */
export function silentMp3() {
	const frame = Buffer.alloc(417);
	frame.writeUInt32BE(0xfffb9000);
	return Buffer.concat(Array(38).fill(frame));
}
