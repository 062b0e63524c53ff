import { bodyOf } from '../support/callCommands';
import { eventually } from '../support/eventually';
import { signedEvent } from '../support/paused';
import type { Answer } from '../support/recorder';
import { passes } from '../support/skipWaits';
import { ANSWER, DIAL, LEG, SPEAK, useWaits, WAITS } from '../support/waits';

/** To which address Telnyx is told to send the events that an execution waits for. */
const { telnyx, keys, start, commands, sent } = useWaits();

describe('where Telnyx sends the events', () => {
	const urlsOf = async (nodes: Record<string, object>, action: string) => {
		await start(nodes);
		const [request] = await eventually('the command', () => {
			const found = telnyx.requests.filter(({ url }) => url.endsWith(action));
			return found.length > 0 ? found : undefined;
		});
		return Object.keys((bodyOf(request).webhook_urls as object | undefined) ?? {}).sort();
	};
	const ORIGIN = 'http://127.0.0.1';
	const OF_TRIGGER = {
		id: '1293384261075731461',
		application_name: 'a',
		webhook_event_url: `${ORIGIN}/webhook/abc/webhook`,
		webhook_api_version: '2',
	};
	/** @param ofReading what Telnyx answers to the readings of applications; the trigger's URL unless given */
	const withTrigger = (ofReading: (index: number) => Answer = () => ({})) => {
		let readings = 0;
		telnyx.answer = ({ url }) =>
			url.includes('/call_control_applications/')
				? { body: { data: OF_TRIGGER }, ...ofReading(readings++) }
				: { body: { data: { result: 'ok' } } };
	};

	it('is the execution for all events that can be waited for, if no trigger is published', async () => {
		const urls = await urlsOf({ Dial: { ...DIAL, ...WAITS } }, '/calls');
		expect(urls).toEqual(
			expect.arrayContaining(['call.answered', 'call.hangup', 'call.dtmf.received']),
		);
	});

	it('is the execution for outcomes, and the trigger for events that can come at any time', async () => {
		withTrigger();
		const application = { ...DIAL, connection_id: '1293384261075731462' };
		const urls = await urlsOf(
			{ Dial: { ...application, ...WAITS }, Say: { ...SPEAK, ...WAITS } },
			'/calls',
		);
		expect(urls).toEqual(['call.answered', 'call.speak.ended']);
	});

	describe('while Telnyx does not always say where the application sends them', () => {
		const BUSY = { status: 503, body: {} };
		const dialWith = async (connection_id: string) =>
			await urlsOf({ Dial: { ...DIAL, connection_id, ...WAITS } }, '/calls');

		it.each<[string, string, Answer]>([
			['it is busy', '1', BUSY],
			['it is asked too often', '2', { status: 429, body: {} }],
			['the connection breaks off', '3', { drop: true }],
		])('is found out at the next try if %s', async (_, id, failing) => {
			withTrigger((index) => (index === 0 ? failing : {}));
			expect(await dialWith(`129338426107573150${id}`)).toEqual(['call.answered']);
		});

		it('is the execution for all events of a call at most, not of the calls after it', async () => {
			let isDown = true;
			withTrigger(() => (isDown ? BUSY : {}));
			const application = '1293384261075731511';
			expect(await dialWith(application)).toContain('call.hangup');
			isDown = false;
			telnyx.requests = [];
			expect(await dialWith(application)).toEqual(['call.answered']);
		});

		it('is asked once a minute if it has no such application', async () => {
			const missing = { status: 404, body: { errors: [{ code: '10005', title: 'Not found' }] } };
			withTrigger(() => missing);
			for (let call = 1; call <= 2; call += 1) {
				expect(await dialWith('1293384261075731514')).toContain('call.hangup');
			}
			const readings = telnyx.requests.filter(({ url }) => url.includes('applications'));
			expect(readings).toHaveLength(1);
		});

		it('is what it has said before', async () => {
			let isDown = false;
			withTrigger(() => (isDown ? BUSY : {}));
			const application = '1293384261075731512';
			await dialWith(application);
			isDown = true;
			passes(61_000);
			telnyx.requests = [];
			expect(await dialWith(application)).toEqual(['call.answered']);
		});
	});

	it('is found out by the application of the call also where the item has lost it', async () => {
		withTrigger();
		const steps = {
			Answer: { operation: 'answer' },
			Transfer: { operation: 'transfer', to: '+13125550101' },
		};
		const { receive } = await start(steps, { items: [{ call_control_id: LEG }] });
		await sent('answer');
		const { body, headers } = signedEvent(keys, 'call.answered', {
			call_control_id: LEG,
			connection_id: '1293384261075731513',
		});
		await receive(body, headers);
		const [transfer] = await sent('transfer');
		expect(Object.keys(bodyOf(transfer).webhook_urls as object)).not.toContain('call.hangup');
	});

	it('is left to the application if nothing waits', async () => {
		expect(await urlsOf({ Answer: ANSWER, Say: SPEAK }, '/answer')).toEqual([]);
		expect(bodyOf(commands('answer')[0]).client_state).toBeUndefined();
	});
});
