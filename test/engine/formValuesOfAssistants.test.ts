/** What is sent for the values of a form, and what is said about wrong ones. Single fields: operations.test.ts. */
import { runActionAt } from '../support/engine';
import { useRecorder } from '../support/recorder';

const telnyx = useRecorder();

const CALL = { call_control_id: 'v3:abc' };

const sent = () => JSON.parse(telnyx.requests[0].body) as Record<string, unknown>;

describe('an AI assistant', () => {
	const run = async (operation: string, fields: object) =>
		await runActionAt(telnyx, {
			resource: 'aiAssistant',
			operation,
			...CALL,
			...fields,
		});

	describe('messages', () => {
		const add = async (...items: object[]) =>
			await run('addAIAssistantMessages', { messages: { items } });

		it('keep their order whatever their roles, each with the fields of its role', async () => {
			await add(
				{ role: 'system', content: 'Be brief' },
				{ role: 'user', content: 'Hello', options: { metadata: '{"mood":"good"}' } },
				{
					role: 'assistant',
					content: '',
					options: {
						tool_calls: {
							items: [{ id: 'call_1', function: { name: 'get_weather' }, type: 'function' }],
						},
					},
				},
				{ role: 'tool', content: 'Sunny', tool_call_id: 'call_1' },
			);
			expect(sent().messages).toEqual([
				{ role: 'system', content: 'Be brief' },
				{ role: 'user', content: 'Hello', metadata: { mood: 'good' } },
				{
					role: 'assistant',
					tool_calls: [{ id: 'call_1', function: { name: 'get_weather' }, type: 'function' }],
				},
				{ role: 'tool', content: 'Sunny', tool_call_id: 'call_1' },
			]);
		});

		it('may have their role from an expression', async () => {
			await add({ role: '={{ "tool" }}', content: 'Sunny', tool_call_id: 'call_1' });
			expect(sent().messages).toEqual([{ role: 'tool', content: 'Sunny', tool_call_id: 'call_1' }]);
		});

		it.each([
			[{ role: 'user', content: '={{ "" }}' }, "'Messages 1 > Caller > Content' is empty"],
			[
				{ role: '={{ "robot" }}', content: 'Hello' },
				"'Messages 1 > Role' is 'robot', but has to be one of: user",
			],
			[
				{ role: 'user', content: 'Hello', options: { metadata: '[1]' } },
				"'Messages 1 > Caller > Metadata' has to be a JSON object",
			],
		])('such as %j are refused in plain words', async (message, says) => {
			const { error } = await add(message);
			expect(error?.message).toContain(says);
			expect(telnyx.requests).toHaveLength(0);
		});
	});

	describe('tools of an assistant', () => {
		const startWith = async (...items: object[]) =>
			await run('startAIAssistant', { assistant: { id: 'assistant-1', tools: { items } } });

		it('go out as Telnyx names them', async () => {
			await startWith(
				{ type: 'hangup', hangup: {} },
				{
					type: 'transfer',
					transfer: { from: '+13125550100', targets: { items: [{ to: '+13125550101' }] } },
				},
				{ type: 'retrieval', retrieval: { bucket_ids: 'manuals, prices' } },
			);
			expect(sent().assistant).toEqual({
				id: 'assistant-1',
				tools: [
					{ type: 'hangup', hangup: {} },
					{
						type: 'transfer',
						transfer: { from: '+13125550100', targets: [{ to: '+13125550101' }] },
					},
					{ type: 'retrieval', retrieval: { bucket_ids: ['manuals', 'prices'] } },
				],
			});
		});

		it('say what is missing in one of them', async () => {
			const { error } = await startWith(
				{ type: 'hangup' },
				{ type: 'webhook', webhook: { name: 'weather' } },
			);
			expect(error?.message).toContain(
				"'AI Assistant > Tools 2 > Call a Webhook > Webhook > Description' is empty",
			);
			expect(error?.message).toContain("Webhook > URL' is empty");
			expect(telnyx.requests).toHaveLength(0);
		});
	});
});
