import { requestInWords } from '../../nodes/TelnyxPhoneCall/steps/request';

const N8N_MESSAGE = 'The agent wants to run this tool: Refund_customer\n\nInput:\n[object Object]';
const MOST = 2_000;
const REFUND = { name: 'Refund_customer', parameters: { refundAmount: 120, customer: 'Ada' } };

describe('what somebody hears who is to approve the tool of an agent', () => {
	it('is a sentence with all values, where n8n has written its own text', () => {
		expect(requestInWords(N8N_MESSAGE, REFUND, MOST)).toBe(
			'An AI agent asks for your approval. It wants to use: Refund customer, with refund amount: 120, customer: Ada.',
		);
	});

	it('is what the user wrote, with the values in words', () => {
		expect(requestInWords('Refund? [object Object]', REFUND, MOST)).toBe(
			'Refund? refund amount: 120, customer: Ada',
		);
	});

	it.each([
		[{}, ''],
		[undefined, ''],
		[{ items: [{ name: 'tea' }, { name: 'milk' }] }, ', with items: name: tea and name: milk'],
		[{ note: null }, ', with note: nothing'],
		[{ text: 'x'.repeat(400) }, `, with text: ${'x'.repeat(300)} and so on`],
	])('holds %j', (parameters, words) => {
		expect(requestInWords(N8N_MESSAGE, { name: 'Refund', parameters }, MOST)).toBe(
			`An AI agent asks for your approval. It wants to use: Refund${words}.`,
		);
	});

	it.each([299, 300])('holds no half of a character such as an emoji: %i', (before) => {
		const note = `${'x'.repeat(before)}${'😀'.repeat(60)}`;
		for (const message of [N8N_MESSAGE, 'Shall it? [object Object]']) {
			for (const most of [MOST, before, before + 1]) {
				const said = requestInWords(message, { name: 'Refund', parameters: { note } }, most);
				expect(said).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
				expect(said.length).toBeLessThanOrEqual(most);
			}
		}
	});

	it.each([N8N_MESSAGE, 'Shall it? [object Object]'])(
		'is not longer than what can be said: %j',
		(message) => {
			const parameters = Object.fromEntries(
				Array.from({ length: 40 }, (_, index) => [`field_${index}`, 'x'.repeat(290)]),
			);
			const said = requestInWords(message, { name: 'Refund', parameters }, MOST);
			expect(said).toHaveLength(MOST);
			expect(said).toMatch(/ and so on\.?$/);
		},
	);
});
