import type * as OwnAddress from '../../nodes/waiting/ownAddress';

/** How n8n's protection against requests to internal addresses refuses one. */
const forbidden = () => Object.assign(new Error('blocked'), { name: 'SsrfBlockedIpError' });
const notThere = () => Object.assign(new Error('no answer'), { code: 'ECONNREFUSED' });
const tooSlow = () => Object.assign(new Error('timeout'), { code: 'ECONNABORTED' });

const PUBLIC = 'https://n8n.example.com';
const ADDRESS = '/webhook-waiting/1/telnyx?signature=secret';
const answer = { statusCode: 200, body: 'Taken' };

/** A new process of n8n that has received a webhook at 10.0.0.7, and how it answers each address. */
function startProcess(answers: Record<string, () => unknown>) {
	jest.resetModules();
	const { ask, learnOrigin, takesWebhooks } = jest.requireActual<typeof OwnAddress>(
		'../../nodes/waiting/ownAddress',
	);
	const socket = { localAddress: '::ffff:10.0.0.7', localPort: 5678 };
	learnOrigin({ getRequestObject: () => ({ socket }) } as never);
	const warnings: string[] = [];
	const asked: string[] = [];
	const context = {
		helpers: {
			httpRequest: async ({ url }: { url: string }) => {
				const { origin } = new URL(url);
				asked.push(origin);
				const answered = answers[origin]();
				if (answered instanceof Error) throw answered;
				return answered;
			},
		},
		logger: { warn: (message: string) => warnings.push(message) },
	} as never;
	const content = { body: '{}', headers: {} };
	const send = async () => await ask(context, ADDRESS, PUBLIC, content, 10_000);
	return { asked, send, warnings, takesWebhooks };
}

const OWN = 'http://10.0.0.7:5678';

const PROXY_PAGE = '<html><body>Access denied</body></html>';

describe('a request of n8n to itself', () => {
	it('stays within the process', async () => {
		const { asked, send } = startProcess({ [OWN]: () => answer });
		expect(await send()).toEqual({ status: 200, text: 'Taken' });
		expect(asked).toEqual([OWN]);
	});

	it.each([403, 407, 502, 503, 504])(
		'takes the public address if a proxy answers instead, with %i',
		async (statusCode) => {
			const ofProxy = () => ({ statusCode, body: PROXY_PAGE });
			const { asked, send, takesWebhooks } = startProcess({
				[OWN]: ofProxy,
				[PUBLIC]: () => answer,
			});
			expect(await send()).toEqual({ status: 200, text: 'Taken' });
			expect(asked).toEqual([OWN, PUBLIC]);
			expect(await send()).toEqual({ status: 200, text: 'Taken' });
			expect(asked).toEqual([OWN, PUBLIC, PUBLIC]);
			// What this process knows is still known where events arrive.
			expect(takesWebhooks()).toBe(true);
		},
	);

	it.each<[string, number, unknown]>([
		['we ask for a repetition', 503, 'Busy'],
		['we cannot verify an event now', 503, 'Cannot be verified now'],
		['n8n has no database now', 503, { code: 503, message: 'Not ready' }],
		['the execution runs', 409, { message: 'is running already' }],
		['the execution is gone', 404, { message: 'does not exist' }],
	])('is not sent a second time if %s', async (_what, statusCode, body) => {
		const { asked, send } = startProcess({ [OWN]: () => ({ statusCode, body }) });
		expect((await send()).status).toBe(statusCode);
		expect(asked).toEqual([OWN]);
	});

	it('tries its own address again later, if a proxy answers at both', async () => {
		const { asked, send } = startProcess({
			[OWN]: () => ({ statusCode: 503, body: PROXY_PAGE }),
			[PUBLIC]: () => ({ statusCode: 502, body: PROXY_PAGE }),
		});
		expect((await send()).status).toBe(502);
		await send();
		expect(asked).toEqual([OWN, PUBLIC, OWN, PUBLIC]);
	});

	it('takes the public address where n8n forbids internal ones', async () => {
		const { asked, send, warnings } = startProcess({ [OWN]: forbidden, [PUBLIC]: () => answer });
		expect(await send()).toEqual({ status: 200, text: 'Taken' });
		expect(asked).toEqual([OWN, PUBLIC]);
		expect(warnings).toEqual([]);
	});

	it.each([
		['the public one is internal too', forbidden],
		['the public one cannot be reached from here', notThere],
	])(
		'says once in the log what to allow, where n8n forbids internal addresses and %s',
		async (_what, instead) => {
			const { send, warnings } = startProcess({ [OWN]: forbidden, [PUBLIC]: instead });
			expect(await send()).toEqual({ status: 0, text: '' });
			await send();
			expect(warnings).toEqual([expect.stringContaining('N8N_SSRF_ALLOWED_HOSTNAMES')]);
		},
	);

	it.each([
		['nobody answers', notThere, notThere],
		['the request may have arrived', forbidden, tooSlow],
	])('does not speak of forbidden addresses where %s', async (_what, own, others) => {
		const { send, warnings } = startProcess({ [OWN]: own, [PUBLIC]: others });
		expect(await send()).toEqual({ status: 0, text: '' });
		expect(warnings).toEqual([]);
	});
});
