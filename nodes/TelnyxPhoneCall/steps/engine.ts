import type { IDataObject } from 'n8n-workflow';

import { choice, text } from '../../catalogue/schema/field';
import { startTranscription } from '../../catalogue/transcription/startTranscription';

const { transcription_engine: engine, transcription_engine_config: settings } =
	startTranscription.fields;
const { variants } = settings;

const NOVA_2 = 'deepgram/nova-2';
const NOVA_3 = 'deepgram/nova-3';

/** Who writes down what the caller says, and what each needs for it. */
export const engineFields = {
	engine: {
		...engine,
		description: 'Who writes down what is said. Telnyx itself, unless you choose.',
		choices: {
			...engine.choices,
			Deepgram: 'Deepgram',
			Azure: { name: 'Azure', description: "Needs 'Azure Region'" },
		},
	},
	spoken_language: text({
		label: 'Language of the Caller',
		description:
			'The code of the language to expect, such as de. English by default with most engines. Some detect it.',
		placeholder: 'e.g. de',
	}),
	deepgram_model: choice({
		label: 'Deepgram Model',
		description:
			'Only for Deepgram. Nova 3, or Nova 2 for a language that only Nova 2 knows, unless you choose.',
		open: true,
		choices: {
			[NOVA_3]: 'Nova 3',
			[NOVA_2]: { name: 'Nova 2', description: 'Knows more languages' },
		},
		start: NOVA_3,
	}),
	azure_region: {
		...variants.Azure.fields.region,
		label: 'Azure Region',
		description: 'The region of Azure that is used. Only for Azure, and required there.',
		required: false,
	},
	azure_key: { ...variants.Azure.fields.api_key_ref, label: 'Azure API Key Secret' },
} as const;

/** What the user has set. */
interface EngineSet {
	readonly engine?: unknown;
	readonly spoken_language?: string;
	readonly deepgram_model?: unknown;
	readonly azure_region?: unknown;
	readonly azure_key?: string;
}

export const engineOf = (set: EngineSet): string => String(set.engine ?? 'Telnyx');

/** Fields that count for one engine only. */
const ONLY_FOR = {
	deepgram_model: 'Deepgram',
	azure_region: 'Azure',
	azure_key: 'Azure',
} as const;

/** What is set that the engine does not take, and what it lacks, in sentences. */
export const complaintsAboutEngine = (set: EngineSet): string[] => [
	...ofOtherEngines(set),
	...(engineOf(set) === 'Azure' && set.azure_region === undefined
		? ["'Azure Region' is empty: Azure needs it, so choose it in Options"]
		: []),
	...(set.spoken_language !== undefined && takesNoLanguage(engineOf(set))
		? [`${engineOf(set)} takes no language: remove 'Language of the Caller'`]
		: []),
];

const ofOtherEngines = (set: EngineSet): string[] =>
	Object.entries(ONLY_FOR)
		.filter(([name, only]) => set[name as keyof EngineSet] !== undefined && engineOf(set) !== only)
		.map(([name, only]) => {
			const { label } = engineFields[name as keyof typeof ONLY_FOR];
			return `'${label}' counts for ${only} only: choose ${only} as 'Engine', or remove it`;
		});

const takesNoLanguage = (name: string): boolean => {
	const known = Object.entries(variants).find(([variant]) => variant === name);
	return known !== undefined && !('language' in known[1].fields);
};

/** Telnyx takes no settings of Deepgram without a model, and none of Azure without a region. */
export function engineSettings(set: EngineSet): IDataObject | undefined {
	const { spoken_language: spoken, deepgram_model: model, azure_region, azure_key: key } = set;
	const name = engineOf(set);
	const language = spoken && { language: spoken };
	if (name === 'Azure') {
		const region = azure_region as string;
		return { transcription_engine: name, region, ...(key && { api_key_ref: key }), ...language };
	}
	if (!language && model === undefined) return undefined;
	if (name !== 'Deepgram') return { transcription_engine: name, ...language };
	const deepgram = String(model ?? modelFor(spoken));
	return { transcription_engine: deepgram, transcription_model: deepgram, ...language };
}

const knows = (model: typeof NOVA_2 | typeof NOVA_3, language: string): boolean =>
	Object.keys(variants[model].fields.language.choices).some(
		(known) => known === language || known.startsWith(`${language}-`),
	);

const modelFor = (language = ''): string =>
	knows(NOVA_2, language) && !knows(NOVA_3, language) ? NOVA_2 : NOVA_3;
