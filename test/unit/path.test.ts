import fc from 'fast-check';

import { encodePathPart, isPathPart } from '../../nodes/telnyx/http/path';

const pathOf = (part: string) =>
	new URL(`http://127.0.0.1/v2/calls/${encodePathPart(part)}/actions/x`).pathname;

describe('a part of a path', () => {
	it('arrives as written, and changes no other part', () => {
		fc.assert(
			fc.property(fc.string({ minLength: 1, unit: 'grapheme' }).filter(isPathPart), (part) => {
				const parts = pathOf(part).split('/');
				expect(parts).toHaveLength(6);
				expect(decodeURIComponent(parts[3])).toBe(part);
			}),
		);
	});

	it('keeps the colon and the underscore of a call control ID', () => {
		const id = 'v3:MdI91X4lWFEs7IgbBEOT9M4AigoY08M0WWZFISt1Yw2axZ_IiE4pqg';
		expect(pathOf(id)).toBe(`/v2/calls/${id}/actions/x`);
	});

	it.each(['.', '..', '\ud800'])('must not be %j', (part) => {
		expect(isPathPart(part)).toBe(false);
	});

	it.each(['...', '.a', '%2e%2e', '..\\'])('may be %j', (part) => {
		expect(isPathPart(part)).toBe(true);
		expect(decodeURIComponent(pathOf(part).split('/')[3])).toBe(part);
	});
});
