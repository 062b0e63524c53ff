import type { Leg, Live } from '../live';
import type { Observation } from '../observation';

const STARTED = 'call.speak.started';
/** After which no repetition is expected any more. */
const LAST_REPETITION_MS = 20_000;

/** Says something, refuses the event of it, and waits for repetitions. */
async function refuse(live: Live, leg: Leg, statuses: number[], delayMs = 0) {
	live.answerWith({ leg, type: STARTED }, statuses, delayMs);
	const before = live.deliveries({ leg, type: STARTED }).length;
	await live.speak(leg, 'Hello.');
	await live.quiet(LAST_REPETITION_MS);
	const deliveries = live.deliveries({ leg, type: STARTED }).slice(before);
	const times = deliveries.map(({ at }) => at);
	const gaps = times.slice(1).map((at, index) => `${((at - times[index]) / 1000).toFixed(1)} s`);
	if (gaps.length > 0) live.figures['repeated after'] = gaps.join(', ');
	return deliveries;
}

const repeats = (status: number, isRepeated: boolean): Observation => ({
	name: `A webhook that is answered with ${status}`,
	assumed: isRepeated
		? `Telnyx repeats it, with the same \`id\` and a higher \`meta.attempt\`.`
		: 'Telnyx does not repeat it.',
	where: 'test/simulator/webhooks.ts',
	how: `An event is answered with ${status} once, and its deliveries are counted for ${LAST_REPETITION_MS / 1000} seconds.`,
	expected: isRepeated ? { ids: 1, attempts: [1, 2] } : { ids: 1, attempts: [1] },
	async observe(live) {
		const { called } = await live.standing();
		const deliveries = await refuse(live, called, [status]);
		return {
			ids: new Set(deliveries.map(({ id }) => id)).size,
			attempts: deliveries.map(({ meta }) => meta.attempt),
		};
	},
});

/** @param statuses with which the event is answered */
async function answeredWithTwoAddresses(live: Live, statuses: number[] = []): Promise<Leg> {
	const addresses = ['event', 'other'].map((name) => live.receiver.addressOf(name));
	const pair = await live.ring(live.first, { webhook_urls: { 'call.answered': addresses } });
	live.answerWith({ leg: pair.caller, type: 'call.answered' }, statuses);
	await live.pickUp(pair);
	return pair.caller;
}

/** Which of our addresses heard that a call was answered. */
const answeredAt = (live: Live, leg: Leg) =>
	live.deliveries({ leg, type: 'call.answered' }).map(({ address }) => address);

