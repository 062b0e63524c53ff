// @ts-check
import { send, follow } from './connection.js';
import { button, byId, element, readable } from './element.js';
import { showHint, showSetup } from './setup.js';
import { showAccount, showFaults } from './panels.js';
import { makeTimeline } from './timeline.js';
import { playTone } from './tones.js';
import { CAUSES, CHIPS, isOver, isTalking, other, stateName } from './words.js';

/** @typedef {ReturnType<typeof import('../state').stateOf>} State */
/** @typedef {ReturnType<typeof import('../state').callOf>} Call */

const LETTERS = ['', 'ABC', 'DEF', 'GHI', 'JKL', 'MNO', 'PQRS', 'TUV', 'WXYZ', '', '', ''];
const KEYS = [...'123456789*0#'];

const timeline = makeTimeline(byId('rows'), byId('empty'));

/** @type {State | undefined} */
let state;
/** The call that the phone shows. @type {string | undefined} */
let chosen;
/** The clock of the simulator minus ours. */
let offset = 0;
let isLoud = false;

/** @param {Call} call @param {Call} [before] what it was a moment ago */
const justEnded = (call, before) => before !== undefined && !isOver(before) && isOver(call);
const current = () => state?.calls.find(({ id }) => id === chosen);

follow({
	state(next) {
		const before = current();
		const known = new Set(state?.calls.map(({ id }) => id));
		state = /** @type {State} */ (next);
		offset = state.now - Date.now();
		// Shows a phone that starts to ring, unless somebody is talking on another one.
		const fresh = state.calls.filter((call) => !known.has(call.id) && !isOver(call)).at(-1);
		const call = current();
		if (fresh && (!call || isOver(call) || !isTalking(call))) chosen = fresh.id;
		if (call && isOver(call)) {
			const next = state.calls.find((other) => !isOver(other));
			const first = state.calls.find(({ session }) => session === call.session);
			chosen = next?.id ?? (justEnded(call, before) ? first?.id : chosen);
		}
		show();
	},
	rows: (rows) => {
		timeline.reset(rows);
		showHint(timeline.lastWebhook());
	},
	row: (row) => {
		timeline.put(row);
		showHint(timeline.lastWebhook());
	},
	live(isLive) {
		byId('live').textContent = isLive ? 'Live' : 'The simulator is not running';
		byId('live').dataset.state = isLive ? 'live' : 'waiting';
	},
});

function show() {
	if (!state) return;
	showSetup(state);
	showHint(timeline.lastWebhook());
	showFaults(state);
	showAccount(state);
	showLines(state.calls.filter((call) => !isOver(call)));
	showScreen(current());
	showTalk(current());
	showActions(current());
	timeline.show(byId('all').checked ? null : (current()?.session ?? null));
}

/** @param {Call[]} calls */
function showLines(calls) {
	const lines = byId('lines');
	lines.hidden = calls.length < 2;
	lines.replaceChildren(
		...calls.map((call) =>
			button(other(call), () => choose(call.id), {
				'aria-pressed': String(call.id === chosen),
				'data-state': call.direction === 'outgoing' && !isTalking(call) ? 'ringing' : call.state,
			}),
		),
	);
}

/** @param {string} id */
function choose(id) {
	chosen = id;
	show();
}

/** @param {Call} [call] */
function showScreen(call) {
	const phone = byId('phone');
	const app = state?.applications.find(({ id }) => id === byId('application').value);
	phone.dataset.state = stateName(call);
	phone.toggleAttribute('data-waits', Boolean(call?.waitsForDigits));
	if (!call) {
		byId('name').textContent = app?.name ?? 'No application';
		byId('number').textContent = readable(app?.number ?? '');
	} else {
		const called = state?.applications.find(({ id }) => id === call.application);
		const isIncoming = call.direction === 'incoming';
		byId('name').textContent = isIncoming ? (called?.name ?? call.to) : readable(call.name);
		byId('number').textContent = isIncoming ? readable(call.to) : `calls ${readable(call.to)}`;
	}
	const role = call?.supervisorRole;
	const peer = state?.calls.find(({ id }) => id === call?.peer);
	byId('chips').replaceChildren(
		...[
			...(call?.activities ?? []).map((name) => CHIPS[name] ?? name),
			...(role ? [`Supervisor: ${role}`] : []),
			...(peer ? [`Connected with ${other(peer)}`] : []),
		].map((name) => element('li', {}, name)),
	);
	byId('say').hidden = !call?.activities.some((name) =>
		['transcription', 'conversation'].includes(name),
	);
	showStatus();
}

function showStatus() {
	const call = current();
	const name = stateName(call);
	const text = {
		idle: 'Ready to call',
		ringing: 'Calling…',
		asked: 'Your phone rings',
		talking: duration(call),
		over: `${CAUSES[call?.endCause ?? ''] ?? 'Call ended'}${call?.answeredAt ? ` · ${duration(call)}` : ''}`,
	}[name];
	if (byId('status').textContent !== text) byId('status').textContent = text;
}

