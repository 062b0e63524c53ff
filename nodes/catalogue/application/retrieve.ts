import { noEvents, operation } from '../schema/operation';
import { applicationAnswer, applicationId, applicationInShort } from './shared';

export const retrieve = operation({
	name: 'Get',
	action: 'Get call control application',
	description: 'Look up the settings of an application',
	request: 'GET /call_control_applications/{id}',
	docs: 'https://developers.telnyx.com/api-reference/call-control-applications/retrieve-a-call-control-application',
	fields: { id: applicationId },
	answer: applicationAnswer,
	simplified: applicationInShort,
	events: noEvents,
});
