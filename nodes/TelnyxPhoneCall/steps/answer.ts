import { speak } from '../../catalogue/audio/speak';
import { answer as answerCall } from '../../catalogue/call/answer';
import { command, language, saidFirst, secondsIf, speechIf, voiceInOptions } from './shared';
import { HUNG_UP, SPOKEN, step, type NextOf, type Speech } from './step';

const outputs = [{ name: 'Answered' }, HUNG_UP] as const;

const ANSWERED: NextOf<typeof outputs> = { output: 'Answered', json: { outcome: 'answered' } };

export const answer = step({
	name: 'Answer',
	action: 'Answer call',
	description: 'Picks up the call that started the workflow',
	fields: {
		text: {
			...saidFirst,
			placeholder: 'e.g. Thank you for calling. One moment please.',
		},
		voice: voiceInOptions,
		language,
	},
	outputs,
	ifFails: { output: HUNG_UP.name },
	results: {},
	begin: ({ text, ...set }, { id }) => ({
		command: command(answerCall, { call_control_id: id }),
		...(text && { wait: { success: ['call.answered', SPOKEN], good_statuses: [] } }),
		seconds: 60 + secondsIf(text),
		plan: { greeting: speechIf(text, set) },
	}),
	next({ end: { outcome }, type, plan, wait }) {
		if (outcome !== 'success') return undefined;
		const greeting = plan.greeting as Speech | undefined;
		if (!greeting || type === SPOKEN) return ANSWERED;
		const says = command(speak, { call_control_id: wait.call_control_id, ...greeting });
		return { send: [{ ...says, stage: 'greeting' }] };
	},
});
