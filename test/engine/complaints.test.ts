import { runActionAt } from '../support/engine';
import { useRecorder } from '../support/recorder';

/** Everything that is wrong with an item comes in one message: settings of the node and fields alike. */
const telnyx = useRecorder();

const CALL = { call_control_id: 'v3:abc' };

it.each([
	[
		'a request option and a field',
		{
			resource: 'input',
			operation: 'sendDtmf',
			...CALL,
			digits: 'one',
			request_options: { tries: 0, most_at_once: 1.5 },
		},
		["'Digits'", "'Tries' has to be", "'Commands at Once' has to be a whole number from 1 to 200"],
	],
	[
		'the time limit of a wait and a field',
		{
			resource: 'audio',
			operation: 'startPlayback',
			...CALL,
			audio_url: 'no address',
			wait_for_outcome: true,
			wait_timeout_secs: 0,
		},
		["'Timeout (Seconds)' has to be a whole number from 1 to 86400", "'Audio URL'"],
	],
	[
		'the limit of a list and a filter',
		{
			resource: 'recording',
			operation: 'list',
			limit: 0.5,
			filter: { conference_id: '={{ [1] }}' },
		},
		["'Limit' has to be a whole number of at least 1", "'Filters > Conference ID' has to be text"],
	],
])('%s', async (_what, parameters, complaints) => {
	const { error } = await runActionAt(telnyx, parameters);
	for (const complaint of complaints) expect(error?.message).toContain(complaint);
	expect(telnyx.requests).toHaveLength(0);
});
