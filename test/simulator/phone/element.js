// @ts-check

/**
 * Makes an element.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string>} [attributes]
 * @param {...(string | Node)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function element(tag, attributes = {}, ...children) {
	const made = document.createElement(tag);
	for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
	made.append(...children);
	return made;
}

/**
 * @param {string} label
 * @param {() => void} onClick
 * @param {Record<string, string>} [attributes]
 */
export function button(label, onClick, attributes = {}) {
	const made = element('button', { type: 'button', ...attributes }, label);
	made.addEventListener('click', onClick);
	return made;
}

/** @param {string} id @returns {any} */
export const byId = (id) => document.getElementById(id);

/**
 * Groups the digits of phone numbers whose country has a single convention.
 * @param {string} text
 */
export const readable = (text) =>
	text.replace(/\+1(\d{3})(\d{3})(\d{4})\b/g, '+1\u00a0$1\u00a0$2\u00a0$3');
