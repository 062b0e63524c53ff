import fc from 'fast-check';
import Telnyx from 'telnyx';
import nacl from 'tweetnacl';

import { PublicKeyError, readPublicKey } from '../../nodes/telnyx/credential/publicKey';
import { whyUntrusted } from '../../nodes/telnyx/webhooks/signature';
import { signer } from '../support/signing';

const telnyx = signer(1);
const key = readPublicKey(telnyx.publicKey);
const NOW = 1_790_000_000_000;
const seconds = NOW / 1000;
const SIGNATURE = 'telnyx-signature-ed25519';
const TIMESTAMP = 'telnyx-timestamp';

const check = (
	rawBody: Buffer | undefined,
	headers: Record<string, string | string[] | undefined>,
	now = NOW,
) => whyUntrusted({ rawBody, headers, key, now });

const flipped = (bytes: Uint8Array, bit: number): Buffer => {
	const changed = Buffer.from(bytes);
	changed[bit >> 3] ^= 1 << (bit & 7);
	return changed;
};

const bodyOf = (text: string) => Buffer.from(JSON.stringify({ data: { text } }));

describe('a webhook that Telnyx signed', () => {
	it('is trusted, whatever its body', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
				const body = Buffer.from(bytes);
				expect(check(body, telnyx.headers(body, seconds))).toBeNull();
			}),
			{ numRuns: 50 },
		);
	});

	it.each([-300, -1, 0, 1, 300])('%i s from now is trusted', (offset) => {
		const body = bodyOf('in time');
		expect(check(body, telnyx.headers(body, seconds + offset))).toBeNull();
	});

	it.each([
		[-301, 'timestamp is 301 s old, allowed are 300 s'],
		[301, 'timestamp is 301 s ahead of the clock of this machine, allowed are 300 s'],
		[-86_400, 'timestamp is 86400 s old'],
	])('%i s from now is not', (offset, reason) => {
		const body = bodyOf('late');
		expect(check(body, telnyx.headers(body, seconds + offset))).toContain(reason);
	});

	it('is trusted with header names in any case', () => {
		const body = bodyOf('case');
		const headers = Object.entries(telnyx.headers(body, seconds));
		for (const change of [
			(name: string) => name.toUpperCase(),
			(name: string) => name.replace(/\b[a-z]/g, (letter) => letter.toUpperCase()),
		]) {
			expect(check(body, Object.fromEntries(headers.map(([n, v]) => [change(n), v])))).toBeNull();
		}
	});
});

describe('a changed bit', () => {
	const body = bodyOf('every single bit counts');
	const headers = telnyx.headers(body, seconds);
	const signature = Buffer.from(headers[SIGNATURE], 'base64');

	it('of the body is noticed', () => {
		for (let bit = 0; bit < body.length * 8; bit++) {
			expect(check(flipped(body, bit), headers)).toContain('signature does not match');
		}
	});

	it('of the signature is noticed', () => {
		for (let bit = 0; bit < signature.length * 8; bit++) {
			const changed = flipped(signature, bit).toString('base64');
			expect(check(body, { ...headers, [SIGNATURE]: changed })).toContain('does not match');
		}
	});

	it("of the signature's Base64 text is noticed, even where it decodes to the same bytes", () => {
		const text = Buffer.from(headers[SIGNATURE], 'latin1');
		for (let bit = 0; bit < text.length * 8; bit++) {
			const changed = flipped(text, bit).toString('latin1');
			expect(check(body, { ...headers, [SIGNATURE]: changed })).not.toBeNull();
		}
	});

	it('of the timestamp is noticed', () => {
		const text = Buffer.from(headers[TIMESTAMP], 'latin1');
		for (let bit = 0; bit < text.length * 8; bit++) {
			const changed = flipped(text, bit).toString('latin1');
			expect(check(body, { ...headers, [TIMESTAMP]: changed })).not.toBeNull();
		}
	});

	it('of the key is noticed', () => {
		const raw = Buffer.from(telnyx.publicKey, 'base64');
		for (let bit = 0; bit < raw.length * 8; bit++) {
			const other = flipped(raw, bit).toString('base64');
			// Half of them are no points of the curve, so no keys at all.
			const whyNot = () =>
				whyUntrusted({ rawBody: body, headers, key: readPublicKey(other), now: NOW });
			expect(outcomeOf(whyNot)).not.toBeNull();
		}
	});
});

/** What it returns, or the message that it throws. */
function outcomeOf(run: () => string | null): string | null {
	try {
		return run();
	} catch (error) {
		return (error as Error).message;
	}
}

