import { SAMPLE_RATE, wav } from '../support/wav';

const SECONDS = 1;
const HERTZ = 1000;

/** A beep as that of an answering machine: one second. */
export const beep = (): Buffer =>
	wav(
		Buffer.alloc(SAMPLE_RATE * SECONDS).map(
			(_sample, index) => 128 + 100 * Math.sin((2 * Math.PI * HERTZ * index) / SAMPLE_RATE),
		),
	);
