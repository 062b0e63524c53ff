import { choice, decimal, group, inSection, integer, toggle } from '../schema/field';

/**
 * Reports that end the detection. If the beep comes before the verdict, Telnyx sends only the end of the
 * greeting.
 */
export const DETECTION_ENDS = [
	'call.machine.detection.ended',
	'call.machine.premium.detection.ended',
	'call.machine.greeting.ended',
	'call.machine.premium.greeting.ended',
] as const;

const millis = (label: string, description: string, start: number) =>
	integer({ label: `${label} (Milliseconds)`, description, min: 0, start });

const detectionSettings = group({
	label: 'Detection Settings',
	description:
		'Fine-tuning of the detection. Premium takes only the greeting duration and the total analysis time.',
	add: 'Add setting',
	fields: {
		after_greeting_silence_millis: millis(
			'Silence After Greeting',
			'How much silence after the first words makes it a human',
			800,
		),
		beep_detection_profile: choice({
			label: 'Beep Detection Profile',
			description: 'Which detectors have to hear a beep',
			choices: {
				both: { name: 'Both', description: 'Loudness and frequency have to agree' },
				freq_only: {
					name: 'Frequency Only',
					description: 'For beeps whose loudness is unsteady',
				},
			},
			start: 'both',
		}),
		beep_max_frequency_hz: integer({
			label: 'Highest Beep Frequency (Hz)',
			description: 'Higher tones are no beep',
			min: 0,
			start: 2000,
		}),
		beep_min_frequency_hz: integer({
			label: 'Lowest Beep Frequency (Hz)',
			description: 'Lower tones are no beep. More than 480 leaves out the North American ringback.',
			min: 0,
			start: 500,
			noMoreThan: 'beep_max_frequency_hz',
		}),
		beep_min_tone_duration_millis: millis(
			'Shortest Beep',
			'Shorter tones are no beep but a short signal of the network',
			100,
		),
		beep_spectral_confirmation: toggle({
			label: 'Beep Spectral Check',
			description: 'Whether a beep has to pass a second check, of its spectrum',
			start: true,
		}),
		beep_spectral_min_purity: decimal({
			label: 'Beep Spectral Purity',
			description: 'How pure a beep has to be, from 0 to 1. More leaves out mixed tones.',
			min: 0,
			max: 1,
			start: 0.8,
		}),
		beep_spectral_reject_fax_cng: toggle({
			label: 'Ignore Fax Tone',
			description: 'Whether the calling tone of a fax is not taken for a beep',
			start: true,
		}),
		beep_spectral_window_millis: millis(
			'Beep Spectral Window',
			'How much of the tone the second check looks at',
			100,
		),
		between_words_silence_millis: millis(
			'Silence Between Words',
			'How much silence may be between the words of a greeting',
			50,
		),
		greeting_duration_millis: millis(
			'Greeting Duration',
			'A longer greeting makes it a machine',
			3500,
		),
		greeting_silence_duration_millis: millis(
			'Silence That Ends Greeting',
			"How much silence ends a machine's greeting",
			1500,
		),
		greeting_total_analysis_time_millis: millis(
			'Greeting Analysis Time',
			"How long to wait at most for the end of a machine's greeting",
			5000,
		),
		initial_silence_millis: millis(
			'Initial Silence',
			'More silence before the first word makes it a machine',
			3500,
		),
		maximum_number_of_words: integer({
			label: 'Maximum Number of Words',
			description: 'More words make it a machine',
			min: 0,
			start: 5,
		}),
		maximum_word_length_millis: millis(
			'Maximum Word Length',
			'A longer word makes it a machine',
			3500,
		),
		prompt_end_timeout_millis: integer({
			label: 'Prompt End Timeout (Milliseconds)',
			description:
				'How long to wait for the end of what call screening says. Only with the detection of iOS call screening.',
			min: 1000,
			max: 120_000,
			start: 30_000,
		}),
		silence_threshold: integer({
			label: 'Silence Threshold',
			description: 'What is less loud than this is silence',
			min: 0,
			start: 256,
		}),
		total_analysis_time_millis: millis(
			'Total Analysis Time',
			'How long the detection may take at most. By default, Telnyx takes 30,000 with Premium and 3,500 otherwise.',
			30_000,
		),
	},
});

/** Whether a human or an answering machine has picked up. */
export const machineDetection = inSection('machine', {
	answering_machine_detection: choice({
		open: true,
		label: 'Detection',
		description: 'What Telnyx finds out when the call is answered, and reports in events',
		choices: {
			premium: {
				name: 'Premium',
				description:
					'Human at home or in a business, machine, silence or fax. Tells when the beep comes, so a message can be left after it.',
			},
			premium_ios_call_screening_detection: {
				name: 'Premium with iOS Call Screening',
				description: 'As Premium, and whether an iPhone asks the caller who is calling',
			},
			detect: { name: 'Detect', description: 'Human or machine. Does not wait for the beep.' },
			detect_beep: {
				name: 'Detect Beep',
				description:
					'Human or machine. Tells when the beep comes, so a message can be left after it.',
			},
			detect_words: {
				name: 'Detect Words',
				description:
					'Human or machine. Tells when the beep comes within 30 seconds, or that there was none.',
			},
			greeting_end: {
				name: 'Greeting End',
				description:
					'Human or machine. Tells when the greeting is over, by silence or a beep, so a message can be left.',
			},
			disabled: { name: 'Disabled', description: 'No detection' },
		},
		start: 'premium',
	}),
	answering_machine_detection_config: detectionSettings,
});
