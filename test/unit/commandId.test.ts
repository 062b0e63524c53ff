import { deriveCommandId, type CommandOrigin } from '../../nodes/TelnyxAdvanced/commandId';

const origin: CommandOrigin = {
	instanceId: 'instance',
	workflowId: 'workflow',
	executionId: '231',
	nodeId: 'node',
	runIndex: 0,
	itemIndex: 0,
};

describe('a derived command ID', () => {
	it('is the same for the same item of the same run', () => {
		expect(deriveCommandId({ ...origin })).toBe(deriveCommandId(origin));
	});

	it.each<Partial<CommandOrigin>>([
		{ instanceId: 'another' },
		{ workflowId: 'another' },
		{ executionId: '232' },
		{ nodeId: 'another' },
		{ runIndex: 1 },
		{ itemIndex: 1 },
	])('is another one with %j', (change) => {
		expect(deriveCommandId({ ...origin, ...change })).not.toBe(deriveCommandId(origin));
	});

	it('is never repeated where n8n gives no execution ID', () => {
		const unknown = { ...origin, executionId: undefined };
		expect(deriveCommandId(unknown)).not.toBe(deriveCommandId(unknown));
	});
});