/** @param {Call} [call] */
function duration(call) {
	const end = call?.endedAt ?? Date.now() + offset;
	const seconds = Math.max(0, Math.floor((end - (call?.answeredAt ?? end)) / 1000));
	return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** @param {Call} [call] */
function showTalk(call) {
	const talk = byId('talk');
	const key = JSON.stringify([call?.id, call?.state, call?.heard]);
	if (talk.dataset.key === key) return;
	talk.dataset.key = key;
	const heard = call?.heard ?? [];
	talk.replaceChildren(...(heard.length > 0 ? heard.map(bubble) : [quiet(call)]));
	talk.scrollTop = talk.scrollHeight;
}

/** @param {Call['heard'][number]} heard */
function bubble({ kind, playing, text }) {
	const made = element('p', { class: playing ? `${kind} playing` : kind });
	if (kind === 'audio') made.append(element('small', {}, playing ? 'Plays' : 'Played'), text);
	else if (kind === 'tone') made.append(`Key tones: ${text}`);
	else made.append(text);
	return made;
}

/** @param {Call} [call] */
function quiet(call) {
	const words = {
		idle: 'Press Call and listen to what your workflow says.',
		ringing: 'It rings. A workflow has to answer.',
		asked: 'A workflow calls you.',
		talking: 'Silence. What the workflow says appears here.',
		over: 'Nothing was said.',
	}[stateName(call)];
	const picture = element('span', { class: 'picture', 'aria-hidden': 'true' });
	return element('p', { class: 'quiet' }, picture, words);
}

/** @param {Call} [call] */
function showActions(call) {
	const actions = byId('actions');
	const name = stateName(call);
	const key = `${name} ${call?.id}`;
	if (actions.dataset.key === key) return;
	const hadFocus = actions.contains(document.activeElement);
	actions.dataset.key = key;
	const hangUp = button('Hang up', () => act('hangup'), { class: 'stop' });
	const made = {
		idle: [button('Call', place, { class: 'go' })],
		over: [button('Call', place, { class: 'go' })],
		ringing: [hangUp],
		talking: [hangUp],
		asked: [
			button('Accept', () => act('answer', { as: 'human' }), { class: 'go' }),
			button('Decline', () => act('reject'), { class: 'stop' }),
			button('Let the answering machine take it', () => act('answer', { as: 'machine' }), {
				class: 'wide',
			}),
		],
	}[name];
	actions.replaceChildren(...made);
	if (hadFocus) made[0]?.focus();
	for (const one of byId('keys').children) {
		one.setAttribute('aria-disabled', String(name !== 'talking'));
	}
	showTip();
}

/** @param {string} [problem] */
function showTip(problem) {
	const isActive = stateName(current()) === 'talking';
	byId('tip').replaceChildren(
		problem ?? (isActive ? 'Keyboard: 0–9, * and # · ' : ''),
		...(isActive && !problem
			? [
					button(isLoud ? 'Key tones are on' : 'Key tones are off', () => {
						isLoud = !isLoud;
						showTip();
					}),
				]
			: []),
	);
}

async function place() {
	const answer = await send('POST', '/simulator/calls', {
		from: byId('from').value.trim(),
		applicationId: byId('application').value,
	});
	if (answer.error) return showTip(answer.error);
	choose(answer.id);
}

/** @param {string} action @param {object} [how] */
async function act(action, how = {}) {
	if (!chosen) return;
	const { error } = await send(
		'POST',
		`/simulator/calls/${encodeURIComponent(chosen)}/${action}`,
		how,
	);
	if (error) showTip(error);
}

/** @param {string} key */
function press(key) {
	const call = current();
	if (!call || !isTalking(call)) return;
	if (isLoud) playTone(key);
	const pressed = byId('keys').children[KEYS.indexOf(key)];
	pressed?.classList.add('down');
	setTimeout(() => pressed?.classList.remove('down'), 140);
	void act('press', { digits: key });
}

byId('keys').append(
	...KEYS.map((key, index) => {
		const made = button(key, () => press(key));
		made.append(element('small', { 'aria-hidden': 'true' }, LETTERS[index] ?? ''));
		return made;
	}),
);
document.addEventListener('keydown', (event) => {
	const { altKey, ctrlKey, key, metaKey, target } = event;
	const isTyping = target instanceof Element && target.matches('input, select, textarea');
	if (!isTyping && !altKey && !ctrlKey && !metaKey && KEYS.includes(key)) press(key);
});
byId('say').addEventListener('submit', (/** @type {Event} */ event) => {
	event.preventDefault();
	const text = byId('words').value.trim();
	byId('words').value = '';
	if (text) void act('say', { text });
});
byId('all').addEventListener('change', show);
byId('application').addEventListener('change', show);
setInterval(showStatus, 500);
