import { borrowing, PRODUCTION, TEST, untouched, useApplications } from '../support/applications';

const account = useApplications();
const { address, changes, settings, trigger } = account;

describe('listening for a test event', () => {
	it('says that it would receive nothing unless the user lets it use the application', async () => {
		const { start, remove } = trigger({ isTest: true });
		await expect(start()).rejects.toThrow(
			/^A test would receive nothing, because the application 'Support' sends its events elsewhere\. Switch on 'Use the Application for Tests'/,
		);
		await remove();
		expect(changes()).toEqual([]);
	});

	it('touches nothing if the test URL was pasted into the application', async () => {
		settings().webhook_event_url = TEST.replace('127.0.0.1', 'tunnel.example.com');
		const { start, remove } = trigger({ isTest: true });
		await start();
		await remove();
		expect(changes()).toEqual([]);
	});

	it('starts without a word if the application cannot be read', async () => {
		account.telnyx.applications.clear();
		await trigger({ isTest: true }).start();
	});

	it('borrows the application, and gives it back', async () => {
		const { start, remove } = trigger(borrowing);
		await start();
		expect(address()).toBe(TEST);
		await remove();
		expect(settings()).toMatchObject(untouched);
	});

	it('while the workflow is published restores the production URL', async () => {
		await trigger().start();
		const published = settings().webhook_event_url;
		const test = trigger(borrowing);
		await test.start();
		expect(address()).toBe(TEST);
		await test.remove();
		expect(settings().webhook_event_url).toBe(published);
		await trigger().remove();
		expect(settings()).toMatchObject(untouched);
	});

	it('tries again to give the application back when Telnyx fails, and says what is left to do if that fails too', async () => {
		const { start, remove, said } = trigger(borrowing);
		await start();
		account.telnyx.faults.failNext(2, 503);
		await remove();
		expect(settings()).toMatchObject(untouched);
		expect(account.waits).toEqual([1_000, 2_000]);

		await start();
		account.telnyx.faults.failNext(9, 503);
		await remove();
		expect(said).toEqual([
			expect.stringMatching(
				/could not put the previous webhook URL .* back.* Set it in the Telnyx portal\.$/,
			),
		]);
		account.telnyx.faults.reset();
	});

	it('that was cut off is put right by the next test', async () => {
		await trigger(borrowing).start();
		const { start, remove } = trigger(borrowing);
		await start();
		await remove();
		expect(settings()).toMatchObject(untouched);
	});

	it('that was cut off is put right by publishing', async () => {
		await trigger(borrowing).start();
		await trigger().start();
		expect(address()).toBe(PRODUCTION);
		await trigger().remove();
		expect(settings()).toMatchObject(untouched);
	});

	it('that was cut off while published is put right by publishing again', async () => {
		const memory = {};
		await trigger({ memory }).start();
		await trigger(borrowing).start();
		await trigger({ memory }).start();
		expect(address()).toBe(PRODUCTION);
		await trigger({ memory }).remove();
		expect(settings()).toMatchObject(untouched);
	});

	it.each(['init', 'leadershipChange'] as const)(
		'that was cut off while published is put right by the next start of n8n (%s)',
		async (activation) => {
			const memory = {};
			await trigger({ memory }).start();
			await trigger(borrowing).start();
			await trigger({ memory, activation }).start();
			expect(address()).toBe(PRODUCTION);
			await trigger({ memory }).remove();
			expect(settings()).toMatchObject(untouched);
		},
	);

	it('that was cut off in one workflow is put right by the next start of another that is published', async () => {
		await trigger().start();
		await trigger({ ...borrowing, workflowId: 'workflow-2' }).start();
		await trigger({ activation: 'init' }).start();
		expect(address()).toBe(PRODUCTION);
		await trigger().remove();
		expect(settings()).toMatchObject(untouched);
	});

	it('that was cut off while published is put right by unpublishing', async () => {
		const memory = {};
		await trigger({ memory }).start();
		await trigger(borrowing).start();
		await trigger({ memory }).remove();
		expect(settings()).toMatchObject(untouched);
	});

	it('and unpublishing meanwhile ends with the former settings', async () => {
		await trigger().start();
		const test = trigger(borrowing);
		await test.start();
		await trigger().remove();
		expect(settings()).toMatchObject(untouched);
		await test.remove();
		expect(settings()).toMatchObject(untouched);
	});

	it('and publishing meanwhile keeps the production URL', async () => {
		const test = trigger(borrowing);
		await test.start();
		await trigger().start();
		await test.remove();
		expect(address()).toBe(PRODUCTION);
		await trigger().remove();
		expect(settings()).toMatchObject(untouched);
	});

	it('of another workflow that was cut off is no obstacle to publishing', async () => {
		const memory = {};
		await trigger({ memory }).start();
		await trigger({ ...borrowing, workflowId: 'workflow-2' }).start();
		await trigger({ memory }).start();
		expect(address()).toBe(PRODUCTION);
		await trigger({ memory }).remove();
		expect(settings()).toMatchObject(untouched);
	});

	it('of another workflow that was cut off is no obstacle to publishing a third', async () => {
		await trigger({ ...borrowing, workflowId: 'workflow-2' }).start();
		await trigger().start();
		expect(address()).toBe(PRODUCTION);
		await trigger().remove();
		expect(settings()).toMatchObject(untouched);
	});

	it('in two workflows at once ends with the former settings, whoever is first', async () => {
		for (const order of [
			[0, 1],
			[1, 0],
		]) {
			const tests = [trigger(borrowing), trigger({ ...borrowing, workflowId: 'workflow-2' })];
			for (const test of tests) await test.start();
			for (const index of order) await tests[index].remove();
			expect(settings()).toMatchObject(untouched);
		}
	});
});
