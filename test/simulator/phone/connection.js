// @ts-check

/**
 * Sends a request to the simulator.
 * @param {string} method
 * @param {string} path
 * @param {object} [body]
 * @returns {Promise<any>} what it answers; `{ error }` in plain words if it cannot
 */
export async function send(method, path, body = {}) {
	try {
		const response = await fetch(path, {
			method,
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
		return await response.json();
	} catch {
		return { error: 'The simulator does not answer. Is it still running?' };
	}
}

/**
 * Follows the simulator's events; reconnects by itself.
 * @param {object} on
 * @param {(state: any) => void} on.state
 * @param {(rows: any[]) => void} on.rows
 * @param {(row: any) => void} on.row
 * @param {(isLive: boolean) => void} on.live
 */
export function follow(on) {
	const events = new EventSource('/simulator/events');
	for (const type of /** @type {const} */ (['state', 'rows', 'row'])) {
		events.addEventListener(type, ({ data }) => on[type](JSON.parse(data)));
	}
	events.addEventListener('open', () => on.live(true));
	events.addEventListener('error', () => on.live(false));
}