describe('nonsensical headers and bodies', () => {
	const body = bodyOf('nonsense');
	const good = telnyx.headers(body, seconds);
	const other = 'A'.repeat(86) + '==';

	it.each([
		['no signature', { [SIGNATURE]: undefined }, `header ${SIGNATURE} is missing`],
		['no timestamp', { [TIMESTAMP]: undefined }, `header ${TIMESTAMP} is missing`],
		['an empty signature', { [SIGNATURE]: '' }, 'is not the Base64 of 64 bytes'],
		['two signatures', { [SIGNATURE]: [good[SIGNATURE], other] }, 'was sent more than once'],
		[
			'two signatures, as Node.js joins them',
			{ [SIGNATURE]: `${good[SIGNATURE]}, ${other}` },
			'is not the Base64',
		],
		[
			'a second signature in other case',
			{ [SIGNATURE.toUpperCase()]: other },
			'was sent more than once',
		],
		['two timestamps', { [TIMESTAMP]: [`${seconds}`, `${seconds}`] }, 'was sent more than once'],
		[
			'URL-safe Base64',
			{ [SIGNATURE]: good[SIGNATURE].replace(/[+/]/g, '-') + '-' },
			'is not the Base64',
		],
		[
			'Base64 without padding',
			{ [SIGNATURE]: good[SIGNATURE].replace(/=/g, '') },
			'is not the Base64',
		],
		['63 bytes', { [SIGNATURE]: Buffer.alloc(63).toString('base64') }, 'is not the Base64'],
		['65 bytes', { [SIGNATURE]: Buffer.alloc(65).toString('base64') }, 'is not the Base64'],
		['100 kB of signature', { [SIGNATURE]: 'A'.repeat(100_000) }, 'is not the Base64'],
		[
			'a timestamp of the year 285 million',
			{ [TIMESTAMP]: '9'.repeat(16) },
			'is not a time in seconds',
		],
		['1 MB of timestamp', { [TIMESTAMP]: '1'.repeat(1_000_000) }, 'is not a time in seconds'],
		['a timestamp in milliseconds', { [TIMESTAMP]: `${NOW}` }, 's ahead'],
		['a signed number', { [TIMESTAMP]: `+${seconds}` }, 'is not a time in seconds'],
		['a number with an exponent', { [TIMESTAMP]: '1e9' }, 'is not a time in seconds'],
		['a number in blanks', { [TIMESTAMP]: ` ${seconds} ` }, 'is not a time in seconds'],
		['a date', { [TIMESTAMP]: new Date(NOW).toISOString() }, 'is not a time in seconds'],
	])('%s', (_what, change, reason) => {
		expect(check(body, { ...good, ...change })).toContain(reason);
	});

	it('no raw body', () => {
		expect(check(undefined, good)).toContain('did not hand over the raw body');
	});

	it('never throw, and are never trusted', () => {
		const value = fc.oneof(fc.string(), fc.array(fc.string()), fc.constant(undefined));
		fc.assert(
			fc.property(
				fc.option(fc.uint8Array(), { nil: undefined }),
				fc.dictionary(fc.oneof(fc.constantFrom(SIGNATURE, TIMESTAMP), fc.string()), value),
				fc.double(),
				(bytes, headers, now) => {
					expect(check(bytes && Buffer.from(bytes), headers, now)).toEqual(expect.any(String));
				},
			),
			{ numRuns: 2000 },
		);
	});
});

describe("Telnyx's own SDK", () => {
	const sdk = new Telnyx({ apiKey: 'KEY', publicKey: telnyx.publicKey });
	const change = fc.constantFrom(
		'none',
		'none',
		'none',
		'body',
		'signature',
		'timestamp',
		'key',
		'format',
	);

	it('comes to the same verdict', async () => {
		const clock = jest.spyOn(Date, 'now').mockReturnValue(NOW);
		let trusted = 0;
		try {
			await fc.assert(
				fc.asyncProperty(
					fc.json(),
					fc.integer({ min: -400, max: 400 }),
					change,
					fc.nat(511),
					fc.string(),
					async (json, offset, kind, bit, garbage) => {
						const signedBy = kind === 'key' ? signer(2) : telnyx;
						const headers = signedBy.headers(json, seconds + offset);
						let body: Buffer = Buffer.from(json);
						if (kind === 'body') body = flipped(body, bit % (body.length * 8));
						if (kind === 'signature') {
							const bytes = Buffer.from(headers[SIGNATURE], 'base64');
							headers[SIGNATURE] = flipped(bytes, bit).toString('base64');
						}
						if (kind === 'timestamp') headers[TIMESTAMP] = `${seconds + offset + bit + 1}`;
						if (kind === 'format') headers[bit % 2 ? SIGNATURE : TIMESTAMP] = garbage;

						const ours = check(body, headers) === null;
						const theirs = await sdk.webhooks.unwrap(body.toString(), { headers }).then(
							() => true,
							(error: Error) => {
								// The SDK also parses; a body that was signed but is no JSON is none of its cases here.
								if (error instanceof SyntaxError) throw error;
								return false;
							},
						);
						expect(ours).toBe(theirs);
						if (ours) trusted++;
					},
				),
				{ numRuns: 150 },
			);
		} finally {
			clock.mockRestore();
		}
		expect(trusted).toBeGreaterThan(20);
		// The SDK signs and verifies in JavaScript, which is slow.
	}, 120_000);
});

