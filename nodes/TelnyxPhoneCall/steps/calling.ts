import { speak } from '../../catalogue/audio/speak';
import { dial } from '../../catalogue/call/dial';
import { hangup } from '../../catalogue/call/hangup';
import { text } from '../../catalogue/schema/field';
import { DESTINATION, PARTY } from '../../catalogue/shared/sipOptions';
import type { FurtherCommand } from '../../waiting/furtherCommands';
import { command } from './shared';
import type { Speech } from './step';

/** The field for who is called. */
export const calledNumber = text({
	label: 'To',
	description: 'The phone number with country code, or the SIP URI, to call',
	required: true,
	placeholder: 'e.g. +13125550123',
	...DESTINATION,
});

/** The fields for where a call of its own comes from. What is empty is read from the account. */
export const callingFrom = {
	from: {
		kind: dial.fields.from.kind,
		label: dial.fields.from.label,
		description:
			'The number that the called party sees: one of yours. It can stay empty if you have only one.',
		onTop: true,
		noEmptyExpression: true,
		unlessChosen: 'Your only number',
		list: dial.fields.from.list,
		...PARTY,
		placeholder: dial.fields.from.placeholder,
	},
	connection_id: {
		kind: dial.fields.connection_id.kind,
		label: dial.fields.connection_id.label,
		description:
			"The application at Telnyx that the call runs under. It needs an outbound voice profile. That of the number in 'From', unless you choose one.",
		onTop: true,
		noEmptyExpression: true,
		unlessChosen: 'That of the number',
		list: dial.fields.connection_id.list,
		placeholder: dial.fields.connection_id.placeholder,
	},
} as const;

/** Says something to the called party. */
export const sayTo = (leg: string, words: Speech, stage: string): FurtherCommand => ({
	...command(speak, { call_control_id: leg, ...words }),
	stage,
});

/** Hangs up a leg; it may have ended already. */
export const hangUpOn = (leg: string, stage = 'over'): FurtherCommand => ({
	...command(hangup, { call_control_id: leg }),
	stage,
	mayFail: true,
});
