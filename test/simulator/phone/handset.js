// @ts-check
import { send } from './connection.js';
import { button, byId, element, readable } from './element.js';
import { listenWith } from './listening.js';
import { playTone } from './tones.js';
import { CAUSES, CHIPS, isOver, isTalking, other, stateName } from './words.js';

/** @typedef {ReturnType<typeof import('../state').stateOf>} State */
/** @typedef {ReturnType<typeof import('../state').callOf>} Call */
/** @typedef {ReturnType<typeof makeHandset>} Handset */

const LETTERS = ['', 'ABC', 'DEF', 'GHI', 'JKL', 'MNO', 'PQRS', 'TUV', 'WXYZ', '', '', ''];
export const KEYS = [...'123456789*0#'];

/** How often words are sent while they are being typed. */
const INTERIM_MS = 400;

let isLoud = false;

/**
 * A phone on the page.
 * @param {HTMLElement} root
 * @param {object} options
 * @param {() => void} options.onUse somebody does something at it
 * @param {() => Promise<{ id?: string, error?: string }>} [options.place] calls; without it the phone only takes calls
 */
export function makeHandset(root, { onUse, place }) {
	root.append(byId('handset').content.cloneNode(true));
	/** @param {string} name @returns {any} */
	const part = (name) => root.querySelector(`.${name}`);

	/** @type {State | undefined} */
	let state;
	/** Those of this phone. @type {Call[]} */
	let calls = [];
	/** The call that it shows. @type {string | undefined} */
	let chosen;
	const current = () => calls.find((call) => call.id === chosen && !isOfAnotherLine(call));

	/** Whether a call is over and another line has been selected since. @param {Call} call */
	const isOfAnotherLine = (call) =>
		Boolean(place) &&
		isOver(call) &&
		call.direction === 'incoming' &&
		call.application !== byId('application').value;

	/** @param {string} id */
	function choose(id) {
		chosen = id;
		onUse();
	}

	/** @param {State} next @param {Call[]} own */
	function update(next, own) {
		const known = new Set(calls.map(({ id }) => id));
		state = next;
		calls = own;
		const fresh = calls.filter((call) => !known.has(call.id) && !isOver(call)).at(-1);
		const call = current();
		if (fresh && (!call || !isTalking(call))) chosen = fresh.id;
		else if (!call || isOver(call)) {
			chosen = calls.find((one) => !isOver(one))?.id ?? call?.id ?? calls.at(-1)?.id;
		}
		show();
	}

	function show() {
		const call = current();
		const alive = calls.filter((one) => !isOver(one));
		part('lines').hidden = alive.length < 2;
		part('lines').replaceChildren(...alive.map(line));
		showScreen(call);
		showTalk(call);
		showActions(call);
	}

	/** @param {Call} call */
	const line = (call) =>
		button(readable(call.direction === 'incoming' ? call.to : call.name), () => choose(call.id), {
			'aria-pressed': String(call.id === chosen),
			'data-state': call.direction === 'outgoing' && !isTalking(call) ? 'ringing' : call.state,
		});

	/** @param {Call} [call] */
	function showScreen(call) {
		root.dataset.state = stateName(call);
		root.toggleAttribute('data-waits', Boolean(call?.waitsForDigits));
		const [name, number] = whoIsShown(call);
		part('name').textContent = name;
		part('number').textContent = number;
		const role = call?.supervisorRole;
		const peer = state?.calls.find(({ id }) => id === call?.peer);
		part('chips').replaceChildren(
			...[
				...(call?.activities ?? []).map((one) => CHIPS[one] ?? one),
				...(role ? [`Supervisor: ${role}`] : []),
				...(peer ? [`Connected with ${other(peer)}`] : []),
			].map((one) => element('li', {}, one)),
		);
		part('say').hidden = stateName(call) !== 'talking';
		part('words').placeholder = listens(call) ? 'Say something' : 'Nothing listens yet';
		showStatus();
	}

	/** The two lines under the status. @param {Call} [call] */
	function whoIsShown(call) {
		if (!place && call) {
			const caller = readable(call.name);
			return [other(call), call.direction === 'incoming' ? '' : `called by ${caller}`];
		}
		const id = call?.application ?? byId('application').value;
		const app = state?.applications.find((one) => one.id === id);
		const name = app?.workflow?.name ?? app?.name;
		if (!call) return [name ?? 'No application', readable(app?.number ?? '')];
		if (call.direction === 'incoming') return [name ?? call.to, readable(call.to)];
		return [readable(call.name), `calls ${readable(call.to)}`];
	}

	function showStatus() {
		const call = current();
		const text = {
			idle: 'Ready to call',
			ringing: 'Calling…',
			asked: place ? 'Your phone rings' : 'Rings',
			talking: duration(call),
			over: `${CAUSES[call?.endCause ?? ''] ?? 'Call ended'}${call?.answeredAt ? ` · ${duration(call)}` : ''}`,
		}[stateName(call)];
		if (part('status').textContent !== text) part('status').textContent = text;
	}

	/** @param {Call} [call] */
	function duration(call) {
		const end = call?.endedAt ?? Date.now() + clockOffset;
		const seconds = Math.max(0, Math.floor((end - (call?.answeredAt ?? end)) / 1000));
		return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
	}

	/** @param {Call} [call] */
	function showTalk(call) {
		const talk = part('talk');
		const key = JSON.stringify([call?.id, call?.state, call?.heard]);
		if (talk.dataset.key === key) return;
		talk.dataset.key = key;
		const heard = call?.heard ?? [];
		talk.replaceChildren(...(heard.length > 0 ? heard.map(bubble) : [quiet(call)]));
		talk.scrollTop = talk.scrollHeight;
	}

	/** @param {Call} [call] */
	function showActions(call) {
		const actions = part('actions');
		const name = stateName(call);
		const key = `${name} ${call?.id}`;
		if (actions.dataset.key === key) return;
		const hadFocus = actions.contains(document.activeElement);
		actions.dataset.key = key;
		const hangUp = button('Hang up', () => act('hangup'), { class: 'stop' });
		const start = place ? [button('Call', () => void placeCall(place), { class: 'go' })] : [];
		const made = {
			idle: start,
			over: start,
			ringing: [hangUp],
			talking: [hangUp],
			asked: [
				button('Answer', () => act('answer', { as: 'human' }), { class: 'go' }),
				button('Decline', () => act('reject'), { class: 'stop' }),
				button('Busy', () => act('busy')),
				button('Answering machine', () => act('answer', { as: 'machine' }), {
					title: 'A machine answers, plays its greeting and beeps',
				}),
			],
		}[name];
		actions.replaceChildren(...made);
		if (hadFocus) made[0]?.focus();
		for (const one of part('keys').children) {
			one.setAttribute('aria-disabled', String(name !== 'talking'));
		}
		showTip();
	}

	/** @param {NonNullable<typeof place>} placing */
	async function placeCall(placing) {
		const { error, id } = await placing();
		if (error) showTip(error);
		else if (id) choose(id);
	}

	/** @param {string} [problem] */
	function showTip(problem) {
		const name = stateName(current());
		const words = name === 'asked' ? 'Or let it ring.' : '';
		const hasKeyboard = name === 'talking' && place;
		const tones = button(isLoud ? 'Key tones are on' : 'Key tones are off', () => {
			isLoud = !isLoud;
			showTip();
		});
		part('tip').replaceChildren(
			...(hasKeyboard && !problem ? ['Keyboard: 0–9, * and # · ', tones] : [problem ?? words]),
		);
	}

	/** @param {string} action @param {object} [how] */
	async function act(action, how = {}) {
		if (!chosen) return;
		onUse();
		const path = `/simulator/calls/${encodeURIComponent(chosen)}/${action}`;
		const { error } = await send('POST', path, how);
		if (error) showTip(error);
	}

	/** @param {string} key */
	function press(key) {
		const call = current();
		if (!call || !isTalking(call)) return;
		if (isLoud) playTone(key);
		const pressed = part('keys').children[KEYS.indexOf(key)];
		pressed?.classList.add('down');
		setTimeout(() => pressed?.classList.remove('down'), 140);
		void act('press', { digits: key });
	}

	let lastInterim = 0;
	/** @param {string} words @param {boolean} final */
	function say(words, final) {
		const text = words.trim();
		const isTooSoon = Date.now() - lastInterim < INTERIM_MS;
		if (!text || (!final && (current()?.transcribes !== 'interim' || isTooSoon))) return;
		lastInterim = final ? 0 : Date.now();
		void act('say', { text, final });
	}

	part('keys').append(
		...KEYS.map((key, index) => {
			const made = button(key, () => press(key));
			made.append(element('small', { 'aria-hidden': 'true' }, LETTERS[index] ?? ''));
			return made;
		}),
	);
	part('words').addEventListener('input', () => say(part('words').value, false));
	part('say').addEventListener('submit', (/** @type {Event} */ event) => {
		event.preventDefault();
		say(part('words').value, true);
		part('words').value = '';
	});
	listenWith(part('listen'), (words, isFinal) => {
		part('words').value = isFinal ? '' : words;
		say(words, isFinal);
	});

	return { root, update, press, showStatus, current };
}

