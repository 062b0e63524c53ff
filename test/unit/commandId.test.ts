import { deriveCommandId, type CommandOrigin } from '../../nodes/TelnyxAdvanced/commandId';

const origin: CommandOrigin = {
	instanceId: 'instance',
	workflowId: 'workflow',
	execution: 'begun 1',
	nodeId: 'node',
	runIndex: 0,
	itemIndex: 0,
	item: {},
};

describe('a derived command ID', () => {
	it('is the same for the same item of the same run', () => {
		expect(deriveCommandId({ ...origin })).toBe(deriveCommandId(origin));
	});

	it.each<Partial<CommandOrigin>>([
		{ instanceId: 'another' },
		{ workflowId: 'another' },
		{ execution: 'begun 2' },
		{ nodeId: 'another' },
		{ runIndex: 1 },
		{ itemIndex: 1 },
		{ item: { to: '+13125550001' } },
	])('is another one with %j', (change) => {
		expect(deriveCommandId({ ...origin, ...change })).not.toBe(deriveCommandId(origin));
	});

	it('is never repeated where n8n does not say which execution it is', () => {
		const unknown = { ...origin, execution: undefined };
		expect(deriveCommandId(unknown)).not.toBe(deriveCommandId(unknown));
	});
});
