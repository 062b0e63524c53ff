import { isDeeperThan } from '../../shared/isDeeperThan';
import { parseExactly } from '../../shared/parseExactly';
import { MOST_LEVELS } from '../../telnyx/clientState';

/** The histories of long conversations take some hundred kilobytes. */
const MOST_BYTES = 1_048_576;

/** What is returned in place of a body that nobody should have to work on. */
export const TOO_LARGE = `The request is larger than ${MOST_BYTES / 1024 / 1024} MB, or has more than ${MOST_LEVELS} levels.`;

/**
 * Reads JSON from outside. Numbers with more digits than JavaScript keeps, such as long IDs, become text.
 * Never throws: undefined stands for what is not JSON.
 */
export function parseJson(rawBody: Buffer): unknown {
	if (rawBody.length > MOST_BYTES) return TOO_LARGE;
	try {
		const body: unknown = parseExactly(rawBody.toString('utf8'));
		return isDeeperThan(MOST_LEVELS, body) ? TOO_LARGE : body;
	} catch {
		return undefined;
	}
}