/** The clock of the simulator minus ours. */
let clockOffset = 0;
/** @param {number} now of the simulator, in milliseconds */
export const setClock = (now) => (clockOffset = now - Date.now());

/** Whether somebody makes something of what is said. @param {Call} [call] */
const listens = (call) =>
	call?.transcribes !== 'nothing' ||
	call.peer !== null ||
	call.activities.some((name) => ['conversation', 'conference'].includes(name));

/** @param {Call['heard'][number]} heard */
function bubble({ cutOffAfterMs, kind, playing, remark, text }) {
	const made = element('p', { class: playing ? `${kind} playing` : kind });
	const remarks = [
		...(kind === 'audio' ? [playing ? 'Plays' : 'Played'] : []),
		...(remark ? [remark] : []),
	];
	if (remarks.length > 0) made.append(element('small', {}, remarks.join(' · ')));
	if (kind === 'tone') made.append(`Key tones: ${text}`);
	else if (cutOffAfterMs === null) made.append(text);
	else {
		const seconds = (cutOffAfterMs / 1000).toFixed(1);
		made.append(element('s', {}, text), element('small', {}, `Cut off after ${seconds} s`));
	}
	return made;
}

/** @param {Call} [call] */
function quiet(call) {
	const words = {
		idle: 'Press Call and listen to what your workflow says.',
		ringing: 'It rings. A workflow has to answer.',
		asked: 'A workflow calls.',
		talking: 'Silence. What the workflow says appears here.',
		over: 'Nothing was said.',
	}[stateName(call)];
	const picture = element('span', { class: 'picture', 'aria-hidden': 'true' });
	return element('p', { class: 'quiet' }, picture, words);
}
