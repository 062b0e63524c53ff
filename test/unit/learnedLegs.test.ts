import type { IWebhookFunctions } from 'n8n-workflow';

import { type Wait } from '../../nodes/waiting/wait';
import {
	endLearning,
	noteCallWhileWaiting,
	noteEndedWhileWaiting,
	shareLearned,
	waitingLegsOf,
} from '../../nodes/waiting/legs';

/** One event for a waiting execution, as n8n has read the execution from its database for it. */
const event = (flow: object = {}) =>
	({
		runExecutionData: { executionData: { contextData: { flow } } },
	}) as unknown as IWebhookFunctions;

const wait = { secret_hash: 'one' } as Wait;
const CALLER = { telnyxLegs: { caller: {} }, telnyxCall: 'caller' };

it('is kept if events are handled at once, whichever is done last', () => {
	const slow = event(structuredClone(CALLER));
	shareLearned(slow, wait);
	const quick = event(structuredClone(CALLER));
	shareLearned(quick, wait);
	noteCallWhileWaiting(quick, wait, 'v3:1');
	noteEndedWhileWaiting(quick, 'v3:1');

	endLearning(slow, wait);

	expect(slow).toEqual(
		event({ telnyxLegs: { caller: {}, 'v3:1': { has_ended: true } }, telnyxCall: 'v3:1' }),
	);
});

it('is forgotten with the end of the wait', () => {
	const last = event();
	shareLearned(last, wait);
	noteEndedWhileWaiting(last, 'v3:1');
	endLearning(last, wait);

	const next = event();
	shareLearned(next, wait);
	expect(waitingLegsOf(next)).toEqual({});
});
