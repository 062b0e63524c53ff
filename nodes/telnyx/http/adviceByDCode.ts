import { TOO_MANY_CALLS, type Advice } from './adviceByCode';

const NO_PROFILE: Advice = {
	happened: 'The application has no outbound voice profile',
	todo: 'Outgoing calls need one: open the Call Control application in the Telnyx portal, and choose an outbound voice profile in its outbound settings.',
};

const ONLY_VERIFIED: Advice = {
	happened: 'The level of the Telnyx account allows calls to verified numbers only',
	todo: 'Upgrade the account in the Telnyx portal, or verify the number under Verified Numbers there.',
};

const DISABLED: Advice = {
	happened: 'The application, its outbound voice profile or the Telnyx account is disabled',
	todo: 'Look in the Telnyx portal which of them is not active, and enable it. If all are, ask Telnyx support.',
};

const REQUIREMENTS_MISSING: Advice = {
	happened: "The number in 'From' waits for documents that its country demands",
	todo: 'Complete the requirements of the number in the Telnyx portal, or call from another number.',
};

/**
 * Why Telnyx's network places no call: its D-codes, which dial and transfer show inside a 403.
 * Source: Telnyx's list of SIP response codes, and replies of real accounts.
 */
const ADVICE: Readonly<Record<string, Advice>> = {
	D1: TOO_MANY_CALLS.ofAccount,
	D2: TOO_MANY_CALLS.ofProfile,
	D3: TOO_MANY_CALLS.ofApplication,
	D7: NO_PROFILE,
	D9: {
		happened: 'There are too many calls to this country',
		todo: 'Wait, then try again. Telnyx support can raise the limit.',
	},
	D10: DISABLED,
	D11: DISABLED,
	D12: DISABLED,
	D13: {
		happened: 'The outbound voice profile does not allow calls to this country',
		todo: 'Add the country to the allowed destinations of the outbound voice profile, in the Telnyx portal. At first only the United States and Canada are allowed.',
	},
	D14: DISABLED,
	D15: DISABLED,
	D16: DISABLED,
	D17: DISABLED,
	D18: {
		happened: 'The application is not active',
		todo: 'Make the Call Control application active in the Telnyx portal.',
	},
	D19: {
		happened: 'The Telnyx account is blocked for billing reasons',
		todo: 'Check the balance and the payment method under Billing in the Telnyx portal.',
	},
	D22: {
		happened: 'There are as many calls as there may be at once',
		todo: 'Wait until a call has ended, then try again. The limit is that of the number, the application or the outbound voice profile: you raise it there, in the Telnyx portal.',
	},
	D24: {
		happened:
			'The rate per minute to this number is above the maximum of the outbound voice profile',
		todo: 'Raise the maximum rate per minute in the outbound voice profile, in the Telnyx portal.',
	},
	D35: {
		happened: "'From' is not a number in international format",
		todo: 'Write it with plus sign and country code, such as +13125550001.',
	},
	D36: {
		happened: "The number in 'From' belongs to another Telnyx account",
		todo: 'Call from a number of the account that the API key belongs to.',
	},
	D38: NO_PROFILE,
	D41: {
		happened: 'Telnyx does not place calls to this range of numbers, to prevent fraud',
		todo: 'Ask Telnyx support to allow the destination.',
	},
	D51: {
		happened: "The number in 'From' is not one that the account may show",
		todo: 'Call from a number of your Telnyx account, or verify this one under Verified Numbers in the Telnyx portal.',
	},
	D60: ONLY_VERIFIED,
	D61: ONLY_VERIFIED,
	D63: {
		happened: "The number in 'From' is still being moved to Telnyx",
		todo: 'Wait until the move is complete, or call from another number.',
	},
	D64: REQUIREMENTS_MISSING,
	D65: REQUIREMENTS_MISSING,
};

/** The advice for a D-code, such as D38; undefined for unknown ones, for which Telnyx's own text is shown. */
export const adviceByDCode = (dCode: string): Advice =>
	Object.hasOwn(ADVICE, dCode)
		? ADVICE[dCode]
		: {
				happened: 'Telnyx does not place this call',
				todo: `Look at the reason that Telnyx names. Telnyx lists ${dCode} under SIP response codes.`,
			};
