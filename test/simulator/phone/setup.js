// @ts-check
import { send } from './connection.js';
import { byId, element, readable } from './element.js';
import { NORMAL } from './words.js';

/** @typedef {ReturnType<typeof import('../state').stateOf>} State */
/** @typedef {import('../types').Row} Row */

/** @type {State | undefined} */
let state;

const chosen = () => state?.applications.find(({ id }) => id === byId('application').value);

/** @param {State} next */
export function showSetup(next) {
	state = next;
	const list = byId('application');
	const key = JSON.stringify(next.applications.map(({ id, name, number }) => [id, name, number]));
	if (list.dataset.key !== key) {
		list.dataset.key = key;
		const before = list.value;
		list.replaceChildren(
			...next.applications.map(({ id, name, number }) =>
				element('option', { value: id }, `${name} · ${readable(number)}`),
			),
		);
		if (next.applications.some(({ id }) => id === before)) list.value = before;
	}
	if (document.activeElement !== byId('url')) byId('url').value = chosen()?.url ?? '';
	const page = chosen()?.workflow?.page;
	const link = byId('workflow');
	link.hidden = page === undefined;
	if (page !== undefined) link.href = page;
}

/** Says whether the webhooks of a call reach n8n. @param {Row} [last] the latest webhook */
export function showHint(last) {
	const hint = byId('hint');
	const app = chosen();
	const { attempts = [], event } = /** @type {any} */ (last?.detail ?? {});
	const isOurs = event?.payload.connection_id === app?.id;
	const isSame = attempts.at(-1)?.http.request.url === app?.url;
	let mood = 'good';
	let text = app?.workflow
		? (app.workflow.about ?? '')
		: 'Press Call to see whether a workflow answers.';
	if (!app) {
		mood = 'unset';
		text =
			'There is no Call Control application. A workflow’s trigger needs one to point at itself.';
	} else if (!app.url) {
		mood = 'unset';
		text =
			app.idle ??
			'Nobody would hear you yet. Publish a workflow that starts with Telnyx Advanced Trigger, and paste its Production URL above.';
	} else if (isOurs && isSame && last?.reason) {
		mood = last.isNormal ? 'plain' : 'bad';
		text = last.isNormal ? `${last.reason} ${NORMAL}` : last.reason;
	} else if (!app.workflow && isOurs && isSame && last?.status === 'done') {
		text = 'n8n took the last webhook.';
	}
	hint.dataset.mood = mood;
	if (hint.textContent !== text) hint.textContent = text;
}

async function save() {
	const app = chosen();
	const url = byId('url').value.trim();
	if (app && url !== app.url) await send('PATCH', `/simulator/applications/${app.id}`, { url });
}

byId('url').addEventListener('change', save);
byId('address').addEventListener('submit', (/** @type {Event} */ event) => {
	event.preventDefault();
	byId('url').blur();
});
