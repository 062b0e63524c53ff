import { locator } from '../schema/field';
import { noEvents, operation } from '../schema/operation';
import { profileAnswer, profileInShort } from './shared';

export const retrieve = operation({
	name: 'Get',
	action: 'Get outbound voice profile',
	description: 'Find out where an outbound voice profile lets calls go, and within which limits',
	request: 'GET /outbound_voice_profiles/{id}',
	docs: 'https://developers.telnyx.com/api-reference/outbound-voice-profiles/retrieve-an-outbound-voice-profile',
	fields: {
		id: locator({
			label: 'Outbound Voice Profile ID',
			description: 'The outbound voice profile to look up',
			required: true,
			placeholder: 'e.g. 1293384261075731499',
			list: 'outboundVoiceProfiles',
		}),
	},
	answer: profileAnswer,
	simplified: profileInShort,
	events: noEvents,
});
