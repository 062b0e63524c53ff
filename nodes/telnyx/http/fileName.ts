/** The parameter `filename` with its value in quotes, and without. */
const QUOTED = /;\s*filename\s*=\s*"((?:[^"\\]|\\.)*)"/i;
const PLAIN = /;\s*filename\s*=\s*([^";\s]+)/i;
/** RFC 8187: the character set, a language, and the percent-encoded name. */
const EXTENDED = /;\s*filename\*\s*=\s*"?utf-8'[^']*'([^";\s]+)"?/i;

/** The file name in a Content-Disposition header (RFC 6266), without a path; undefined if there is none. */
export function fileNameIn(disposition: string): string | undefined {
	const header = `;${disposition}`;
	const quoted = QUOTED.exec(header)?.[1].replace(/\\(.)/g, '$1');
	const name = decoded(EXTENDED.exec(header)?.[1]) ?? quoted ?? PLAIN.exec(header)?.[1];
	return (
		name
			?.replace(/\p{Cc}/gu, '')
			.replace(/^.*[\\/]/, '')
			.trim() || undefined
	);
}

function decoded(text: string | undefined): string | undefined {
	try {
		return text === undefined ? undefined : decodeURIComponent(text);
	} catch {
		return undefined;
	}
}

/** The audio types that Telnyx stores, by the usual extension. */
const AUDIO_TYPES: Readonly<Record<string, readonly string[]>> = {
	mp3: ['audio/mpeg', 'audio/mp3', 'audio/mpeg3', 'audio/x-mpeg-3'],
	wav: ['audio/wav', 'audio/x-wav', 'audio/wave', 'audio/vnd.wave'],
};

/** Generic types. */
const ANY_TYPE = /^(?:(?:application|binary)\/octet-stream|text\/plain)$/;

interface NameAndType {
	readonly fileName: string;
	/** Undefined if unknown. */
	readonly contentType?: string;
}

/**
 * The name and type of a file by its format, where the headers of the reply do not have them.
 * @param id its name if there is no other
 * @param format its extension, if known
 */
export function named(
	{ fileName, contentType }: Partial<NameAndType>,
	id: string,
	format: string | undefined,
): NameAndType {
	const said = contentType && !ANY_TYPE.test(contentType) ? contentType : undefined;
	const name = fileName ?? id;
	const bySaid = Object.keys(AUDIO_TYPES).find((type) => AUDIO_TYPES[type].includes(said ?? ''));
	const byName = /\.([a-z0-9]{2,4})$/i.exec(name)?.[1].toLowerCase();
	const extension = bySaid ?? format ?? byName;
	return {
		fileName: byName === undefined && extension ? `${name}.${extension}` : name,
		contentType: said ?? AUDIO_TYPES[extension ?? '']?.[0] ?? contentType,
	};
}
