import { locator, text } from '../schema/field';
import { containing, filter, sort } from '../shared/filters';
import { noEvents, operation } from '../schema/operation';
import { connectionAnswer, connectionInShort } from './shared';

export const list = operation({
	name: 'Get Many',
	action: 'Get many connections',
	description: 'List the connections of your account, of every kind',
	request: 'GET /connections',
	docs: 'https://developers.telnyx.com/api-reference/connections/list-connections',
	fields: {
		filter: filter({
			connection_name: containing(
				'Name',
				'A part of the name, of at least three letters. Capital letters do not count.',
				'e.g. office',
			),
			fqdn: text({
				label: 'FQDN',
				description: 'The whole domain name of the connection. Capital letters count.',
				placeholder: 'e.g. sip.example.com',
			}),
			outbound_voice_profile_id: locator({
				label: 'Outbound Voice Profile ID',
				list: 'outboundVoiceProfiles',
				description: 'The outbound voice profile that the connection uses',
				placeholder: 'e.g. 1293384261075731499',
			}),
		}),
		sort,
	},
	answer: connectionAnswer,
	returns: 'pages',
	simplified: connectionInShort,
	events: noEvents,
});
