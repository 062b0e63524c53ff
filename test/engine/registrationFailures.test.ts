import { PRODUCTION, untouched, useApplications } from '../support/applications';
import { credentialFor } from '../support/credential';

const account = useApplications();
const { address, changes, settings, trigger } = account;

describe('when Telnyx fails', () => {
	it.each<[string, () => void, RegExp]>([
		['is down', () => account.telnyx.faults.failNext(9, 503), /has a fault or is overloaded/],
		['breaks off', () => account.telnyx.faults.dropNext(9), /Telnyx could not be reached/],
		[
			'has too many requests',
			() => account.telnyx.faults.rateLimit({ limit: 0, windowMs: 60_000 }),
			/too many requests/,
		],
	])('that %s: publishing says so, and works the next time', async (_what, fail, says) => {
		const memory = {};
		fail();
		const failing = trigger({ memory });
		await expect(failing.start()).rejects.toThrow(says);
		// Cleans up. If this fails too, n8n 2 takes the trigger for registered and never tries again.
		await failing.remove();
		expect(settings()).toMatchObject(untouched);

		account.telnyx.faults.reset();
		await trigger({ memory }).start();
		expect(address()).toBe(PRODUCTION);
		await trigger({ memory }).remove();
		expect(settings()).toMatchObject(untouched);
	});

	it('because the key is wrong, publishing says so', async () => {
		const credential = credentialFor(account.telnyx, { apiKey: 'KEY-of-nobody' });
		const { start } = trigger({ credential });
		await expect(start()).rejects.toThrow(/does not accept the API key. Open the credential/);
		expect(settings()).toMatchObject(untouched);
	});

	it('after it has carried the change out, unpublishing still restores the settings', async () => {
		const { start, remove } = trigger();
		let requests = 0;
		account.telnyx.on('request', () => {
			requests += 1;
			// The first two only read; the third makes the change.
			if (requests === 2) account.telnyx.faults.dropNext(1, { after: true });
		});
		await expect(start()).rejects.toThrow('Telnyx could not be reached');
		expect(address()).toBe(PRODUCTION);
		await remove();
		expect(settings()).toMatchObject(untouched);
	});

	it.each<[string, () => void]>([
		['is down', () => account.telnyx.faults.failNext(1, 503)],
		['breaks off', () => account.telnyx.faults.dropNext(1)],
		['has too many requests', () => account.telnyx.faults.failNext(1, 429)],
		['has forgotten the key', () => account.telnyx.faults.failNext(1, 401)],
	])('that %s when n8n starts is not taken for "not registered"', async (_what, fail) => {
		const memory = {};
		await trigger({ memory }).start();
		fail();
		const { exists, said } = trigger({ memory });
		expect(await exists()).toBe(true);
		expect(said).toEqual([
			expect.stringContaining("could not check the application's webhook URL"),
		]);
		expect(changes()).toHaveLength(1);
	});

	it('on unpublishing, n8n is told so that it tries again', async () => {
		const memory = {};
		await trigger({ memory }).start();
		account.telnyx.faults.failNext(1, 503);
		await expect(trigger({ memory }).remove()).rejects.toThrow(
			/could not put the previous webhook URL of the application \d+ back: Telnyx has a fault or is overloaded/,
		);
		await trigger({ memory }).remove();
		expect(settings()).toMatchObject(untouched);
	});

	it('because the application was deleted, publishing says so, and unpublishing works', async () => {
		const memory = {};
		await trigger({ memory }).start();
		account.telnyx.applications.delete(account.id);

		expect(await trigger({ memory }).exists()).toBe(false);
		await expect(trigger({ memory }).start()).rejects.toThrow(
			new RegExp(`Telnyx has no application ${account.id} \\(any more\\)`),
		);
		const { remove, said } = trigger({ memory });
		await remove();
		expect(said).toEqual([expect.stringContaining('nothing to put back')]);
	});

	it('because another server answers, the application is not taken for deleted', async () => {
		const memory = {};
		await trigger({ memory }).start();
		const elsewhere = credentialFor(account.telnyx, {
			customBaseUrl: account.telnyx.baseUrl.replace('/v2', '/v3'),
		});
		expect(await trigger({ memory, credential: elsewhere }).exists()).toBe(true);
		await expect(trigger({ memory, credential: elsewhere }).remove()).rejects.toThrow(
			/The base URL of the credential does not lead to the Telnyx API/,
		);
	});

	it('only to answer fast, publishing still works', async () => {
		account.telnyx.faults.latencyMs = 150;
		const { start, remove } = trigger();
		await start();
		await remove();
		expect(settings()).toMatchObject(untouched);
	});
});
