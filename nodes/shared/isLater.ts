/**
 * Whether a time is later than another, to the microsecond. ISO 8601, with or without fractions of a second,
 * in any time zone. One that cannot be read counts as later than any other.
 */
export function isLater(time: string, than: string): boolean {
	if (time === than) return false;
	const [at, other] = [Date.parse(time), Date.parse(than)];
	if (Number.isNaN(at) || Number.isNaN(other)) return true;
	// JavaScript leaves out what is shorter than a millisecond.
	return at === other ? fractionOf(time) > fractionOf(than) : at > other;
}

/** The later of two times; the one that can be read if the other cannot. */
export const laterOf = (time: string, other: string | undefined): string =>
	other === undefined || (isLater(time, other) && !Number.isNaN(Date.parse(time))) ? time : other;

const fractionOf = (time: string): number => Number(/\.\d+/.exec(time)?.[0] ?? 0);
