const SAMPLE_RATE = 8000;
const SECONDS = 1;
const HERTZ = 1000;

/** A beep as that of an answering machine: WAV, 8 bits, one second. */
export function beep(): Buffer {
	const samples = Buffer.alloc(SAMPLE_RATE * SECONDS).map(
		(_sample, index) => 128 + 100 * Math.sin((2 * Math.PI * HERTZ * index) / SAMPLE_RATE),
	);
	const header = Buffer.alloc(44);
	header.write('RIFF', 0);
	header.writeUInt32LE(36 + samples.length, 4);
	header.write('WAVEfmt ', 8);
	header.writeUInt32LE(16, 16);
	header.writeUInt16LE(1, 20);
	header.writeUInt16LE(1, 22);
	header.writeUInt32LE(SAMPLE_RATE, 24);
	header.writeUInt32LE(SAMPLE_RATE, 28);
	header.writeUInt16LE(1, 32);
	header.writeUInt16LE(8, 34);
	header.write('data', 36);
	header.writeUInt32LE(samples.length, 40);
	return Buffer.concat([header, samples]);
}
