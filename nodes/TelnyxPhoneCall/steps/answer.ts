import { answer as answerCall } from '../../catalogue/call/answer';
import { command } from './shared';
import { HUNG_UP, step } from './step';

export const answer = step({
	name: 'Answer',
	action: 'Answer call',
	description: 'Picks up the call that started the workflow',
	fields: {},
	outputs: [{ name: 'Answered' }, HUNG_UP],
	begin: (_set, { id }) => ({
		command: command(answerCall, { call_control_id: id }),
		seconds: 60,
	}),
	next: ({ end: { outcome } }) =>
		outcome === 'success' ? { output: 'Answered', json: { outcome: 'answered' } } : undefined,
});
