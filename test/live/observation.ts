import type { Live } from './live';

/** JSON that says what was seen, without IDs, numbers and times, so that it can be compared. */
export type Seen = string | number | boolean | null | undefined | Seen[] | { [name: string]: Seen };

/** One thing to be seen, and what the package and the simulator assume of it. */
export interface Observation {
	name: string;
	/** In the words of the document that assumes it, if it is one. */
	assumed: string;
	/** The file with the assumption, from the root of the repository, with an anchor if there is one. */
	where: string;
	/** How it is observed. */
	how: string;
	/** What is seen if the assumption is right. */
	expected: Seen;
	observe: (live: Live) => Promise<Seen>;
}

/** An assumption that the check does not observe. */
export interface NotObserved {
	assumed: string;
	where: string;
	why: string;
}
