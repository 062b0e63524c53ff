import fc from 'fast-check';

import { Deadlines } from '../../nodes/waiting/deadlines';
import { Executions } from '../../nodes/waiting/executions';
import { openOwner, sealOwner } from '../../nodes/waiting/owner';
import { decodeOwned, encodeOwned, withOwnClientState } from '../../nodes/telnyx/ownedClientState';
import { handClock } from '../support/handClock';

const ADDRESS = '/webhook-waiting/12/telnyx?signature=abc';
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('the owner of a leg', () => {
	it('is the same text for the same execution, and readable only by the same n8n', () => {
		const sealed = sealOwner('this n8n', [ADDRESS, '/webhook-waiting/7/telnyx']);
		expect(sealed).toBe(sealOwner('this n8n', [ADDRESS, '/webhook-waiting/7/telnyx']));
		expect(openOwner('this n8n', sealed)).toEqual([ADDRESS, '/webhook-waiting/7/telnyx']);
		expect(openOwner('another n8n', sealed)).toEqual([]);
		expect(Buffer.from(sealed, 'base64url').includes('signature')).toBe(false);
	});

	it('cannot be read from a text that was changed or made up', () => {
		const sealed = sealOwner('this n8n', [ADDRESS]);
		for (let at = 0; at < sealed.length; at += 1) {
			const other = sealed[at] === 'A' ? 'B' : 'A';
			const changed = `${sealed.slice(0, at)}${other}${sealed.slice(at + 1)}`;
			const isSame = Buffer.from(changed, 'base64url').equals(Buffer.from(sealed, 'base64url'));
			if (!isSame) expect(openOwner('this n8n', changed)).toEqual([]);
		}
		fc.assert(fc.property(fc.string(), (text) => openOwner('this n8n', text).length === 0));
	});
});

describe('a client state with an owner', () => {
	it("returns the user's own unchanged", () => {
		fc.assert(
			fc.property(fc.option(fc.string({ minLength: 1 }), { nil: undefined }), (text) => {
				const clientState = text === undefined ? undefined : base64(text);
				const read = decodeOwned(encodeOwned({ clientState, owner: 'o', wait: 'w' }));
				expect(read).toEqual({ ...(clientState && { clientState }), owner: 'o', wait: 'w' });
			}),
		);
	});

	it('says whether the leg is that of a caller', () => {
		for (const isAnswered of [true, false, undefined]) {
			const { isAnswered: read } = decodeOwned(encodeOwned({ owner: 'o', isAnswered }));
			expect(read).toBe(isAnswered ? true : undefined);
		}
	});

	it('leaves any other client state as it is', () => {
		fc.assert(
			fc.property(fc.string({ minLength: 1 }), (text) => {
				expect(decodeOwned(text)).toEqual({ clientState: text });
				expect(decodeOwned(base64(text))).toEqual({ clientState: base64(text) });
			}),
		);
		const ofUser = base64('{"n8n_execution": 5}');
		expect(decodeOwned(ofUser)).toEqual({ clientState: ofUser });
		expect(decodeOwned(null)).toEqual({});
	});

	it("shows the user's own wherever Telnyx repeats an event, such as in a webhook's delivery", () => {
		const told = (state: string, none: string | null) => ({
			id: '7',
			client_state: state,
			webhook: { id: '8', payload: { client_state: state } },
			metadata: { events: [{ client_state: none }, 'text', null] },
		});
		const sent = encodeOwned({ clientState: base64('menu'), owner: 'o' });
		expect(withOwnClientState(told(sent, encodeOwned({ owner: 'o' })))).toEqual(
			told(base64('menu'), null),
		);
		const unowned = told(base64('menu'), null);
		expect(withOwnClientState(unowned)).toEqual(unowned);
	});
});

describe('deadlines', () => {
	it('call back on time, one by one, and leave nothing behind', async () => {
		const clock = handClock();
		const deadlines = new Deadlines(clock);
		const seen: string[] = [];
		for (const [name, at] of [
			['late', 60_000],
			['soon', 3_000],
			['called off', 5_000],
		] as const) {
			deadlines.set(name, at, () => seen.push(`${name} at ${clock.now()}`));
		}
		deadlines.clear('called off');
		await clock.passes(2_750);
		expect(seen).toEqual([]);
		await clock.passes(250);
		expect(seen).toEqual(['soon at 3000']);
		await clock.passes(60_000);
		expect(seen).toEqual(['soon at 3000', 'late at 60000']);
		expect(clock.waitsMs()).toEqual([]);
	});

	it('can be moved', async () => {
		const clock = handClock();
		const deadlines = new Deadlines(clock);
		const seen: string[] = [];
		deadlines.set('one', 1_000, () => seen.push('first'));
		deadlines.set('one', 2_000, () => seen.push('second'));
		await clock.passes(3_000);
		expect(seen).toEqual(['second']);
	});
});

describe('what a process knows about an execution', () => {
	it('notifies those who wait for its pause, and nobody twice', async () => {
		const executions = new Executions();
		executions.runs('1', true);
		let calls = 0;
		executions.onChange('1', () => (calls += 1));
		const settled = executions.settled(['0', '1'], 60_000);
		executions.waits('1', new Set(['call.hangup']));
		await settled;
		executions.forget('1');
		expect(calls).toBe(1);
		expect(executions.get('1')).toBeUndefined();
	});
});
