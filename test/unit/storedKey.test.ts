import { storedKey, storeKey, type KeyContext } from '../../nodes/telnyx/webhooks/storedKey';
import { signer } from '../support/signing';

const [first, second] = [signer(1).publicKey, signer(2).publicKey];

/** A node with a credential, in a workflow with static data. */
const nodeWith = (id: string | null, staticData: object) =>
	({
		getNode: () => ({ credentials: id === null ? undefined : { telnyxAdvancedApi: { id } } }),
		getWorkflowStaticData: () => staticData,
	}) as unknown as KeyContext & Parameters<typeof storeKey>[0];

const base64Of = (context: KeyContext) =>
	storedKey(context)?.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64');

it('is available to the nodes of a workflow with the same credential, and to no others', () => {
	const staticData = {};
	storeKey(nodeWith('1', staticData), first);
	storeKey(nodeWith('2', staticData), second);
	expect(base64Of(nodeWith('1', staticData))).toBe(first);
	expect(base64Of(nodeWith('2', staticData))).toBe(second);
	expect(storedKey(nodeWith('3', staticData))).toBeUndefined();
	expect(storedKey(nodeWith('1', {}))).toBeUndefined();
});

it('is replaced by a newer one', () => {
	const staticData = {};
	storeKey(nodeWith('1', staticData), first);
	storeKey(nodeWith('1', staticData), second);
	expect(base64Of(nodeWith('1', staticData))).toBe(second);
});

it('leaves the static data untouched if it is the same, so that n8n saves nothing', () => {
	const staticData: Record<string, unknown> = {};
	storeKey(nodeWith('1', staticData), first);
	const [stored] = Object.values(staticData);
	storeKey(nodeWith('1', staticData), first);
	expect(Object.values(staticData)[0]).toBe(stored);
});

it('is not stored for a node without a credential', () => {
	const staticData = {};
	storeKey(nodeWith(null, staticData), first);
	expect(staticData).toEqual({});
	expect(storedKey(nodeWith(null, staticData))).toBeUndefined();
});
