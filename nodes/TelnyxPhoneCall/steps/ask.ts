import { gatherUsingAudio } from '../../catalogue/input/gatherUsingAudio';
import { gatherUsingSpeak } from '../../catalogue/input/gatherUsingSpeak';
import { choice, integer, list, text } from '../../catalogue/schema/field';
import { audioUrl } from '../../catalogue/shared/audioFile';
import { payload } from '../../catalogue/shared/voice';
import { InputError } from '../../operations/request/complaints';
import { command, language, secondsFor, speech, spoken, voiceInOptions } from './shared';
import { HUNG_UP, step } from './step';

const KEYS = /^[0-9*#]$/;

/** @throws InputError if a key has two outputs */
function assertDifferent(keys: readonly string[]): void {
	const twice = keys.find((key, index) => keys.indexOf(key) !== index);
	if (twice !== undefined) {
		throw new InputError([
			`'Choices' has the key ${twice} twice: give each choice a key of its own`,
		]);
	}
}

export const ask = step({
	name: 'Ask',
	action: 'Ask for key or digits',
	description: 'Says or plays something and takes the keys that the caller presses',
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
			onlyIf: { answer: ['choices'] },
			fields: {
				key: text({
					label: 'Key',
					description: 'The key to press: 0-9, * or #',
					required: true,
					placeholder: 'e.g. 1',
					pattern: { matches: KEYS, says: 'has to be one of 0-9, * and #' },
				}),
				name: text({
					label: 'Name',
					description: 'What the output is called',
					required: true,
					placeholder: 'e.g. Sales',
				}),
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
		answer_secs: integer({
			label: 'Time to Answer (Seconds)',
			description: 'How long to wait for a key after the prompt. 10 unless you say so.',
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
	outputs: [
		{ name: 'Choice', each: 'choices', if: { field: 'answer', is: ['choices'] } },
		{ name: 'Answer', if: { field: 'answer', is: ['digits'] } },
		{ name: 'No Input' },
		HUNG_UP,
	],
	begin(set, { id }) {
		const { prompt, text: words = '', audio_url, answer, choices = [], wrong_text } = set;
		const isChoice = answer === 'choices';
		const rows = Array.isArray(choices) ? choices : [];
		assertDifferent(rows.map(({ key }) => key));
		const { answer_secs = 10, tries = 3 } = set;
		const common = {
			call_control_id: id,
			maximum_digits: isChoice ? 1 : set.most_digits,
			minimum_digits: isChoice ? 1 : set.least_digits,
			valid_digits: isChoice ? rows.map(({ key }) => key).join('') : undefined,
			terminating_digit: isChoice ? '' : '#',
			maximum_tries: tries,
			timeout_millis: answer_secs * 1_000,
		};
		const spokenPrompt = { ...speech(words, set), invalid_payload: wrong_text };
		return {
			command:
				prompt === 'text'
					? command(gatherUsingSpeak, { ...common, ...spokenPrompt })
					: command(gatherUsingAudio, { ...common, audio_url }),
			seconds: tries * (secondsFor(`${words}${wrong_text ?? ''}`) + answer_secs + 60) + 60,
			plan: { choices: isChoice ? rows.map(({ key, name }) => ({ key, name })) : [] },
		};
	},
	next({ end: { outcome, json }, plan }) {
		if (outcome !== 'success') return undefined;
		const { status, digits = '' } = (json.payload ?? {}) as { status?: string; digits?: string };
		if (status !== 'valid' || digits === '') {
			return { output: 'No Input', json: { outcome: 'no_input', digits } };
		}
		const choices = plan.choices as Array<{ key: string; name: string }>;
		if (choices.length === 0) return { output: 'Answer', json: { outcome: 'answer', digits } };
		// By its place: the name of an output is as it stands in the form, also if it is an expression.
		const output = choices.findIndex(({ key }) => key === digits);
		return output >= 0
			? { output, json: { outcome: 'choice', digits, choice: choices[output].name } }
			: { output: 'No Input', json: { outcome: 'no_input', digits } };
	},
});
