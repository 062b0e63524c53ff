import { choice } from '../schema/field';
import { noEvents, operation } from '../schema/operation';
import { containing, filter } from '../shared/filters';
import { profileAnswer, profileInShort } from './shared';

export const list = operation({
	name: 'Get Many',
	action: 'Get many outbound voice profiles',
	description:
		'List the profiles that say which countries can be called and at what cost. An application needs one to make calls.',
	request: 'GET /outbound_voice_profiles',
	docs: 'https://developers.telnyx.com/api-reference/outbound-voice-profiles/get-all-outbound-voice-profiles',
	fields: {
		filter: filter({
			name: containing('Name', 'A part of the name, of at least three letters', 'e.g. office'),
		}),
		sort: choice({
			label: 'Sort By',
			description: 'What the list is sorted by',
			choices: {
				created_at: 'Created',
				'-created_at': 'Created, Newest First',
				enabled: 'Enabled',
				'-enabled': 'Enabled, Descending',
				name: 'Name',
				'-name': 'Name, Descending',
				service_plan: 'Service Plan',
				'-service_plan': 'Service Plan, Descending',
				traffic_type: 'Traffic Type',
				'-traffic_type': 'Traffic Type, Descending',
				usage_payment_method: 'Usage Payment Method',
				'-usage_payment_method': 'Usage Payment Method, Descending',
			},
			start: 'name',
		}),
	},
	answer: profileAnswer,
	returns: 'pages',
	simplified: profileInShort,
	events: noEvents,
});
