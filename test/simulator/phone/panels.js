// @ts-check
import { button, byId, element } from './element.js';
import { send } from './connection.js';

/** @typedef {ReturnType<typeof import('../state').stateOf>} State */

/** What can be made to go wrong: a label, whether it is on, and what switches it on. */
const FAULTS = /** @type {[string, (faults: State['faults']) => boolean, object, object][]} */ ([
	['Telnyx is slow', ({ latencyMs }) => latencyMs > 0, { latencyMs: 3000 }, { latencyMs: 0 }],
	['Next command fails', ({ failing }) => failing > 0, { fail: { count: 1 } }, {}],
	['Next answer is lost', ({ dropping }) => dropping > 0, { drop: { count: 1, after: true } }, {}],
	[
		'Few commands allowed',
		({ rateLimit }) => rateLimit !== null,
		{ rateLimit: { limit: 2, windowMs: 10_000 } },
		{ rateLimit: null },
	],
	[
		'Webhooks come twice',
		({ duplicateWebhooks }) => duplicateWebhooks,
		{ duplicateWebhooks: true },
		{ duplicateWebhooks: false },
	],
	[
		'Webhooks change places',
		({ reorderWebhooks }) => reorderWebhooks,
		{ reorderWebhooks: true },
		{ reorderWebhooks: false },
	],
	[
		'Webhooks come late',
		({ delayWebhooksMs }) => delayWebhooksMs > 0,
		{ delayWebhooksMs: 3000 },
		{ delayWebhooksMs: 0 },
	],
]);

const ALL_WELL = 'All well again';
const allWell = () => void send('DELETE', '/simulator/faults');

/** @param {State} state */
export function showFaults({ faults }) {
	const panel = byId('faults');
	if (panel.childElementCount === 0) {
		for (const [label, isOn, on, off] of FAULTS) {
			const made = button(label, () => {
				const isPressed = made.getAttribute('aria-pressed') === 'true';
				void send('PATCH', '/simulator/faults', isPressed ? off : on);
			});
			Object.assign(made, { isOn });
			panel.append(made);
		}
		panel.append(button(ALL_WELL, allWell));
	}
	for (const made of panel.children) {
		if (made.isOn) made.setAttribute('aria-pressed', String(made.isOn(faults)));
	}
	const on = FAULTS.filter(([, isOn]) => isOn(faults)).map(([label]) => label);
	const sign = byId('hard');
	sign.hidden = on.length === 0;
	const text = `Made hard: ${on.join(', ')}`;
	if (sign.dataset.text === text) return;
	sign.dataset.text = text;
	sign.replaceChildren(`${text} · `, button(ALL_WELL, allWell));
}

/** @param {State} state */
export function showAccount({ apiKey, publicKey }) {
	const list = byId('account');
	if (list.childElementCount > 0) return;
	const values = {
		'Base URL': `${location.origin}/v2`,
		'API key': apiKey,
		'Public key': publicKey,
	};
	for (const [name, value] of Object.entries(values)) {
		const copy = button('Copy', () => {
			void navigator.clipboard.writeText(value).then(() => (copy.textContent = 'Copied'));
		});
		copy.setAttribute('aria-label', `Copy ${name}`);
		list.append(element('dt', {}, name), element('dd', {}, value), copy);
	}
}
