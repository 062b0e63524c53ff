// @ts-check

/** @typedef {{ email: string, password: string }} Owner */

/**
 * Asks what the editor would ask.
 * @typedef {(method: string, path: string, body?: unknown) => Promise<{ status: number, body: any }>} Rest
 */

/**
 * What n8n knows a browser by once somebody has signed in.
 * @typedef {{ rest: Rest, cookie: () => string }} Session
 */

/** @param {string} url @returns {Session} */
function session(url) {
	/** @type {string | undefined} */
	let cookie;
	return {
		async rest(method, path, body) {
			const response = await fetch(`${url}/rest${path}`, {
				method,
				headers: { 'content-type': 'application/json', ...(cookie && { cookie }) },
				...(body !== undefined && { body: JSON.stringify(body) }),
			});
			cookie ??= response.headers.getSetCookie()[0]?.split(';')[0];
			return { status: response.status, body: await response.json() };
		},
		cookie: () => cookie ?? '',
	};
}

/**
 * Makes the owner of a new n8n.
 * @param {string} url
 * @param {Owner} owner
 * @returns {Promise<Session>}
 */
async function signUp(url, owner) {
	const name = { firstName: 'Test', lastName: 'Owner' };
	return await begin(url, '/owner/setup', { ...owner, ...name });
}

/**
 * @param {string} url
 * @param {Owner} owner
 * @returns {Promise<Session>}
 */
const signIn = async (url, { email, password }) =>
	await begin(url, '/login', { emailOrLdapLoginId: email, password });

/** @param {string} url @param {string} path @param {object} body */
async function begin(url, path, body) {
	const begun = session(url);
	const answer = await begun.rest('POST', path, body);
	if (answer.status === 200) return begun;
	throw new Error(`n8n refuses its owner: ${JSON.stringify(answer.body)}`);
}

module.exports = { signIn, signUp };
