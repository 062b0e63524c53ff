// @ts-check

/** @typedef {ReturnType<typeof import('../state').callOf>} Call */
/** @typedef {Call['heard'][number]} Heard */

const SETTING = 'phone.voice';
/** What several people hear at once is read out once. */
const AT_ONCE_MS = 100;
/** About as fast as the simulator counts. */
const RATE = 1.2;

/**
 * Reads out what workflows say, in browsers that can. In others the button stays hidden.
 * @param {HTMLButtonElement} button switches it on and off
 */
export function makeVoice(button) {
	const { speechSynthesis } = window;
	let isOn = remembered() !== 'off';
	/** What is being read out or is about to be, by ID. @type {Map<string, Heard>} */
	const queue = new Map();
	/** @type {Set<string> | undefined} */
	let known;

	function showButton() {
		button.textContent = isOn ? 'Voice is on' : 'Voice is off';
		button.setAttribute('aria-pressed', String(isOn));
	}

	/** @param {Heard} heard */
	function say(heard) {
		const { at, id, language, text } = heard;
		const isSaid = [...queue.values()].some(
			(one) => one.text === text && Math.abs(one.at - at) < AT_ONCE_MS,
		);
		if (!isOn || isSaid) return;
		const utterance = new SpeechSynthesisUtterance(text);
		utterance.rate = RATE;
		if (language) utterance.lang = language;
		utterance.onend = utterance.onerror = () => {
			if (queue.get(id) === heard) queue.delete(id);
		};
		queue.set(id, heard);
		speechSynthesis.speak(utterance);
	}

	/** A browser can only stop all at once. @param {string[]} ids */
	function stop(ids) {
		const stopped = ids.filter((id) => queue.delete(id));
		if (stopped.length === 0) return;
		const rest = [...queue.values()];
		queue.clear();
		speechSynthesis.cancel();
		for (const heard of rest) say({ ...heard });
	}

	if (speechSynthesis) {
		button.hidden = false;
		showButton();
		button.addEventListener('click', () => {
			isOn = !isOn;
			remember(isOn ? 'on' : 'off');
			stop([...queue.keys()]);
			showButton();
		});
	}

	return {
		/** Reads out what is new. @param {Call[]} calls */
		follow(calls) {
			if (!speechSynthesis) return;
			const speech = calls.flatMap(({ heard }) => heard.filter(({ kind }) => kind === 'speech'));
			const before = known;
			known = new Set(speech.map(({ id }) => id));
			stop(speech.filter(({ cutOffAfterMs }) => cutOffAfterMs !== null).map(({ id }) => id));
			// What was said before the page was opened is over.
			if (!before) return;
			for (const one of speech) if (one.playing && !before.has(one.id)) say(one);
		},
	};
}

/** Browsers may keep no storage for a page. */
function remembered() {
	try {
		return localStorage.getItem(SETTING);
	} catch {
		return null;
	}
}

/** @param {string} value */
function remember(value) {
	try {
		localStorage.setItem(SETTING, value);
	} catch {}
}
