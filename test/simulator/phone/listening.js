// @ts-check

/**
 * Turns what is said into words while its button is pressed in, in browsers that can. In others the
 * button stays hidden.
 * @param {HTMLButtonElement} button
 * @param {(words: string, isFinal: boolean) => void} onWords called again and again with more words
 */
export function listenWith(button, onWords) {
	const { SpeechRecognition, webkitSpeechRecognition } = /** @type {any} */ (window);
	const Recognition = SpeechRecognition ?? webkitSpeechRecognition;
	if (!Recognition) return;
	/** @type {any} */
	let running;
	button.hidden = false;
	button.addEventListener('click', () => {
		if (running) return running.stop();
		running = new Recognition();
		running.interimResults = true;
		running.lang = navigator.language;
		running.onresult = (/** @type {any} */ { results }) => {
			const [result] = [...results].slice(-1);
			onWords(result[0].transcript, result.isFinal);
		};
		running.onend = () => {
			running = undefined;
			button.removeAttribute('aria-pressed');
		};
		button.setAttribute('aria-pressed', 'true');
		running.start();
	});
}
