/** What happened, in the user's terms, and what to do about it. */
export interface Advice {
	readonly happened: string;
	readonly todo: string;
}

const NEW_KEY = 'Create an API key in the Telnyx portal, and paste it into the credential.';

export const WRONG_KEY: Advice = {
	happened: 'Telnyx does not accept the API key',
	todo: 'Open the credential and paste the API key again.',
};

export const UNKNOWN_THERE: Advice = {
	happened: 'Telnyx does not know what this refers to',
	todo: 'Check the ID or name: it may belong to another account or region, or no longer exist.',
};

export const NOT_ALLOWED: Advice = {
	happened: 'Telnyx does not allow this',
	todo: 'Look at the reason that Telnyx names. Without one, check that everything in the request belongs to the account of the API key, what the level of the account allows, and the permissions of the key.',
};

export const BAD_REQUEST: Advice = {
	happened: 'Telnyx does not accept the request',
	todo: 'Change what Telnyx names.',
};

export const NO_FUNDS: Advice = {
	happened: 'The Telnyx account does not have enough funds',
	todo: 'Add funds under Billing in the Telnyx portal, then try again.',
};

const WRONG_VALUE: Advice = {
	happened: 'A value is not one that Telnyx allows',
	todo: 'Change the field that Telnyx names.',
};

/** Limits on concurrent calls: each has a code of its own, or one in the text of 10010. */
export const TOO_MANY_CALLS = {
	ofAccount: {
		happened: 'The Telnyx account has as many outgoing calls as it may have at once',
		todo: 'Wait until a call has ended, then try again. Telnyx raises the limit when the account is verified, and on request.',
	},
	ofProfile: {
		happened: 'The outbound voice profile has as many calls as it may have at once',
		todo: 'Wait until a call has ended, then try again. You raise the limit in the outbound voice profile, in the Telnyx portal.',
	},
	ofApplication: {
		happened: 'The application has as many outgoing calls as it may have at once',
		todo: "Wait until a call has ended, then try again. You raise the limit with 'Channel Limit' in the outbound settings of the Call Control application.",
	},
} as const satisfies Record<string, Advice>;

