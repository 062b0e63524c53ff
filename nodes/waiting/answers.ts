import type { IDataObject } from 'n8n-workflow';

import { ByWait } from './byWait';

/** Telnyx's replies to commands that were sent after the pause of their execution was saved. */
export const answers = new ByWait<IDataObject>();

/** What has happened since, for nodes that lead a call through several commands. */
export const notes = new ByWait<IDataObject>();

const REFUSED = 'refused';

/** Notes that Telnyx has refused a command that creates a leg. */
export function noteRefused(wait: string, stage: string): void {
	const known = notes.get(wait) ?? {};
	notes.set(wait, { ...known, [REFUSED]: [...refusedIn(known), stage] });
}

/** The stages of the refused commands. */
export const refusedIn = ({ [REFUSED]: stages }: IDataObject): string[] =>
	(stages as string[] | undefined) ?? [];

const SEEN = 'legs_seen';

/** Notes the legs that events have named, in case the answer of their command comes later or never. */
export function noteSeen(wait: string, legs: readonly string[]): void {
	if (legs.length === 0) return;
	const known = notes.get(wait) ?? {};
	notes.set(wait, { ...known, [SEEN]: [...new Set([...seenFor(wait), ...legs])] });
}

/** The legs that events have named. */
export const seenFor = (wait: string): string[] =>
	(notes.get(wait)?.[SEEN] as string[] | undefined) ?? [];
