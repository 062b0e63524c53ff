import {
	deriveCommandId,
	originOf,
	type RunOrigin,
	type Target,
} from '../../nodes/operations/request/commandId';

const origin: RunOrigin = {
	instanceId: 'instance',
	workflowId: 'workflow',
	execution: 'begun 1',
	nodeId: 'node',
	runIndex: 0,
};
const CALL = { path: '/calls/v3:abc/actions/speak' };
const idOf = (change: Partial<RunOrigin> = {}, itemIndex = 0, item = {}, target: Target = CALL) =>
	deriveCommandId(originOf({ ...origin, ...change }), itemIndex, item, target);

describe('a derived command ID', () => {
	it('is the same for the same item of the same run', () => {
		expect(idOf()).toBe(idOf());
	});

	it('is a UUID', () => {
		expect(idOf()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
	});

	it.each<Partial<RunOrigin>>([
		{ instanceId: 'another' },
		{ workflowId: 'another' },
		{ execution: 'begun 2' },
		{ nodeId: 'another' },
		{ runIndex: 1 },
	])('differs with %j', (change) => {
		expect(idOf(change)).not.toBe(idOf());
	});

	it('differs for another item, and for an item with other data', () => {
		expect(idOf({}, 1)).not.toBe(idOf());
		expect(idOf({}, 0, { to: '+13125550001' })).not.toBe(idOf());
	});

	it.each<Target>([
		{ path: '/calls/v3:another/actions/speak' },
		{ path: '/calls/v3:abc/actions/hangup' },
		{ path: '/calls', to: '+13125550001' },
		{ path: '/calls', to: '+13125550002' },
		{ path: '/calls', to: ['+13125550001', '+13125550002'] },
	])('differs for %j, because two executions may begin in the same millisecond', (target) => {
		const others = [CALL, { path: '/calls' }, { path: '/calls', to: '+13125550003' }];
		for (const other of others) {
			expect(idOf({}, 0, {}, target)).not.toBe(idOf({}, 0, {}, other));
		}
	});

	it('is never repeated where n8n does not say which execution it is', () => {
		expect(idOf({ execution: undefined })).not.toBe(idOf({ execution: undefined }));
	});
});
