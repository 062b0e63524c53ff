/* eslint-disable @typescript-eslint/no-explicit-any -- test code, never shipped */
export type Owner = { email: string; password: string };

/** Sends a request as the editor would. */
export type Rest = (
	method: string,
	path: string,
	body?: unknown,
) => Promise<{ status: number; body: any }>;

/** A browser in which somebody has signed in, and its cookie. */
type Session = { rest: Rest; cookie: () => string };

function session(url: string): Session {
	let cookie: string | undefined;
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

/** Makes the owner of a new n8n. */
export async function signUp(url: string, owner: Owner): Promise<Session> {
	const name = { firstName: 'Test', lastName: 'Owner' };
	return await begin(url, '/owner/setup', { ...owner, ...name });
}

export const signIn = async (url: string, { email, password }: Owner): Promise<Session> =>
	await begin(url, '/login', { emailOrLdapLoginId: email, password });

async function begin(url: string, path: string, body: object) {
	const begun = session(url);
	const answer = await begun.rest('POST', path, body);
	if (answer.status === 200) return begun;
	throw new Error(`n8n refuses its owner: ${JSON.stringify(answer.body)}`);
}
