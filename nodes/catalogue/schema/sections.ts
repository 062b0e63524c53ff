/** A collection of the form that holds optional fields of one purpose. */
export interface Section {
	/** The parameter's name in the workflow. */
	readonly name: string;
	/** Title Case. */
	readonly title: string;
	/** What the button says. */
	readonly add: string;
}

const named = (name: string, title: string, add: string): Section => ({ name, title, add });

/** Where optional fields go that name no section. */
export const OPTIONS = named('options', 'Options', 'Add option');

/** In the order of the form, below the fields that are always shown. */
export const SECTIONS = {
	options: OPTIONS,
	prompt: named('prompt_options', 'Prompts', 'Add prompt option'),
	machine: named('machine_options', 'Answering Machine Detection', 'Add machine detection'),
	recording: named('recording_options', 'Recording', 'Add recording'),
	bridging: named('bridging_options', 'Linking and Bridging', 'Add link to another call'),
	conference: named(
		'conference_options',
		'Conference and Supervision',
		'Add conference or supervision',
	),
	assistant: named('assistant_options', 'AI Assistant', 'Add AI assistant'),
	transcription: named('transcription_options', 'Transcription', 'Add transcription'),
	streaming: named('streaming_options', 'Media Streaming', 'Add media streaming'),
	sip: named('sip_options', 'SIP', 'Add SIP setting'),
	webhooks: named('webhook_options', 'Webhooks', 'Add webhook address'),
} as const satisfies Readonly<Record<string, Section>>;

export type SectionName = keyof typeof SECTIONS;
