// @ts-check

/** The two frequencies of each key, in Hz. */
const ROWS = [697, 770, 852, 941];
const COLUMNS = [1209, 1336, 1477];
const KEYS = '123456789*0#';
const SECONDS = 0.13;

/** @type {AudioContext | undefined} */
let context;

/** Sounds like the key of a telephone. @param {string} key */
export function playTone(key) {
	const index = KEYS.indexOf(key);
	if (index < 0) return;
	context ??= new AudioContext();
	const { currentTime, destination } = context;
	const volume = context.createGain();
	volume.gain.setValueAtTime(0.06, currentTime);
	volume.gain.setTargetAtTime(0, currentTime + SECONDS - 0.03, 0.01);
	volume.connect(destination);
	for (const frequency of [ROWS[Math.floor(index / 3)], COLUMNS[index % 3]]) {
		const tone = context.createOscillator();
		tone.frequency.value = frequency ?? 0;
		tone.connect(volume);
		tone.start(currentTime);
		tone.stop(currentTime + SECONDS);
	}
}
