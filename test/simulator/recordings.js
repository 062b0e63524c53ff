// @ts-check

const SAMPLE_RATE = 8000;

/**
 * The file of a recording: a second of silence, since nothing was said.
 * @param {import('./types').Exchange} exchange
 * @param {string} name such as `<recording id>.mp3`
 */
function recordingFile({ recordings }, name) {
	const [id, format] = name.split('.');
	if (recordings.get(id ?? '')?.format !== format) return undefined;
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

module.exports = { recordingFile };
