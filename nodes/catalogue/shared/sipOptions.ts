import { visible } from '../../shared/invisible';
import { PHONE_NUMBER as NUMBER, WRONG_NUMBERS } from '../../shared/phoneNumber';
import { choice, choices, inSection, list, text } from '../schema/field';

/** A phone number or SIP address that can be called. */
export const DESTINATION = {
	isPhoneNumber: true,
	pattern: {
		matches: new RegExp(`^(?:${NUMBER}|sips?:${visible(',')}+)$`, 'u'),
		says: 'has to be a phone number with + and country code, such as +13125550100, or a SIP URI, such as sip:jane@example.com',
		also: [
			{ matches: /\d\s*[,;pwx#]/i, says: 'Digits to dial after the answer do not belong here' },
			...WRONG_NUMBERS,
		],
	},
} as const;

/** No scheme before a number, or with nothing after it, and no number with a word for its last digits. */
const NO_NAME = '(?!tel:|callto:|sips?:$|1?8\\d\\d[a-z]{7}$)';
/** The name of a SIP user, which may begin with digits. */
const NAME = `\\d{0,6}[\\p{L}_]${visible(',')}*`;
/** The address of one, whose name may be a number. */
const ADDRESS = `[\\w+.-]+@${visible(',')}+`;

/** Somebody who calls, or an end of a call: a phone number, an extension, or a name in SIP. */
export const PARTY = {
	isPhoneNumber: true,
	pattern: {
		matches: new RegExp(`^(?:${NUMBER}|\\d{1,6}|${NO_NAME}(?:${NAME}|${ADDRESS}))$`, 'iu'),
		says: 'has to be a phone number with + and country code, such as +13125550100, or the name or address of a SIP user',
		also: WRONG_NUMBERS,
	},
} as const;

/** The same where an assistant fills in variables. */
const orVariables = <const P extends { readonly matches: RegExp }>(pattern: P) => ({
	...pattern,
	matches: new RegExp(`${pattern.matches.source}|\\{\\{.+\\}\\}`, pattern.matches.flags),
});

/** The ends of a transfer by an assistant. */
export const ASSISTANT_PARTY = { ...PARTY, pattern: orVariables(PARTY.pattern) };
export const ASSISTANT_DESTINATION = { ...DESTINATION, pattern: orVariables(DESTINATION.pattern) };

/** A phone number with + and country code. */
const PHONE_NUMBER = {
	isPhoneNumber: true,
	pattern: {
		matches: new RegExp(`^${NUMBER}$`),
		says: 'has to be a phone number with + and country code, such as +13125550100',
		also: WRONG_NUMBERS,
	},
} as const;

const headerValue = text({
	label: 'Value',
	description: 'What the header says',
	required: true,
	placeholder: 'e.g. 1042',
});

/** Custom SIP headers. */
export const customHeaders = inSection('sip', {
	custom_headers: list({
		label: 'Custom Headers',
		description: 'SIP headers of your own that go with the message to the other side',
		item: 'Header',
		fields: {
			name: text({
				label: 'Name',
				description: 'The name of the header',
				required: true,
				placeholder: 'e.g. X-Order-ID',
			}),
			value: headerValue,
		},
	}),
});

/** SIP headers of the standard that Telnyx passes on. */
export const sipHeaders = inSection('sip', {
	sip_headers: list({
		label: 'SIP Headers',
		description: 'Standard SIP headers that go with the message to the other side',
		item: 'Header',
		fields: {
			name: choice({
				open: true,
				label: 'Name',
				description: 'The header. Telnyx takes only one so far.',
				required: true,
				choices: { 'User-to-User': 'User-to-User' },
				start: 'User-to-User',
			}),
			value: headerValue,
		},
	}),
});

/** Credentials for a SIP peer that requires authentication. */
export const sipAuthentication = inSection('sip', {
	sip_auth_password: text({
		label: 'SIP Password',
		description: 'The password for a SIP address that asks for one',
		secret: true,
	}),
	sip_auth_username: text({
		label: 'SIP Username',
		description: 'The username for a SIP address that asks for one',
		placeholder: 'e.g. jane',
	}),
});

/** Lets an outbound call show the number of the caller of an active inbound call. */
export const diversion = inSection('sip', {
	diversion: text({
		label: 'Diversion',
		description:
			"The number of yours that was called on an active inbound call. The caller's number may then be used as 'From'.",
		placeholder: 'e.g. +13125550100',
		...PHONE_NUMBER,
	}),
});

/** Whether the media is encrypted. */
export const mediaEncryption = inSection('sip', {
	media_encryption: choice({
		label: 'Media Encryption',
		description:
			'How audio is encrypted between Telnyx and the other side. Goes before what a SIP URI says.',
		choices: { disabled: 'Disabled', SRTP: 'SRTP', DTLS: 'DTLS' },
		start: 'disabled',
	}),
});

const CODECS = {
	G722: 'G722',
	PCMU: 'PCMU',
	PCMA: 'PCMA',
	G729: 'G729',
	OPUS: 'OPUS',
	VP8: 'VP8',
	H264: 'H264',
} as const;

const codecs = {
	label: 'Preferred Codecs',
	description: 'The codecs to use, in the order in which you choose them',
	joined: true,
} as const;

/** The codecs, in order of preference. */
export const preferredCodecs = inSection('sip', {
	preferred_codecs: choices({ ...codecs, choices: CODECS }),
});

/** The same for a transfer, which supports one more. */
export const preferredCodecsOfTransfer = inSection('sip', {
	preferred_codecs: choices({ ...codecs, choices: { ...CODECS, 'AMR-WB': 'AMR-WB' } }),
});

/** Where and how Telnyx hands a call over. */
export const sipRoute = inSection('sip', {
	sip_region: choice({
		open: true,
		label: 'SIP Region',
		description: 'From where in the world Telnyx sends the call to a SIP address',
		choices: {
			US: 'US',
			Europe: 'Europe',
			Canada: 'Canada',
			Australia: 'Australia',
			'Middle East': 'Middle East',
		},
		start: 'US',
	}),
	sip_transport_protocol: choice({
		label: 'SIP Transport Protocol',
		description: 'The protocol that carries SIP to the other side',
		choices: { UDP: 'UDP', TCP: 'TCP', TLS: 'TLS' },
		start: 'UDP',
	}),
});
