import { locator } from '../schema/field';
import { containing, filter, sort } from '../shared/filters';
import { noEvents, operation } from '../schema/operation';
import { applicationAnswer, applicationInShort } from './shared';

export const list = operation({
	name: 'Get Many',
	action: 'Get many call control applications',
	description: 'List the applications of your account',
	request: 'GET /call_control_applications',
	docs: 'https://developers.telnyx.com/api-reference/call-control-applications/list-call-control-applications',
	fields: {
		filter: filter({
			application_name: containing(
				'Name',
				'A part of the name, of at least three letters. Capital letters do not count.',
				'e.g. router',
			),
			'outbound.outbound_voice_profile_id': locator({
				label: 'Outbound Voice Profile ID',
				list: 'outboundVoiceProfiles',
				description: 'The outbound voice profile that the application uses',
				placeholder: 'e.g. 1293384261075731499',
			}),
		}),
		sort,
	},
	answer: applicationAnswer,
	returns: 'pages',
	simplified: applicationInShort,
	events: noEvents,
});
