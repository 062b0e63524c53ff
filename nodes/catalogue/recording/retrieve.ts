import { noEvents, operation } from '../schema/operation';
import { recordingAnswer, recordingId, recordingInShort } from './shared';

export const retrieve = operation({
	name: 'Get',
	action: 'Get recording with its download links',
	description:
		'Find out how long a recording is, who called whom, and where it can be downloaded for now',
	request: 'GET /recordings/{recording_id}',
	docs: 'https://developers.telnyx.com/api-reference/call-recordings/retrieve-a-call-recording',
	fields: { recording_id: recordingId },
	answer: recordingAnswer,
	simplified: recordingInShort,
	events: noEvents,
});
