// @ts-check
import { send, follow } from './connection.js';
import { byId, element } from './element.js';
import { KEYS, makeHandset, setClock } from './handset.js';
import { showHint, showSetup } from './setup.js';
import { showAccount, showFaults } from './panels.js';
import { makeTimeline } from './timeline.js';
import { makeVoice } from './voice.js';
import { isOver, numberOf } from './words.js';

/** @typedef {ReturnType<typeof import('../state').stateOf>} State */
/** @typedef {ReturnType<typeof import('../state').callOf>} Call */
/** @typedef {import('./handset.js').Handset} Handset */

const timeline = makeTimeline(byId('rows'), byId('empty'));
const voice = makeVoice(byId('voice'));

/** @type {State | undefined} */
let state;
/** The number of the phone that calls. */
let ownNumber = byId('from').value.trim();

const own = makeHandset(byId('phone'), { onUse: () => use(own), place });
/** The phones of everybody else, by number. @type {Map<string, Handset>} */
const others = new Map();
/** The phone that keys are pressed on, and whose call the timeline shows. */
let inUse = own;

follow({
	state(next) {
		const known = new Set(state?.calls.map(({ id }) => id));
		state = /** @type {State} */ (next);
		setClock(state.now);
		show();
		const fresh = state.calls.filter((call) => !known.has(call.id) && !isOver(call)).at(-1);
		if (fresh && !isBusy(inUse)) use(phoneOf(fresh));
		voice.follow(state.calls);
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

/** @param {Handset} handset */
function isBusy(handset) {
	const call = handset.current();
	return call !== undefined && !isOver(call);
}

/** @param {Call} call */
const phoneOf = (call) => others.get(numberOf(call)) ?? own;

/** @param {Handset} handset */
function use(handset) {
	inUse = handset;
	show();
}

function show() {
	if (!state) return;
	showSetup(state);
	showHint(timeline.lastWebhook());
	showFaults(state);
	showAccount(state);
	showPhones(state);
	timeline.show(byId('all').checked ? null : (inUse.current()?.session ?? null));
}

/** @param {State} state */
function showPhones(state) {
	/** @type {Map<string, Call[]>} */
	const calls = new Map();
	for (const call of state.calls) {
		const number = numberOf(call);
		calls.set(number, [...(calls.get(number) ?? []), call]);
	}
	own.update(state, calls.get(ownNumber) ?? []);
	calls.delete(ownNumber);

	// A phone stays until everything that it was about is over and something else has begun.
	const sessions = new Set(state.calls.filter((call) => !isOver(call)).map((one) => one.session));
	sessions.add(state.calls.at(-1)?.session ?? '');
	const isShown = (/** @type {Call} */ { session }) => sessions.has(session);
	for (const [number, handset] of others) {
		if (calls.get(number)?.some(isShown)) continue;
		handset.root.remove();
		others.delete(number);
		if (inUse === handset) inUse = own;
	}
	for (const [number, theirs] of calls) {
		if (!theirs.some(isShown)) continue;
		if (!others.has(number)) others.set(number, addPhone(number));
		others.get(number)?.update(state, theirs);
	}
	byId('others').hidden = others.size === 0;
	for (const handset of [own, ...others.values()]) {
		handset.root.toggleAttribute('data-in-use', others.size > 0 && handset === inUse);
	}
}

/** @param {string} number */
function addPhone(number) {
	const root = element('div', {
		class: 'phone small',
		role: 'group',
		'aria-label': `Phone ${number}`,
	});
	byId('others').append(root);
	/** @type {Handset} */
	const handset = makeHandset(root, { onUse: () => use(handset) });
	return handset;
}

async function place() {
	return await send('POST', '/simulator/calls', {
		from: byId('from').value.trim(),
		applicationId: byId('application').value,
	});
}

document.addEventListener('keydown', (event) => {
	const { altKey, ctrlKey, key, metaKey, target } = event;
	const isTyping = target instanceof Element && target.matches('input, select, textarea');
	if (!isTyping && !altKey && !ctrlKey && !metaKey && KEYS.includes(key)) inUse.press(key);
});
byId('from').addEventListener('change', () => {
	ownNumber = byId('from').value.trim();
	show();
});
byId('all').addEventListener('change', show);
byId('application').addEventListener('change', show);
setInterval(() => {
	for (const handset of [own, ...others.values()]) handset.showStatus();
}, 500);