/** Telnyx's codes that voice commands can receive. Codes and meanings: Telnyx's API error reference. */
const ADVICE: Readonly<Record<string, Advice>> = {
	10004: {
		happened: 'A required value is missing',
		todo: 'Fill in the field that Telnyx names.',
	},
	10005: UNKNOWN_THERE,
	10006: {
		happened: 'The ID is not valid',
		todo: 'Copy the ID again, or take it from the event or answer that it came with.',
	},
	10007: {
		happened: 'Telnyx had an unexpected error',
		todo: 'Try again in a minute. If it happens again, ask Telnyx support, and tell them the request ID.',
	},
	10009: WRONG_KEY,
	10010: NOT_ALLOWED,
	10015: BAD_REQUEST,
	10016: {
		happened: 'The phone number is not in international format',
		todo: 'Write it with plus sign and country code, such as +13125550001.',
	},
	10032: {
		happened: 'A value is not one of those that Telnyx allows',
		todo: 'Choose one from the list of the field that Telnyx names.',
	},
	10033: {
		happened: 'A value is outside of what Telnyx allows',
		todo: 'Change the field that Telnyx names.',
	},
	10038: {
		happened: 'The Telnyx account may not use this feature',
		todo: 'Upgrade or verify the account in the Telnyx portal.',
	},
	10039: {
		happened: 'The Telnyx account has reached a limit of its level',
		todo: 'Upgrade or verify the account in the Telnyx portal.',
	},
	20001: WRONG_KEY,
	20002: { happened: 'The API key has been revoked', todo: NEW_KEY },
	20006: { happened: 'The API key has expired', todo: NEW_KEY },
	20008: WRONG_KEY,
	20012: {
		happened: 'The Telnyx account is not active',
		todo: 'Look at the balance in the Telnyx portal: the account may have run out of funds. If it has not, ask Telnyx support.',
	},
	20013: { happened: 'The Telnyx account is blocked', todo: 'Ask Telnyx support.' },
	20014: {
		happened: 'The Telnyx account is not verified for this',
		todo: 'Complete what is missing under Account > Verifications in the Telnyx portal.',
	},
	20015: {
		happened: 'The feature is not switched on for the Telnyx account',
		todo: 'Switch it on in the Telnyx portal, or ask Telnyx support.',
	},
	20016: {
		happened: 'The Telnyx account is not verified at level 1',
		todo: 'Complete the verification under Account > Verifications in the Telnyx portal.',
	},
	20017: {
		happened: 'The Telnyx account is not verified at level 2',
		todo: 'Complete the verification under Account > Verifications in the Telnyx portal.',
	},
	20100: NO_FUNDS,
	90014: {
		happened: 'The digits cannot be sent as DTMF',
		todo: 'Use 0-9, A-D, * and #, and w or W for pauses.',
	},
	90015: {
		happened: 'The call control ID is not valid',
		todo: 'Use call_control_id from the event, not call_leg_id or call_session_id. An ID works only for the account and region of its call.',
	},
	90017: {
		happened: 'The client state is not Base64',
		todo: "Switch off 'Client State Is Base64', so that it is encoded for you.",
	},
	90018: {
		happened: 'The call has already ended',
		todo: "No command reaches a call after its hangup. If that is fine for your workflow, set 'On Error' in the settings of this node to continue.",
	},
	90019: {
		happened: 'The conference has already ended',
		todo: "If that is fine for your workflow, set 'On Error' in the settings of this node to continue.",
	},
	90020: {
		happened: 'The call has no audio yet, so it cannot be recorded',
		todo: 'Start the recording after the event call.answered.',
	},
	90021: {
		happened: 'The duration is not allowed',
		todo: 'Change the field that Telnyx names.',
	},
	90027: {
		happened: 'The tone duration is not allowed',
		todo: 'Use 100 to 500 milliseconds.',
	},
	90031: {
		happened: 'The audio of the call is not being forked',
		todo: "If that is fine for your workflow, set 'On Error' in the settings of this node to continue.",
	},
	90032: {
		happened: 'The conference is full',
		todo: "Wait until a participant has left, or create the conference with more 'Maximum Participants'.",
	},
	90033: {
		happened: 'The conference does not allow this now',
		todo: 'Look at what Telnyx says: mostly it has no active participants, so let a call join it first.',
	},
	90034: {
		happened: 'The call has not been answered yet',
		todo: "Answer the call first: with 'Answer' of Telnyx Phone Call, or with 'Answer' of Telnyx Advanced that waits for the outcome. If the workflow makes the call, send this only after the event call.answered.",
	},
	90035: {
		happened: 'The call is not in a queue',
		todo: 'Put it into a queue first. It may also have left the queue, or been bridged, in the meantime.',
	},
	90036: {
		happened: 'The queue is full',
		todo: 'Wait until a call has left the queue, or use another queue.',
	},
	90037: {
		happened: 'The size of a queue that exists cannot be changed by this command',
		todo: "Leave 'Maximum Size' empty, or use the size that the queue has.",
	},
	90038: {
		happened: 'The call is already in this queue',
		todo: 'Take it out of the queue before you put it in again.',
	},
	90040: {
		happened: 'Telnyx could not download the audio file in time',
		todo: 'Check that the address of the file opens from the internet without signing in, and opens fast.',
	},
	90041: TOO_MANY_CALLS.ofAccount,
	90042: TOO_MANY_CALLS.ofProfile,
	90043: TOO_MANY_CALLS.ofApplication,
	90044: {
		happened: 'The call is already in this conference',
		todo: 'A call joins a conference only once. Let it leave before it joins again.',
	},
	90045: {
		happened: 'This is not possible while the media of the call is streamed',
		todo: 'Stop the media streaming first.',
	},
	90046: {
		happened: 'The media streaming could not be started',
		todo: "Check 'Stream URL': Telnyx has to reach it from the internet, by wss://.",
	},
	90048: {
		happened: 'This is only possible while the media of the call is streamed',
		todo: 'Start the media streaming first.',
	},
	90053: {
		happened: 'A recording that ends by silence cannot start while the call is transcribed',
		todo: 'Stop the transcription first, or start the recording without a silence timeout.',
	},
	90054: {
		happened: 'The call is already being transcribed',
		todo: 'Stop the transcription before you start it again.',
	},
	90055: {
		happened: 'The transcription cannot stop while a recording that ends by silence runs',
		todo: 'Stop the recording first.',
	},
	90057: {
		happened: 'An event type that Telnyx does not know has a webhook URL',
		todo: "Check the event types in 'Webhook URLs by Event'.",
	},
	90058: {
		happened: 'There is no such conference',
		todo: 'Check the conference ID: the conference may have ended, or belong to another account or region.',
	},
	// Not in Telnyx's reference: its API description shows it for features that can run only once on a call.
	90061: {
		happened: 'The call does not allow this now',
		todo: 'Look at what Telnyx says: an AI assistant or a transcription may already run on the call, so stop that first.',
	},
	90102: {
		happened: 'An outgoing call cannot be answered by a command',
		todo: 'Answer incoming calls only. A call that you dialed is answered by the called party: wait for the event call.answered.',
	},
	90103: {
		happened: 'The account has dialed too many calls within a few seconds',
		todo: "Wait a moment, and set 'Commands per Second' in 'Request Options' to what your account allows: 30 dials a second, unless Telnyx raised it.",
	},
};

/** Of single parameters, whose title names what is wrong. */
const WRONG_VALUES = /^900(?:0[0-9]|1[0-36]|2[2-689]|30|49|56|59)$/;

/** The advice for one of Telnyx's codes, if voice commands can receive it. */
export function adviceByCode(code: string | undefined): Advice | undefined {
	if (code === undefined) return undefined;
	if (WRONG_VALUES.test(code)) return WRONG_VALUE;
	return Object.hasOwn(ADVICE, code) ? ADVICE[code] : undefined;
}
