// @ts-check
import { element, readable } from './element.js';
import { NORMAL } from './words.js';

/** @typedef {import('../types').Row} Row */

/**
 * Shows rows, each of which may come again when it has changed.
 * @param {HTMLElement} list
 * @param {HTMLElement} empty shown while there are no rows
 */
export function makeTimeline(list, empty) {
	/** @type {Map<string, Row>} */
	let rows = new Map();
	/** @type {Map<string, HTMLElement>} */
	let shown = new Map();
	/** The call session that is shown; all of them if null. @type {string | null} */
	let session = null;

	/** @param {Row} row */
	const isWanted = (row) => session === null || row.session === session || row.session === null;

	function rebuild() {
		list.replaceChildren();
		shown = new Map();
		const wanted = [...rows.values()].filter(isWanted);
		if (session !== null) {
			for (const row of wanted) append(row);
		} else {
			for (const id of new Set(wanted.map((row) => row.session))) {
				const ofCall = wanted.filter((row) => row.session === id);
				if (id !== null && ofCall[0]) list.append(divider(ofCall[0]));
				for (const row of ofCall) append(row);
			}
		}
		empty.hidden = shown.size > 0;
		list.scrollTop = list.scrollHeight;
	}

	/** Keeps the latest row in view unless somebody has scrolled up. @param {() => void} change */
	function following(change) {
		const isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
		change();
		if (isAtEnd) list.scrollTop = list.scrollHeight;
	}

	/** @param {Row} row */
	function append(row) {
		const item = element('li', { class: 'row', 'data-kind': row.kind });
		fill(item, row, contextOf(row));
		shown.set(row.id, item);
		list.append(item);
	}

	/** When its call began, and whose phone began it. @param {Row} row */
	function contextOf(row) {
		const first = [...rows.values()].find((other) => other.session === row.session) ?? row;
		return { start: first.at, party: first.party };
	}

	return {
		/** @param {Row[]} all */
		reset(all) {
			rows = new Map(all.map((row) => [row.id, row]));
			rebuild();
		},
		/** @param {Row} row */
		put(row) {
			const isNew = !rows.has(row.id);
			rows.set(row.id, row);
			const item = shown.get(row.id);
			if (item && !isWanted(row)) return rebuild();
			if (item) return following(() => fill(item, row, contextOf(row)));
			if (!isWanted(row)) return;
			if (session === null || !isNew) return rebuild();
			following(() => append(row));
			empty.hidden = true;
		},
		/** @param {string | null} wanted */
		show(wanted) {
			if (session === wanted) return;
			session = wanted;
			rebuild();
		},
		/** The latest webhook to an application's address, which tells whether anybody listens there. */
		lastWebhook: () => [...rows.values()].filter(({ kind }) => kind === 'webhook').at(-1),
	};
}

/** @param {Row} row */
const divider = ({ at }) =>
	element('li', { class: 'row divider' }, `Call at ${new Date(at).toLocaleTimeString()}`);

/**
 * @param {HTMLElement} item
 * @param {Row} row
 * @param {{ start: number, party: string | null }} context
 */
function fill(item, row, { start, party }) {
	const isOpen = item.querySelector('details')?.open ?? false;
	const summary = element(
		'summary',
		{},
		element('time', { title: new Date(row.at).toLocaleString() }, since(row.at - start)),
		element('span', { class: 'what' }, row.name),
		facts(row, row.party !== party),
		element('span', { class: 'outcome' }, outcome(row)),
	);
	if (row.reason) {
		const reason = row.isNormal ? `${row.reason} ${NORMAL}` : row.reason;
		summary.append(element('span', { class: 'reason' }, reason));
	}
	if (row.advice) summary.append(advice(row.advice, row.page));
	const hadFocus = document.activeElement !== null && item.contains(document.activeElement);
	const details = element(
		'details',
		{ 'data-status': row.isNormal ? 'normal' : row.status },
		summary,
	);
	if (row.detail) {
		details.open = isOpen;
		details.append(element('pre', { tabindex: '0' }, JSON.stringify(row.detail, null, 2)));
	} else {
		details.dataset.plain = '';
		summary.tabIndex = -1;
		summary.addEventListener('click', (event) => event.preventDefault());
	}
	item.replaceChildren(details);
	if (hadFocus) summary.focus();
}

/** @param {string} text @param {string | null} page */
function advice(text, page) {
	const made = element('span', { class: 'advice' }, text);
	if (page) made.append(' ', element('a', { href: page, target: 'n8n' }, 'Open in n8n'));
	return made;
}

/** What is notable; also whose phone it is about if not the one that began.
 * @param {Row} row
 * @param {boolean} isOther */
function facts(row, isOther) {
	const made = element('span', { class: 'facts' });
	if (isOther && row.party) made.append(element('b', {}, readable(row.party)), ' ');
	made.append(row.facts.map(readable).join(' · '));
	return made;
}

/** @param {number} ms */
const since = (ms) => `${(ms / 1000).toFixed(1)} s`;

/** @param {Row} row */
function outcome({ detail, kind, status }) {
	if (kind === 'person') return '';
	if (status === 'underway') return '…';
	const { answer, attempts } = /** @type {any} */ (detail ?? {});
	const http = kind === 'command' ? answer?.status : attempts?.at(-1)?.http.response?.status;
	return http ? String(http) : '';
}