/** Where webhooks go, and what becomes of those that are not accepted. */
export const webhooks: Observation[] = [
	{
		name: 'An address for one event',
		assumed: "An address in *Webhook URLs by Event* is called instead of the application's URL.",
		where: 'docs/waiting.md#not-yet-verified-with-a-real-account',
		how: 'A call is dialed with an address of its own for `call.answered`.',
		expected: { initiated: ['first'], answered: ['event'], hangup: ['first'] },
		async observe(live) {
			const { caller } = await live.connect(live.first, {
				webhook_urls: { 'call.answered': [live.receiver.addressOf('event')] },
			});
			await live.command(caller, 'hangup');
			await live.event({ type: 'call.hangup', leg: caller });
			await live.quiet(2000);
			const of = (type: string) =>
				live.deliveries({ leg: caller, type }).map(({ address }) => address);
			return {
				initiated: of('call.initiated'),
				answered: of('call.answered'),
				hangup: of('call.hangup'),
			};
		},
	},
	{
		name: 'An address for one event, given by answer',
		assumed: 'It counts for the events of commands that are sent later.',
		where: 'docs/waiting.md#how-events-find-their-execution',
		how: 'A call is answered with an address of its own for `call.speak.ended`, and something is said.',
		expected: { started: ['second'], ended: ['event'] },
		async observe(live) {
			const { called } = await live.ring();
			await live.command(called, 'answer', {
				webhook_urls: { 'call.speak.ended': [live.receiver.addressOf('event')] },
			});
			await live.speak(called, 'Hello.');
			await live.event({ type: 'call.speak.ended', leg: called });
			await live.quiet(2000);
			const of = (type: string) =>
				live.deliveries({ leg: called, type }).map(({ address }) => address);
			return { started: of(STARTED), ended: of('call.speak.ended') };
		},
	},
	{
		name: 'Two addresses for one event',
		assumed: 'Only the first one is called while it accepts the event.',
		where: 'test/simulator/webhooks.ts',
		how: 'A call is dialed with two addresses of its own for `call.answered`.',
		expected: ['event'],
		async observe(live) {
			const caller = await answeredWithTwoAddresses(live);
			await live.quiet(3000);
			return answeredAt(live, caller).sort();
		},
	},
	{
		name: 'Two addresses for one event, the first of which does not accept it',
		assumed: 'The second one is called when the first has failed twice.',
		where: 'test/simulator/webhooks.ts',
		how: 'A call is dialed with two addresses of its own for `call.answered`, which is answered with 503 twice.',
		expected: ['event', 'event', 'other'],
		async observe(live) {
			const caller = await answeredWithTwoAddresses(live, [503, 503]);
			await live.quiet(LAST_REPETITION_MS);
			return answeredAt(live, caller);
		},
	},
	{
		name: 'An address for a call',
		assumed: 'All events of the call go there instead of to the URL of the application.',
		where: 'nodes/catalogue/shared/webhookOptions.ts',
		how: 'A call is dialed with an address of its own.',
		expected: ['call'],
		async observe(live) {
			const { caller } = await live.connect(live.first, {
				webhook_url: live.receiver.addressOf('call'),
			});
			await live.command(caller, 'hangup');
			await live.event({ type: 'call.hangup', leg: caller });
			return [...new Set(live.deliveries({ leg: caller }).map(({ address }) => address))];
		},
	},
	{
		name: 'A webhook URL that changes during a call',
		assumed: 'A changed webhook URL counts at once, also for calls that are in progress.',
		where: 'docs/trigger.md#not-yet-verified-with-a-real-account',
		how: 'The URL of the application is changed during a call, in which something is said then.',
		expected: { before: ['second'], after: ['changed'] },
		async observe(live) {
			const { called } = await live.connect();
			const use = async (name: string) => await setAddresses(live, { webhook_event_url: name });
			live.cleanUp.push('a webhook URL', async () => await use('second'));
			await use('changed');
			await live.speak(called, 'Hello.');
			await live.event({ type: STARTED, leg: called });
			const of = (type: string) =>
				live.deliveries({ leg: called, type }).map(({ address }) => address);
			return { before: of('call.answered'), after: of(STARTED) };
		},
	},
	repeats(503, true),
	repeats(500, true),
	repeats(429, true),
	repeats(408, true),
	repeats(409, false),
	repeats(401, false),
	repeats(404, false),
	{
		name: 'A webhook that is answered late',
		assumed: 'Telnyx gives up after 2 seconds, and repeats it.',
		where: 'docs/waiting.md#bursts',
		how: 'An event is answered with 200 after 5 seconds, and its deliveries are counted.',
		expected: { deliveries: 2 },
		async observe(live) {
			const { called } = await live.standing();
			return { deliveries: (await refuse(live, called, [200], 5000)).length };
		},
	},
	{
		name: 'A webhook that is never accepted',
		assumed: 'Without a failover URL Telnyx sends it three times.',
		where: 'test/simulator/webhooks.ts',
		how: `An event is always answered with 503, and its deliveries are counted for ${LAST_REPETITION_MS / 1000} seconds.`,
		expected: { attempts: [1, 2, 3] },
		async observe(live) {
			const { called } = await live.standing();
			const deliveries = await refuse(live, called, Array(20).fill(503));
			return { attempts: deliveries.map(({ meta }) => meta.attempt) };
		},
	},
	{
		name: 'Repetitions as the command wants them',
		assumed:
			'With `webhook_retries_policies` an event is repeated after these times, and then no more.',
		where: 'nodes/catalogue/shared/webhookOptions.ts',
		how: 'A call is answered with two repetitions after 1 second each, and the event of a speech is always answered with 503.',
		expected: { attempts: [1, 2, 3] },
		async observe(live) {
			const { called } = await live.ring();
			await live.command(called, 'answer', {
				webhook_retries_policies: { [STARTED]: { retries_ms: [1000, 1000] } },
			});
			const deliveries = await refuse(live, called, Array(20).fill(503));
			return { attempts: deliveries.map(({ meta }) => meta.attempt) };
		},
	},
	{
		name: 'The failover URL',
		assumed: 'It is called after two failures.',
		where: 'test/simulator/webhooks.ts',
		how: 'The application gets a failover URL, and the event of a speech is answered with 503 three times.',
		expected: ['second', 'second', 'failover', 'failover'],
		async observe(live) {
			const { called } = await live.connect();
			live.cleanUp.push(
				'a failover URL',
				async () => await setAddresses(live, { webhook_event_failover_url: null }),
			);
			await setAddresses(live, { webhook_event_failover_url: 'failover' });
			const deliveries = await refuse(live, called, [503, 503, 503]);
			return deliveries.map(({ address }) => address);
		},
	},
	{
		name: 'The time in the header of a repetition',
		assumed: 'A repetition is not older than 300 seconds by its timestamp, whenever that was made.',
		where: 'nodes/telnyx/webhooks/signature.ts',
		how: 'An event is answered with 503 once, and the headers of both deliveries are compared.',
		expected: { deliveries: 2, areWithin: true },
		async observe(live) {
			const { called } = await live.standing();
			const deliveries = await refuse(live, called, [503]);
			const ages = deliveries.map(
				({ at, headers }) => at / 1000 - Number(headers['telnyx-timestamp']),
			);
			live.figures['age by the header'] = ages.map((age) => `${age.toFixed(1)} s`).join(', ');
			return {
				deliveries: deliveries.length,
				areWithin: ages.every((age) => Math.abs(age) <= 300),
			};
		},
	},
	{
		name: 'An event behind one that is being delivered',
		assumed: 'The next event of a call waits until the one before it was answered.',
		where: 'test/simulator/webhooks.ts',
		how: 'The event of a short speech is answered after 1.5 seconds, and it is looked whether the next one arrives before that.',
		expected: { waits: true },
		async observe(live) {
			const { called, caller } = await live.connect();
			live.answerWith({ leg: called, type: STARTED }, [200], 1500);
			await live.speak(called, 'This is a sentence that takes longer than two seconds to say.');
			const { at } = await live.event({ type: STARTED, leg: called });
			await live.command(caller, 'send_dtmf', { digits: '1' });
			const key = await live.event({ type: 'call.dtmf.received', leg: called });
			live.figures['ms between the two'] = key.at - at;
			return { waits: key.at - at >= 1500 };
		},
	},
	{
		name: 'The headers of a webhook',
		assumed: '`content-type` is `application/json`, and `user-agent` is `telnyx-webhooks`.',
		where: 'test/simulator/keys.ts',
		how: 'The headers of the first event are read.',
		expected: { type: 'application/json', agent: 'telnyx-webhooks' },
		async observe(live) {
			await live.standing();
			const [{ headers }] = live.events();
			return {
				type: headers['content-type']?.split(';')[0],
				agent: headers['user-agent'],
			};
		},
	},
];

/** The signatures of all webhooks of the run so far. */
export const signatures: Observation[] = [
	{
		name: 'The signatures of all webhooks',
		assumed: 'Every webhook is signed as the package checks it.',
		where: 'nodes/telnyx/webhooks/signature.ts',
		how: "Everything that arrived during the run went through the package's own check.",
		expected: { areAny: true, untrusted: [] },
		async observe(live) {
			await live.standing();
			const { received, untrusted } = live.receiver;
			live.figures['signed webhooks'] = received.length;
			return { areAny: received.length > 0, untrusted: [...new Set(untrusted)] };
		},
	},
];

/** Changes the second application. @param addresses names of our addresses, or null for none */
async function setAddresses(live: Live, addresses: Record<string, string | null>) {
	await live.send({
		method: 'PATCH',
		path: `/call_control_applications/${live.second.applicationId}`,
		body: {
			application_name: live.second.applicationName,
			webhook_event_url: live.receiver.addressOf('second'),
			...Object.fromEntries(
				Object.entries(addresses).map(([field, name]) => [
					field,
					name && live.receiver.addressOf(name),
				]),
			),
		},
	});
}
