/**
 * Percent-encodes one part of a path, leaving what RFC 3986 allows in it, as Telnyx's SDK does:
 * call control IDs hold colons.
 */
export const encodePathPart = (part: string): string =>
	encodeURIComponent(part).replace(/%(?:24|26|2B|2C|3A|3B|3D|40)/g, decodeURIComponent);

/** Whether a text stays one part of a path: not a dot segment, and encodable. */
export const isPathPart = (part: string): boolean => !/^\.{1,2}$/.test(part) && part.isWellFormed();