describe('the public key', () => {
	const raw = Buffer.from(telnyx.publicKey, 'base64');
	const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw]).toString(
		'base64',
	);
	const pem = `-----BEGIN PUBLIC KEY-----\n${spki}\n-----END PUBLIC KEY-----\n`;
	const body = bodyOf('key');
	const trusts = (pasted: string) =>
		whyUntrusted({
			rawBody: body,
			headers: telnyx.headers(body, seconds),
			key: readPublicKey(pasted),
			now: NOW,
		}) === null;

	it.each([
		['as Telnyx shows it', telnyx.publicKey],
		['with blanks around it', `  ${telnyx.publicKey}\n`],
		['as SPKI Base64', spki],
		['as PEM', pem],
		['as PEM, pasted into one line', pem.replace(/\n/g, ' ')],
		['as PEM with line breaks written out', pem.replace(/\n/g, '\\n')],
		['as PEM with the line breaks of Windows written out', pem.replace(/\n/g, '\\r\\n')],
		['in quotes', `"${telnyx.publicKey}"`],
		["without the '=' that a double click leaves out", telnyx.publicKey.slice(0, -1)],
	])('works %s', (_how, pasted) => {
		expect(trusts(pasted)).toBe(true);
	});

	it.each([
		['nothing', '', 'is empty'],
		['no text at all', undefined, 'is empty'],
		['blanks', '  ', 'is empty'],
		['words', 'my public key', 'is not Base64'],
		['an API key', 'KEY0123456789ABCDEF_abc', 'looks like an API key'],
		[
			'a private key',
			'-----BEGIN PRIVATE KEY-----\nMC4=\n-----END PRIVATE KEY-----',
			'is a private key',
		],
		['half a key', telnyx.publicKey.slice(0, 20), 'holds 15 bytes'],
		['a key without its last character', telnyx.publicKey.slice(0, -2), 'is not Base64'],
		['64 bytes', Buffer.alloc(64, 1).toString('base64'), 'holds 64 bytes'],
		[
			'the SPKI of another kind of key',
			Buffer.from(spki, 'base64').fill(1, 0, 12).toString('base64'),
			'holds 44 bytes',
		],
	])('is named as wrong when it is %s', (_what, pasted, reason) => {
		expect(() => readPublicKey(pasted)).toThrow(PublicKeyError);
		expect(() => readPublicKey(pasted)).toThrow(reason);
	});

	describe('for which anybody could sign', () => {
		const hex = (text: string) => Buffer.from(text, 'hex').toString('base64');
		const identity = Buffer.from([1, ...Buffer.alloc(31)]);
		/** The points of small order, and the other ways to write them, with the sign bit off and on. */
		const weak = [
			'01' + '00'.repeat(31),
			'00'.repeat(32),
			'ec' + 'ff'.repeat(30) + '7f',
			'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
			'26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
			'ed' + 'ff'.repeat(30) + '7f',
			'ee' + 'ff'.repeat(30) + '7f',
		].flatMap((text) => {
			const signed = Buffer.from(text, 'hex');
			signed[31] |= 0x80;
			return [text, signed.toString('hex')];
		});

		it.each(weak)('%s is refused', (text) => {
			expect(() => readPublicKey(hex(text))).toThrow(PublicKeyError);
			expect(() => readPublicKey(hex(text))).toThrow('is not a safe Ed25519 key');
		});

		it('exists: without the private half, a forgery passes a check that does not look at the key', () => {
			const order8 = Buffer.from(weak[6], 'hex');
			const forged = Buffer.concat([identity, Buffer.alloc(32)]);
			const passes = (text: string) => nacl.sign.detached.verify(Buffer.from(text), forged, order8);
			expect(Array.from({ length: 200 }, (_, i) => `${i}`).some(passes)).toBe(true);
		});

		it('is refused in a non-canonical encoding as well', () => {
			for (let last = 0xed; last <= 0xff; last++) {
				const text = last.toString(16) + 'ff'.repeat(30) + '7f';
				expect(() => readPublicKey(hex(text))).toThrow('is not a safe Ed25519 key');
			}
		});
	});

	it('is never quoted in the message', () => {
		const pasted = 'KEY0123456789ABCDEF_abc';
		expect(() => readPublicKey(pasted)).not.toThrow(pasted);
	});

	it('is one with which tweetnacl verifies its own signatures', () => {
		const { publicKey, secretKey } = nacl.sign.keyPair();
		const signed = Buffer.concat([Buffer.from(`${seconds}|`), body]);
		const headers = {
			[SIGNATURE]: Buffer.from(nacl.sign.detached(signed, secretKey)).toString('base64'),
			[TIMESTAMP]: `${seconds}`,
		};
		const fresh = readPublicKey(Buffer.from(publicKey).toString('base64'));
		expect(whyUntrusted({ rawBody: body, headers, key: fresh, now: NOW })).toBeNull();
	});
});
