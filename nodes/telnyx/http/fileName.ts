import { withoutInvisible } from '../../shared/invisible';

/** The parameter `filename` with its value in quotes, and without. */
const QUOTED = /;\s*filename\s*=\s*"((?:[^"\\]|\\.)*)"/i;
const PLAIN = /;\s*filename\s*=\s*([^";\s][^";]*)/i;
/** RFC 8187, and RFC 5987 before it: the character set, a language, and the percent-encoded name. */
const EXTENDED = /;\s*filename\*\s*=\s*"?(utf-8|iso-8859-1)'[^']*'([^";\s]+)"?/i;
/** These name folders, not files. */
const ONLY_DOTS = /^\.*$/;

/** The file name in a Content-Disposition header (RFC 6266), without a path; undefined if there is none. */
export function fileNameIn(disposition: string): string | undefined {
	const header = `;${disposition}`;
	// Other backslashes belong to a path of Windows.
	const quoted = QUOTED.exec(header)?.[1].replace(/\\(["\\])/g, '$1');
	const [, charset, encoded] = EXTENDED.exec(header) ?? [];
	const plain = quoted ?? PLAIN.exec(header)?.[1] ?? '';
	const name = withoutInvisible(decoded(encoded, charset) ?? asUtf8(plain))
		.replace(/^.*[\\/]/, '')
		.trim();
	return ONLY_DOTS.test(name) ? undefined : name;
}

/** Node.js reads each byte of a header as a character, though many servers write UTF-8. */
function asUtf8(text: string): string {
	const bytes = Buffer.from(text, 'latin1');
	const read = bytes.toString('utf8');
	const isUtf8 = Buffer.from(read, 'utf8').equals(bytes) && bytes.toString('latin1') === text;
	return isUtf8 ? read : text;
}

function decoded(text: string | undefined, charset = ''): string | undefined {
	try {
		if (text === undefined) return undefined;
		if (/utf/i.test(charset)) return decodeURIComponent(text);
		// Each byte of this character set is the character of that number.
		return text.replace(/%([\da-f]{2})/gi, (_, hex: string) =>
			String.fromCharCode(Number.parseInt(hex, 16)),
		);
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
 * @param otherwise its name if there is no other, without extension
 * @param format its extension, if known
 */
export function named(
	{ fileName, contentType }: Partial<NameAndType>,
	otherwise: string,
	format: string | undefined,
): NameAndType {
	const said = contentType && !ANY_TYPE.test(contentType) ? contentType : undefined;
	const name = fileName ?? otherwise;
	const bySaid = Object.keys(AUDIO_TYPES).find((type) => AUDIO_TYPES[type].includes(said ?? ''));
	// Digits alone are a date or a number.
	const byName = /\.(?=\d*[a-z])([a-z0-9]{2,4})$/i.exec(name)?.[1].toLowerCase();
	const extension = bySaid ?? format ?? byName;
	return {
		fileName: byName === undefined && extension ? `${name}.${extension}` : name,
		contentType: said ?? AUDIO_TYPES[extension ?? '']?.[0] ?? contentType,
	};
}

/**
 * What the file of a recording is called, without its extension: when it began, as `call-2026-11-26-2154`.
 * @param startedAt ISO 8601
 * @param timezone of the workflow, such as Europe/Berlin
 * @param id its name if it is not known when it began
 */
export function recordingName(startedAt: unknown, timezone: string, id: string): string {
	const start = new Date(String(startedAt));
	if (Number.isNaN(start.getTime())) return id;
	// Sweden writes 2026-11-26 21:54.
	const written = new Intl.DateTimeFormat('sv-SE', {
		timeZone: timezone,
		dateStyle: 'short',
		timeStyle: 'short',
	}).format(start);
	return `call-${written.replace(':', '').replace(' ', '-')}`;
}
