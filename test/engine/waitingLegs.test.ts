import { decodeOwned, encodeOwned } from '../../nodes/telnyx/ownedClientState';
import { sealOwner } from '../../nodes/waiting/owner';
import { bodyOf, legOf } from '../support/callCommands';
import { byId } from '../support/n8nNodes';
import { signedEvent } from '../support/paused';
import { ANSWER, DIAL, LEG, SPEAK, useWaits, WAITS } from '../support/waits';

/** Which legs an execution that waits takes for its own, and which of them it takes for over. */
const { telnyx, keys, start, commands, sent, dialed } = useWaits();

describe('a command', () => {
	describe('that bridges', () => {
		const OTHER = 'v3:theirs';
		const BRIDGE = {
			resource: 'call',
			operation: 'bridge',
			call_control_id: LEG,
			call_control_id_to_bridge_with: OTHER,
			...WAITS,
		};

		/** Telnyx with two legs that go on, and the client state of the other one. */
		const otherLegHas = (clientState: string, ofUpdate: object = {}) => {
			telnyx.answer = ({ method, url }) => {
				if (url.endsWith('client_state_update')) return { body: { data: {} }, ...ofUpdate };
				const state = url.includes('theirs') && { client_state: clientState };
				return { body: { data: method === 'GET' ? { is_alive: true, ...state } : {} } };
			};
		};

		it('takes the other leg over, so that its hangup ends the wait', async () => {
			const theirs = Buffer.from('"theirs"').toString('base64');
			otherLegHas(theirs);
			const execution = await start({ Bridge: BRIDGE });
			const [state] = await sent('client_state_update');
			expect(legOf(state)).toBe(OTHER);
			const { client_state: wire } = bodyOf(state);
			const travels = JSON.parse(Buffer.from(String(wire), 'base64').toString());
			expect(travels.client_state).toBe(theirs);

			await sent('bridge');
			const payload = { call_control_id: OTHER, client_state: wire };
			const event = signedEvent(keys, 'call.hangup', payload);
			const { run } = await execution.receive(event.body, event.headers);
			expect(run?.waitTill).toBeUndefined();
			expect(run?.status).toBe('success');
		});

		it('leaves the other leg to the n8n that has it', async () => {
			const owner = sealOwner('another n8n', ['/webhook-waiting/7/telnyx']);
			otherLegHas(encodeOwned({ clientState: undefined, owner, wait: undefined }));
			await start({ Bridge: BRIDGE });
			await sent('bridge');
			expect(commands('client_state_update')).toHaveLength(0);
		});

		it("keeps its parent's caller for one of its own", async () => {
			await start({ Answer: { ...ANSWER, ...WAITS, call_control_id: OTHER } });
			const [answer] = await sent('answer');
			const { client_state: ofParent } = bodyOf(answer);
			telnyx.answer = ({ method, url }) => {
				const theirs = url.endsWith('/calls') && { call_control_id: 'v3:dialed' };
				const state = method === 'GET' && { is_alive: true, client_state: ofParent };
				return { body: { data: { ...theirs, ...state } } };
			};
			telnyx.requests = [];
			const execution = await start({ Bridge: BRIDGE, Dial: { ...DIAL, ...WAITS } });
			const [bridge] = await sent('bridge');
			const { client_state } = bodyOf(bridge);
			const tell = async (type: string, id: string) => {
				const event = signedEvent(keys, type, { call_control_id: id, client_state });
				return await execution.receive(event.body, event.headers);
			};
			await tell('call.bridged', LEG);
			await dialed();
			expect((await tell('call.hangup', OTHER)).run).toBeDefined();
			expect((await sent('hangup')).map(legOf)).toEqual(['v3:dialed']);
		});

		it('does not take the caller of another execution for its own', async () => {
			await start({ Answer: { ...ANSWER, ...WAITS, call_control_id: OTHER } });
			const [answer] = await sent('answer');
			otherLegHas(String(bodyOf(answer).client_state));
			telnyx.requests = [];
			const execution = await start({ Bridge: BRIDGE, Dial: { ...DIAL, ...WAITS } });
			const [state] = await sent('client_state_update');
			const { client_state } = bodyOf(state);
			expect(decodeOwned(client_state).isAnswered).toBe(true);
			const [bridge] = await sent('bridge');
			const tell = async (type: string, id: string, wire: unknown) => {
				const event = signedEvent(keys, type, { call_control_id: id, client_state: wire });
				return await execution.receive(event.body, event.headers);
			};
			await tell('call.bridged', LEG, bodyOf(bridge).client_state);
			await dialed();
			expect((await tell('call.hangup', OTHER, client_state)).run).toBeUndefined();
			expect(commands('hangup')).toEqual([]);
		});

		it('goes on if Telnyx does not let it have the other leg', async () => {
			otherLegHas('', { status: 422, body: { errors: [{ code: '10015', title: 'Bad Request' }] } });
			const { run } = await start({ Bridge: BRIDGE });
			await sent('client_state_update');
			await sent('bridge');
			expect(run.status).toBe('waiting');
		});
	});

	describe('of a sub-workflow that dials', () => {
		const THEIRS = 'v3:theirs';
		/** The parent has the leg, by this command, and its sub-workflow first acts on it and then dials. */
		async function dialsAfter(parent: object, command: string) {
			await start({ Parent: { ...parent, ...WAITS } });
			const [request] = await sent(command);
			const { client_state: ofParent } = bodyOf(request);
			telnyx.answer = ({ method, url }) => {
				if (method === 'GET') return { body: { data: { is_alive: true, client_state: ofParent } } };
				return { body: { data: url.endsWith('/calls') ? { call_control_id: THEIRS } : {} } };
			};
			telnyx.requests = [];
			const sub = await start({ Say: { ...SPEAK, ...WAITS }, Dial: { ...DIAL, ...WAITS } });
			const [speak] = await sent('speak');
			const { client_state } = bodyOf(speak);
			const tell = async (type: string, payload: object = {}) => {
				const about = { call_control_id: LEG, client_state, ...payload };
				const { body, headers } = signedEvent(keys, type, about);
				return await sub.receive(body, headers);
			};
			await tell('call.speak.ended', { status: 'completed' });
			await dialed();
			return await tell('call.hangup');
		}

		it('ends the ringing when the caller leaves whom the parent has answered', async () => {
			expect((await dialsAfter(ANSWER, 'answer')).run).toBeDefined();
			expect((await sent('hangup')).map(legOf)).toEqual([THEIRS]);
		});

		it('goes on when somebody else leaves on whose leg the parent has acted', async () => {
			expect((await dialsAfter(SPEAK, 'speak')).run).toBeUndefined();
			expect(commands('hangup')).toEqual([]);
		});
	});

	describe('to which Telnyx answers that a call is over', () => {
		const OVER = {
			status: 422,
			body: { errors: [{ code: '90018', title: 'Call has already ended' }] },
		};
		const BUSY_NUMBER = '+13125550166';
		/** A caller is answered, this command is refused, somebody is dialed, and then the caller's hangup comes. */
		async function hangsUpAfter(refused: object) {
			telnyx.answer = ({ url, body }) => {
				if (/speak|playback_stop|bridge/.test(url) || body.includes(BUSY_NUMBER)) return OVER;
				return { body: { data: url.endsWith('/calls') ? { call_control_id: 'v3:theirs' } : {} } };
			};
			const { receive } = await start(
				{ Answer: { ...ANSWER, ...WAITS }, Refused: refused, Dial: { ...DIAL, ...WAITS } },
				{ settings: { onError: 'continueRegularOutput' } },
			);
			const [request] = await sent('answer');
			const { client_state } = bodyOf(request);
			const tell = async (type: string) => {
				const event = signedEvent(keys, type, { call_control_id: LEG, client_state });
				return await receive(event.body, event.headers);
			};
			await tell('call.answered');
			await dialed(JSON.stringify(refused).includes(BUSY_NUMBER) ? 2 : 1);
			return await tell('call.hangup');
		}

		it.each<[string, object]>([
			['a command', SPEAK],
			[
				'a stop for which that is a success',
				{ resource: 'audio', operation: 'stopPlayback', already_ended_is_success: true },
			],
			[
				'a dial for the caller',
				{ ...DIAL, to: BUSY_NUMBER, more_options: { bridging_options: { link_to: byId(LEG) } } },
			],
		])('tells it to the next dial, too: %s', async (_what, refused) => {
			expect((await hangsUpAfter(refused)).run).toBeUndefined();
			expect(commands('hangup')).toEqual([]);
		});

		it('tells nothing if it may be the other one that it was to be connected with', async () => {
			const bridge = { resource: 'call', operation: 'bridge', queue: 'support' };
			expect((await hangsUpAfter(bridge)).run).toBeDefined();
			expect((await sent('hangup')).map(legOf)).toEqual(['v3:theirs']);
		});
	});
});
