import type { IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

import type * as OwnAddress from '../../nodes/waiting/ownAddress';

const ADDRESS = '/webhook-waiting/7/telnyx?signature=abc';
const PUBLIC = 'https://n8n.example.com';
const LOCAL = 'http://172.18.0.5:5678';
const PROXY_PAGE = '<html><body>Access denied</body></html>';

interface Answer {
	statusCode: number;
	body: unknown;
}

/** A process of n8n that has received a webhook, and what is answered at its own address and at the public one. */
function n8n(local: Answer, atPublic: Answer = { statusCode: 200, body: 'Taken' }) {
	let ofProcess!: typeof OwnAddress;
	jest.isolateModules(() => {
		ofProcess = jest.requireActual<typeof OwnAddress>('../../nodes/waiting/ownAddress');
	});
	const socket = { localAddress: '172.18.0.5', localPort: 5678 };
	ofProcess.learnOrigin({ getRequestObject: () => ({ socket }) } as unknown as IWebhookFunctions);
	const asked: string[] = [];
	const httpRequest = async ({ url }: { url: string }) => {
		asked.push(new URL(url).origin);
		return url.startsWith(LOCAL) ? local : atPublic;
	};
	const context = { helpers: { httpRequest } } as unknown as IExecuteFunctions;
	const content = { body: '{}', headers: {} };
	return {
		asked,
		takesWebhooks: ofProcess.takesWebhooks,
		ask: async () => await ofProcess.ask(context, ADDRESS, PUBLIC, content, 1_000),
	};
}

it('is asked within this process', async () => {
	const { ask, asked } = n8n({ statusCode: 200, body: 'Taken' });
	expect(await ask()).toEqual({ status: 200, text: 'Taken' });
	expect(asked).toEqual([LOCAL]);
});

it.each([403, 407, 502, 503, 504])(
	'is asked at its public address if a proxy answers instead, with %i',
	async (statusCode) => {
		const { ask, asked, takesWebhooks } = n8n({ statusCode, body: PROXY_PAGE });
		expect(await ask()).toEqual({ status: 200, text: 'Taken' });
		expect(asked).toEqual([LOCAL, PUBLIC]);
		expect(await ask()).toEqual({ status: 200, text: 'Taken' });
		expect(asked).toEqual([LOCAL, PUBLIC, PUBLIC]);
		// What this process knows is still known where events arrive.
		expect(takesWebhooks()).toBe(true);
	},
);

it.each<[string, Answer]>([
	['we ask for a repetition', { statusCode: 503, body: 'Busy' }],
	['we cannot verify an event now', { statusCode: 503, body: 'Cannot be verified now' }],
	['n8n has no database now', { statusCode: 503, body: { code: 503, message: 'Not ready' } }],
	['the execution runs', { statusCode: 409, body: { message: 'is running already' } }],
	['the execution is gone', { statusCode: 404, body: { message: 'does not exist' } }],
])('is not asked a second time if %s', async (_, local) => {
	const { ask, asked } = n8n(local);
	expect((await ask()).status).toBe(local.statusCode);
	expect(asked).toEqual([LOCAL]);
});

it('is asked there again later, if a proxy answers at both addresses', async () => {
	const { ask, asked } = n8n(
		{ statusCode: 503, body: PROXY_PAGE },
		{ statusCode: 502, body: PROXY_PAGE },
	);
	expect((await ask()).status).toBe(502);
	await ask();
	expect(asked).toEqual([LOCAL, PUBLIC, LOCAL, PUBLIC]);
});
