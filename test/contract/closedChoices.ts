/** What both ends of a wire, a file or a call have agreed on for good. */
const COMPLETE = 'there are no others';
/** A value that the node does not know could not be checked, explained or waited for. */
const COMMAND = "the command's own alternatives: another one would be another behaviour";
const BOUND = 'the settings beside it belong to this value';
const AGREED = 'a fixed list of the protocol or the provider';

/** Why a choice takes only the values that it offers, by the field's name. All others take any by expression. */
export const CLOSED_CHOICES: Readonly<Record<string, string>> = {
	audio_type: AGREED,
	authentication_method: COMMAND,
	beep_detection_profile: COMMAND,
	beep_enabled: COMPLETE,
	channels: COMPLETE,
	direction: COMPLETE,
	eq: COMPLETE,
	events: 'the node can wait for no others',
	format: AGREED,
	gender: AGREED,
	interruptible: COMMAND,
	interruptible_greeting: COMMAND,
	media_encryption: AGREED,
	method: AGREED,
	mute_dtmf: COMPLETE,
	on_hangup: COMMAND,
	payload_type: AGREED,
	payment_method: COMMAND,
	preferred_codecs:
		'their order counts, and Telnyx refuses the call for a codec that it does not know',
	privacy: COMPLETE,
	record_channels: COMPLETE,
	record_format: AGREED,
	record_track: COMPLETE,
	recording_track: COMPLETE,
	role: COMMAND,
	service_level: COMPLETE,
	sip_subdomain_receive_settings: COMPLETE,
	sip_transport: AGREED,
	sip_transport_protocol: AGREED,
	siprec_track: COMPLETE,
	sort: COMMAND,
	status: COMPLETE,
	stream_bidirectional_mode: COMMAND,
	stream_bidirectional_sampling_rate: 'a number',
	stream_bidirectional_target_legs: COMPLETE,
	stream_track: COMPLETE,
	stream_type: COMPLETE,
	supervisor_role: COMPLETE,
	target_legs: COMPLETE,
	transaction_type: COMMAND,
	transcription_model: BOUND,
	type: COMMAND,
	valid_card_types: 'a text between commas: Telnyx refuses a card that it does not know',
	webhook_api_version: COMPLETE,
};
