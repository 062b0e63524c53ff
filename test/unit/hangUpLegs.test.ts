import type { IWebhookFunctions } from 'n8n-workflow';

import { hangUpLegs } from '../../nodes/waiting/afterwards';
import type { Wait } from '../../nodes/waiting/wait';

/** A waiting execution whose credential cannot be read until `repair` is called. */
function withoutDatabase() {
	let isBroken = true;
	const hungUp: string[] = [];
	const context = {
		getNode: () => ({}),
		logger: { debug: () => {} },
		getCredentials: async () => {
			if (isBroken) throw new Error('database is locked');
			return await Promise.resolve({ apiKey: 'KEY', baseUrl: 'https://api.telnyx.com/v2' });
		},
		helpers: {
			async httpRequestWithAuthentication(_type: string, { url }: { url: string }) {
				hungUp.push(url.split('/').at(-3)!);
				return await Promise.resolve({ statusCode: 200, headers: {}, body: { data: {} } });
			},
		},
	} as unknown as IWebhookFunctions;
	return { context, hungUp, repair: () => (isBroken = false) };
}

it('a call that could not be hung up is hung up by whoever comes to it next, and then no more', async () => {
	const { context, hungUp, repair } = withoutDatabase();
	const wait = { secret_hash: 'wait' } as Wait;
	await expect(hangUpLegs(context, wait, ['v3:1'])).rejects.toThrow('database is locked');
	repair();
	await hangUpLegs(context, wait, ['v3:1']);
	await hangUpLegs(context, wait, ['v3:1', 'v3:2']);
	expect(hungUp).toEqual(['v3:1', 'v3:2']);
});
