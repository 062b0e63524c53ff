/** A collection of the form that holds optional fields of one purpose. */
export interface Section {
	/** The parameter's name in the workflow. */
	readonly name: string;
	/** Title Case. */
	readonly title: string;
	/** What the button says. */
	readonly add: string;
}

const named = (name: string, title: string, add = 'Add option'): Section => ({ name, title, add });

/** Where optional fields go that name no section. */
export const OPTIONS = named('options', 'Options');

/** In the order of the form, below the fields that are always shown. */
export const SECTIONS = {
	options: OPTIONS,
	prompt: named('prompt_options', 'Prompts', 'Add prompt option'),
	machine: named('machine_options', 'Answering Machine Detection'),
	recording: named('recording_options', 'Recording'),
	bridging: named('bridging_options', 'Linking and Bridging'),
	conference: named('conference_options', 'Conference and Supervision'),
	assistant: named('assistant_options', 'AI Assistant'),
	transcription: named('transcription_options', 'Transcription'),
	streaming: named('streaming_options', 'Media Streaming'),
	sip: named('sip_options', 'SIP'),
	webhooks: named('webhook_options', 'Webhooks'),
} as const satisfies Readonly<Record<string, Section>>;

export type SectionName = keyof typeof SECTIONS;
