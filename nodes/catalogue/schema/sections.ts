/** A collection of the form that holds optional fields of one purpose. */
export interface Section {
	/** The parameter's name in the workflow. */
	readonly name: string;
	/** Title Case. */
	readonly title: string;
	/** What the button says. */
	readonly add: string;
	/** Of those that few calls need, which a form with many sections has behind *More Options*. */
	readonly description?: string;
}

const named = (name: string, title: string, add: string): Section => ({ name, title, add });
const rare = (name: string, title: string, add: string, description: string): Section => ({
	...named(name, title, add),
	description,
});

/** Where optional fields go that name no section. */
export const OPTIONS = named('options', 'Options', 'Add option');

/** The collection that holds the rare sections of a form with many sections. */
export const MORE_OPTIONS: Section = {
	...named('more_options', 'More Options', 'Add group of options'),
	description: 'Groups of options that few calls need',
};

/** In the order of the form, below the fields that are always shown. */
export const SECTIONS = {
	options: OPTIONS,
	prompt: named('prompt_options', 'Prompts', 'Add prompt option'),
	machine: named('machine_options', 'Answering Machine Detection', 'Add machine detection'),
	recording: rare('recording_options', 'Recording', 'Add recording', 'Record the call'),
	bridging: rare(
		'bridging_options',
		'Linking and Bridging',
		'Add link to another call',
		'Connect the call with another one',
	),
	conference: rare(
		'conference_options',
		'Conference and Supervision',
		'Add conference or supervision',
		'Bring the call into a conference, or listen to another call',
	),
	assistant: rare(
		'assistant_options',
		'AI Assistant',
		'Add AI assistant',
		'Let an AI assistant talk',
	),
	transcription: rare(
		'transcription_options',
		'Transcription',
		'Add transcription',
		'Get what is said as text',
	),
	streaming: rare(
		'streaming_options',
		'Media Streaming',
		'Add media streaming',
		'Send the audio to a server of yours',
	),
	sip: rare('sip_options', 'SIP', 'Add SIP setting', 'Headers, codecs and other details of SIP'),
	webhooks: rare(
		'webhook_options',
		'Webhooks',
		'Add webhook address',
		'Send the events of this call elsewhere',
	),
} as const satisfies Readonly<Record<string, Section>>;

export type SectionName = keyof typeof SECTIONS;
