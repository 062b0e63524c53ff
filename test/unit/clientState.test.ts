import fc from 'fast-check';

import { decodeClientState, encodeClientState } from '../../nodes/telnyx/clientState';

const base64 = (text: string | Buffer) => Buffer.from(text).toString('base64');

describe('client state', () => {
	it('goes out on one line and is Base64 for Telnyx', () => {
		fc.assert(
			fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (text) => {
				const encoded = encodeClientState(text);
				expect(encoded).not.toMatch(/\s/);
				expect(encoded).toMatch(/^[A-Za-z0-9+/]+={0,2}$/);
				expect(Buffer.from(encoded, 'base64').toString()).toBe(text);
			}),
		);
	});

	it('comes back as the JSON that was sent', () => {
		fc.assert(
			fc.property(fc.oneof(fc.object(), fc.array(fc.jsonValue())), (value) => {
				const plain: unknown = JSON.parse(JSON.stringify(value));
				expect(decodeClientState(encodeClientState(value))).toEqual(plain);
			}),
		);
	});

	it('comes back as the text that was sent, unless that is JSON', () => {
		fc.assert(
			fc.property(
				fc.string({ minLength: 1, unit: 'grapheme' }).map((text) => `~${text}`),
				(text) => {
					expect(decodeClientState(encodeClientState(text))).toBe(text);
				},
			),
		);
	});

	it.each([
		['a number', '42', 42],
		['an ID with more digits than a number holds', '7267012345678901234', '7267012345678901234'],
		['a number written unusually', '1.0', '1.0'],
		['true', 'true', true],
		['JSON in text', '{"step":"menu"}', { step: 'menu' }],
	])('%s', (_what, text, decoded) => {
		expect(decodeClientState(encodeClientState(text))).toEqual(decoded);
	});

	it.each([
		['null, as Telnyx sends when it is unset', null],
		['nothing', undefined],
		['an empty text', ''],
		['a number', 5],
		['an object', {}],
		['text that is not Base64', 'plain text'],
		['Base64 without padding', 'YQ'],
		['the bytes of another format', base64(Buffer.from([131, 116, 0, 0, 255]))],
	])('of a webhook that is %s is null', (_what, received) => {
		expect(decodeClientState(received)).toBeNull();
	});

	it('never throws', () => {
		fc.assert(fc.property(fc.anything(), (value) => void decodeClientState(value)));
		fc.assert(fc.property(fc.base64String(), (value) => void decodeClientState(value)));
	});
});
