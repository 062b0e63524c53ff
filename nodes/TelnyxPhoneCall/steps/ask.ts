import { gatherUsingAudio } from '../../catalogue/input/gatherUsingAudio';
import { gatherUsingSpeak } from '../../catalogue/input/gatherUsingSpeak';
import { choice, integer, list, text } from '../../catalogue/schema/field';
import { audioUrl } from '../../catalogue/shared/audioFile';
import { payload } from '../../catalogue/shared/voice';
import {
	command,
	hangUpAfterwards,
	KEY_PATTERN,
	language,
	secondsFor,
	speech,
	speechIf,
	spoken,
	voiceInOptions,
} from './shared';
import { HUNG_UP, SPOKEN, step, type Done, type NextOf, type Speech } from './step';

const repeatedKeys = (keys: readonly string[]): string[] =>
	[...new Set(keys.filter((key, index) => keys.indexOf(key) !== index))].map(
		(key) => `'Choices' has the key ${key} more than once: give each choice a key of its own`,
	);

const outputs = [
	{ name: 'Choice', each: 'choices', if: { field: 'answer', is: ['choices'] } },
	{ name: 'Answer', if: { field: 'answer', is: ['digits'] } },
	{ name: 'No Input' },
	HUNG_UP,
] as const;

export const ask = step({
	name: 'Ask',
	action: 'Ask for key or digits',
	description: 'Says or plays something and takes the keys that the caller presses',
	answersFirst: true,
	fields: {
		prompt: choice({
			label: 'Prompt',
			description: 'How the caller is asked',
			onTop: true,
			choices: { text: 'Say a Text', audio: 'Play a File' },
			start: 'text',
		}),
		text: {
			...spoken,
			placeholder: 'e.g. Press 1 for sales or 2 for support.',
			onlyIf: { prompt: ['text'] },
		},
		audio_url: {
			...audioUrl,
			description: 'The address of the MP3 or WAV file that asks',
			required: true,
			onlyIf: { prompt: ['audio'] },
		},
		answer: choice({
			label: 'Answer',
			description: 'What the caller is to press',
			onTop: true,
			choices: {
				choices: { name: 'One of Several Keys', description: 'Each key has an output of its own' },
				digits: { name: 'Digits', description: 'Such as a customer number, ended with #' },
			},
			start: 'choices',
		}),
		choices: list({
			label: 'Choices',
			description: 'The keys that count, each with the name of its output',
			item: 'Choice',
			required: true,
			start: [{ key: '1' }, { key: '2' }],
			onlyIf: { answer: ['choices'] },
			fields: {
				key: text({
					label: 'Key',
					description: 'The key to press: 0-9, * or #',
					required: true,
					placeholder: 'e.g. 1',
					pattern: KEY_PATTERN,
				}),
				name: text({
					label: 'Name',
					description: 'What the output is called',
					required: true,
					placeholder: 'e.g. Sales',
				}),
				say: {
					...payload,
					label: 'Say Afterwards',
					description: 'What the caller hears after pressing it. Leave it empty to say nothing.',
					onTop: true,
					rows: 2,
					placeholder: 'e.g. We are open from nine to five. Goodbye!',
				},
				hang_up: hangUpAfterwards,
			},
		}),
		most_digits: integer({
			label: 'Maximum Digits',
			description: 'How many digits there can be. The answer is complete with so many, or with #.',
			onTop: true,
			onlyIf: { answer: ['digits'] },
			min: 1,
			max: 128,
			start: 20,
		}),
		tries: integer({
			label: 'Maximum Tries',
			description: 'How often the caller is asked before the item leaves through No Input',
			onTop: true,
			min: 1,
			max: 10,
			start: 3,
		}),
		goodbye: {
			...payload,
			label: 'Goodbye Without Input',
			description:
				'What is said after the last try, before the call ends. Leave it empty if the call goes on through No Input.',
			onTop: true,
			rows: 2,
			placeholder: 'e.g. Please call again later. Goodbye!',
		},
		answer_secs: integer({
			label: 'Time to Answer (Seconds)',
			description: 'How long to wait for a key after the prompt, 10 by default',
			min: 1,
			max: 120,
			start: 10,
		}),
		least_digits: integer({
			label: 'Minimum Digits',
			description: 'How many digits are needed at least',
			min: 1,
			max: 128,
			start: 1,
			noMoreThan: 'most_digits',
		}),
		wrong_text: {
			...payload,
			label: 'Text After Wrong Key',
			description: 'What is said when a key does not count, before the caller is asked again',
			placeholder: 'e.g. Sorry, that is not a choice.',
		},
		voice: voiceInOptions,
		language,
	},
	outputs,
	ifFails: { output: 'No Input' },
	results: { digits: 'string', choice: 'string' },
	check: ({ answer, choices }) =>
		answer === 'choices' && Array.isArray(choices)
			? repeatedKeys(choices.map(({ key }) => key).filter((key) => key !== undefined))
			: [],
	begin(set, { id }) {
		const { prompt, text: words = '', audio_url, answer, choices = [], wrong_text, goodbye } = set;
		const isChoice = answer === 'choices';
		const rows = isChoice && Array.isArray(choices) ? choices : [];
		const { answer_secs = 10, tries } = set;
		const common = {
			call_control_id: id,
			maximum_digits: isChoice ? 1 : set.most_digits,
			minimum_digits: isChoice ? 1 : set.least_digits,
			valid_digits: isChoice ? rows.map(({ key }) => key).join('') : undefined,
			terminating_digit: isChoice ? '' : '#',
			maximum_tries: tries,
			timeout_millis: answer_secs * 1_000,
		};
		const says = [goodbye, ...rows.map(({ say }) => say)].filter(Boolean) as string[];
		const spokenPrompt = { ...speech(words, set), invalid_payload: wrong_text };
		return {
			command:
				prompt === 'text'
					? command(gatherUsingSpeak, { ...common, ...spokenPrompt })
					: command(gatherUsingAudio, { ...common, audio_url }),
			...(says.length > 0 && { wait: { success: ['call.gather.ended', SPOKEN] } }),
			seconds:
				tries * (secondsFor(`${words}${wrong_text ?? ''}`) + answer_secs + 60) +
				60 +
				Math.max(...says.map(secondsFor), 0),
			plan: {
				choices: rows.map(({ key, name, say, hang_up }) => ({
					key,
					name,
					lastWords: speechIf(say, set),
					hangsUp: hang_up === true,
				})),
				goodbye: speechIf(goodbye, set),
			},
		};
	},
	next({ end: { outcome, json }, type, plan }) {
		// What the prompt itself reports.
		if (type === SPOKEN && outcome !== 'ended') return {};
		if (outcome !== 'success') return undefined;
		const { status, digits = '' } = (json.payload ?? {}) as { status?: string; digits?: string };
		const isValid = status === 'valid' && digits !== '';
		const choices = plan.choices as KeyChoice[];
		if (isValid && choices.length === 0) {
			return { output: 'Answer', json: { outcome: 'answer', digits } };
		}
		// By its place: the name of an output is as it stands in the form, also if it is an expression.
		const output = isValid ? choices.findIndex(({ key }) => key === digits) : -1;
		if (output < 0) return noInput(digits, plan.goodbye as Speech | undefined);
		const { name, lastWords, hangsUp } = choices[output];
		return { output, json: { outcome: 'choice', digits, choice: name }, lastWords, hangsUp };
	},
});

interface KeyChoice extends Pick<Done, 'lastWords' | 'hangsUp'> {
	readonly key: string;
	readonly name: string;
}

const noInput = (digits: string, goodbye: Speech | undefined): NextOf<typeof outputs> => ({
	output: 'No Input',
	json: { outcome: 'no_input', digits },
	lastWords: goodbye,
	hangsUp: goodbye !== undefined,
});
