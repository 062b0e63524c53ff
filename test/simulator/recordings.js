// @ts-check
const { randomUUID } = require('node:crypto');

const { timestamp } = require('./webhooks');

/** @typedef {import('./types').Exchange} Exchange */
/** @typedef {import('./types').Json} Json */
/** @typedef {import('./types').Leg} Leg */

const SAMPLE_RATE = 8000;

/**
 * Keeps a recording that is over, as the API shows it.
 * @param {Exchange} exchange
 * @param {Leg} leg that was recorded, or that opened the conference
 * @param {{ id: string, format: string, channels: string, startedAt: number, conference_id?: string }} recording
 * @returns {Json}
 */
function addRecording(exchange, leg, { id, format, channels, startedAt, conference_id }) {
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

/**
 * Where a file can be fetched without the API key, for some minutes at Telnyx.
 * @param {Exchange} exchange
 * @param {string} id
 * @param {string} format
 * @returns {Record<string, string>}
 */
const urlsOf = ({ origin }, id, format) => ({ [format]: `${origin}/recordings/${id}.${format}` });

/**
 * @param {Exchange} exchange
 * @param {string} recording_id
 * @param {{ text: string, startedAt: number }} what
 * @returns {Json}
 */
function addTranscription(exchange, recording_id, { text, startedAt }) {
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
 * @param {Exchange} exchange
 * @param {string} name such as `<recording id>.mp3`
 */
function recordingFile({ recordings }, name) {
	const [id, format] = name.split('.');
	const { download_urls = {} } = recordings.get(id ?? '') ?? {};
	if (!Object.hasOwn(download_urls, format ?? '')) return undefined;
	return format === 'wav'
		? { type: 'audio/wav', content: silentWav() }
		: { type: 'audio/mpeg', content: silentMp3() };
}

function silentWav() {
	const header = Buffer.alloc(44);
	header.write('RIFF', 0);
	header.writeUInt32LE(36 + SAMPLE_RATE, 4);
	header.write('WAVEfmt ', 8);
	header.writeUInt32LE(16, 16);
	header.writeUInt16LE(1, 20);
	header.writeUInt16LE(1, 22);
	header.writeUInt32LE(SAMPLE_RATE, 24);
	header.writeUInt32LE(SAMPLE_RATE, 28);
	header.writeUInt16LE(1, 32);
	header.writeUInt16LE(8, 34);
	header.write('data', 36);
	header.writeUInt32LE(SAMPLE_RATE, 40);
	return Buffer.concat([header, Buffer.alloc(SAMPLE_RATE, 0x80)]);
}

/** Frames of 128 kbit/s at 44.1 kHz with nothing in them. */
function silentMp3() {
	const frame = Buffer.alloc(417);
	frame.writeUInt32BE(0xfffb9000);
	return Buffer.concat(Array(38).fill(frame));
}

module.exports = { addRecording, addTranscription, recordingFile, silentMp3, urlsOf };
