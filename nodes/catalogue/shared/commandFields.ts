import { locator, toggle, type Field } from '../schema/field';

type Kind<K extends Field['kind']> = Extract<Field, { kind: K }>;

/** Finds the ID in the output of the Telnyx trigger or of an earlier Telnyx action. */
export const callControlId = locator({
	label: 'Call Control ID',
	description:
		'The call to act on. Unless you choose another one, it is the one that the item is about.',
	required: true,
	placeholder: 'e.g. v3:MdI91X4lWFEs7IgbBEOT9M4AigoY08M0WWZFISt1Yw2axZ_IiE4pqg',
	list: 'calls',
	fromItem: ['call_control_id'],
	whenEmpty:
		'connect the node to the Telnyx trigger or to a Telnyx action, or choose the call_control_id of an earlier node',
});

/** The client state, which Telnyx returns with every event of the call. */
export const clientState = {
	kind: 'clientState',
	label: 'Client State',
	description:
		'Text or JSON that comes back with every later event of this leg. The nodes encode and decode it.',
	placeholder: 'e.g. {"step":"menu"}',
} as const satisfies Kind<'clientState'>;

/** The name of the switch next to every optional client state. It is not a field of Telnyx. */
export const CLIENT_STATE_ENCODED = 'client_state_encoded';

/** Whether the client state is Base64 already. Not sent. */
export const clientStateEncoded = toggle({
	label: 'Client State Is Base64',
	description: "Whether 'Client State' is Base64 already",
	last: true,
	start: true,
});

/** The ID by which Telnyx recognizes a repeated command. */
export const commandId = {
	kind: 'commandId',
	label: 'Command ID',
	description:
		'Telnyx carries out a command only once for each ID and call. Left out, the node makes one itself.',
	placeholder: 'e.g. order-1042-reminder',
	last: true,
} as const satisfies Kind<'commandId'>;

/** Fields that nearly every command has. */
export const onEveryCommand = { client_state: clientState, command_id: commandId } as const;
