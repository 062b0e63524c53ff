import { choice, integer, text, toggle } from '../schema/field';
import { commandResult, operation } from '../schema/operation';
import { callControlId, clientState } from '../shared/commandFields';

export const startSiprec = operation({
	name: 'Start',
	action: 'Start SIPREC session',
	description:
		"Send the call's audio to the session recording server of a SIPREC connector. Add 'Connector Name' in Options to say which.",
	request: 'POST /calls/{call_control_id}/actions/siprec_start',
	docs: 'https://developers.telnyx.com/api-reference/call-commands/siprec-start',
	fields: {
		call_control_id: callControlId,
		client_state: clientState,
		connector_name: text({
			label: 'Connector Name',
			description: 'The SIPREC connector to send to, by the name it was created with at Telnyx',
			placeholder: 'e.g. my-siprec-connector',
		}),
		include_metadata_custom_headers: toggle({
			label: 'Include Custom Headers in Metadata',
			description:
				'Whether custom parameters go into the SIPREC metadata. Otherwise they are sent as SIP headers.',
			start: true,
		}),
		secure: toggle({
			label: 'Secure',
			description:
				'Whether media (SRTP) and signaling (TLS) to the recording server are encrypted. Set the port of the connector to 5061 for this.',
			start: true,
		}),
		session_timeout_secs: integer({
			label: 'Session Timeout (Seconds)',
			description: 'The SIP session interval: at least 90 seconds, or 0 to switch it off',
			min: 90,
			also: [0],
			start: 1800,
		}),
		sip_transport: choice({
			label: 'SIP Transport',
			description: 'The protocol that carries SIP to the recording server',
			choices: { udp: 'UDP', tcp: 'TCP', tls: 'TLS' },
			start: 'udp',
		}),
		siprec_track: choice({
			label: 'Track',
			description: 'Whose audio is sent',
			choices: {
				inbound_track: { name: 'Inbound', description: 'What this leg says' },
				outbound_track: { name: 'Outbound', description: 'What this leg hears' },
				both_tracks: { name: 'Both', description: 'Both directions' },
			},
			start: 'both_tracks',
		}),
	},
	answer: commandResult,
	events: {
		success: ['siprec.started'],
		failure: ['siprec.failed'],
		others: ['siprec.stopped'],
	},
});
