import { shortened } from '../../shared/shortened';
import type { FormValues } from '../layout';

/** Everything that is wrong with an item's fields, in one message. Nothing was sent. */
export class InputError extends Error {
	constructor(readonly complaints: readonly string[]) {
		super(complaints.join('. '));
	}
}

/** Collects what is wrong while a form's values are turned into what Telnyx takes. */
export interface Checks {
	/** The fields beside the one that is checked, itself included. */
	readonly form: FormValues;
	/** The same with expressions as they are written, where that is known. */
	readonly written?: FormValues;
	/** Why Telnyx can never reach an address, in a part of a sentence; undefined if it may. */
	readonly whyPrivate?: (address: string) => string | undefined;
	/** Labels of the fields around it, from the outside in. */
	readonly within: readonly string[];
	readonly complaints: string[];
}

interface Labeled {
	readonly label: string;
}

/** Adds a complaint about a field: `says` continues the sentence after its label. */
export function complain({ within, complaints }: Checks, { label }: Labeled, says: string) {
	complaints.push(`'${[...within, label].join(' > ')}' ${says}`);
	return undefined;
}

const MOST_QUOTED = 40;

/** Adds a complaint that quotes the value: `says` is what it has to be. Not for what may be a secret. */
export function complainOf(checks: Checks, field: Labeled, value: unknown, says: string) {
	const text = typeof value === 'object' ? JSON.stringify(value) : String(value).trim();
	return complain(checks, field, `is '${shortened(text, MOST_QUOTED)}', but ${says}`);
}

/** For what a field holds. */
export const inside = ({ label }: Labeled, checks: Checks): Checks => ({
	...checks,
	within: [...checks.within, label],
});

/** A type in words that continue after "but is". */
export const typeName = (value: unknown) =>
	Array.isArray(value) ? 'a list' : `of type ${typeof value}`;
