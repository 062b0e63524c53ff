import fc from 'fast-check';

import { decodeClientState, encodeClientState } from '../../nodes/telnyx/clientState';

const base64 = (text: string | Buffer) => Buffer.from(text).toString('base64');

describe('client state', () => {
	it('is sent as Base64 on one line', () => {
		fc.assert(
			fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (text) => {
				const encoded = encodeClientState(text);
				expect(encoded).not.toMatch(/\s/);
				expect(encoded).toMatch(/^[A-Za-z0-9+/]+={0,2}$/);
				expect(Buffer.from(encoded, 'base64').toString()).toBe(text);
			}),
		);
	});

	it('is received as the JSON that was sent', () => {
		fc.assert(
			fc.property(fc.oneof(fc.object(), fc.array(fc.jsonValue())), (value) => {
				const plain: unknown = JSON.parse(JSON.stringify(value));
				expect(decodeClientState(encodeClientState(value))).toEqual(plain);
			}),
		);
	});

	it('is received as the text that was sent, unless that is JSON', () => {
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
		['{"id":7267012345678901234}', { id: '7267012345678901234' }],
		['{"a":{"b":[-7267012345678901234, 1]}}', { a: { b: ['-7267012345678901234', 1] } }],
		['[9007199254740993,9007199254740991]', ['9007199254740993', 9007199254740991]],
		['{"pi":3.14159265358979323846,"half":0.5}', { pi: '3.14159265358979323846', half: 0.5 }],
		['[1e400,1.50,1e3,-0.0]', ['1e400', 1.5, 1000, -0]],
		[
			'{"7267012345678901234":"no \\\\\\" 7267012345678901234","x":7267012345678901234}',
			{ '7267012345678901234': 'no \\" 7267012345678901234', x: '7267012345678901234' },
		],
	])('%s keeps the digits that a number cannot hold, as text', (text, decoded) => {
		expect(decodeClientState(base64(text))).toEqual(decoded);
	});

	it('keeps the digits of every whole number, and everything else as in the JSON', () => {
		fc.assert(
			fc.property(fc.bigInt(), fc.jsonValue(), fc.string(), (number, value, name) => {
				const [inner, key] = [JSON.stringify(value), JSON.stringify(name)];
				const decoded = decodeClientState(
					base64(`{"${'x'.repeat(20)}":${number},${key}:${inner}}`),
				);
				expect(String((decoded as never)['x'.repeat(20)])).toBe(String(number));
			}),
		);
	});

	it('that is nested too deeply to be used stays text', () => {
		const text = '['.repeat(20_000) + ']'.repeat(20_000);
		expect(decodeClientState(base64(text))).toBe(text);
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
