import type { IDataObject } from 'n8n-workflow';

import {
	readWebhookUrl,
	withoutPrevious,
	withoutTests,
	withoutTrigger,
	withPrevious,
	type WebhookUrl,
} from '../../nodes/telnyx/account/previousUrl';

/** The settings of an application, of which one URL after the other was set by a trigger. */
const settings = (webhook_event_url: string) => ({ webhook_event_url, webhook_api_version: '2' });
const users = settings('https://example.com/hook?line=1&previous_url=mine');
const trigger = (number: number, isForTest = false) => ({
	address: `https://n8n.example/${isForTest ? 'webhook-test' : 'webhook'}/${number}`,
	owner: { workflowId: `workflow-${number}`, nodeId: 'node.1' },
	isForTest,
});
const first = settings(withPrevious(trigger(1), users));
const second = settings(withPrevious(trigger(2), first));
const underTest = settings(withPrevious(trigger(1, true), first));

it('is left out of what Telnyx tells, which may be nested as deep as it likes', () => {
	let deep: IDataObject = {};
	for (let level = 0; level < 20_000; level++) deep = { deep };
	expect(withoutPrevious({ url: first.webhook_event_url, deep })).toMatchObject({
		url: trigger(1).address,
	});
});

describe('the URL that a trigger sets', () => {
	it('names its trigger, and keeps the previous settings, whatever they are', () => {
		expect(readWebhookUrl(second.webhook_event_url)).toEqual({ ...trigger(2), previous: first });
		expect(readWebhookUrl(underTest.webhook_event_url)).toEqual({
			...trigger(1, true),
			previous: first,
		});
	});

	it.each(['', 'not a URL', users.webhook_event_url])(
		"is not mistaken for a user's own: '%s'",
		(url) => {
			expect(readWebhookUrl(url)).toEqual({ address: url, isForTest: false });
		},
	);
});

describe('the URL that is restored', () => {
	const isAt =
		(number: number) =>
		({ owner }: WebhookUrl) =>
			owner?.workflowId === `workflow-${number}`;

	it("is the user's URL after the only trigger, and the other trigger's after one of two", () => {
		expect(withoutTrigger(first, isAt(1))).toEqual(users);
		expect(withoutTrigger(second, isAt(2))).toEqual(first);
	});

	it("is the later trigger's, which keeps the user's URL, if that trigger took the URL over", () => {
		const left = withoutTrigger(second, isAt(1)) ?? second;
		expect(readWebhookUrl(left.webhook_event_url)).toEqual({
			...trigger(2),
			previous: users,
		});
	});

	it('is none if the trigger did not set the URL', () => {
		expect(withoutTrigger(users, isAt(1))).toBeUndefined();
		expect(withoutTrigger(second, isAt(3))).toBeUndefined();
	});

	it('is never the URL of a test, however many tests were cut off', () => {
		const again = settings(withPrevious(trigger(2, true), underTest));
		expect(withoutTests(again)).toEqual(first);
		expect(withoutTests(first)).toEqual(first);
	});
});
