import { noEvents, operation } from '../schema/operation';
import { recordingAnswer, recordingId, recordingInShort } from './shared';

export const download = operation({
	name: 'Download',
	action: 'Download recording as a file',
	description:
		'Get the audio of a recording as a file that is named by its date, with what Telnyx tells about it',
	request: 'GET /recordings/{recording_id}',
	docs: 'https://developers.telnyx.com/api-reference/call-recordings/retrieve-a-call-recording',
	fields: { recording_id: recordingId },
	answer: recordingAnswer,
	returns: 'linkedFile',
	links: 'download_urls',
	simplified: recordingInShort,
	events: noEvents,
	sdk: 'retrieve',
});
