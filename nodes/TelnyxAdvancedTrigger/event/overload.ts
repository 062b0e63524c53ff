import { responded, type Response } from '../../telnyx/webhooks/seenInProcess';

/**
 * How many executions may be about to start. n8n starts some 20 a second, and Telnyx waits for 2 seconds:
 * what comes beyond would be answered too late anyway.
 */
const MOST_STARTING = 40;

/** Counts the executions that n8n is about to start for webhooks of this process. */
export class Starting {
	private count = 0;

	constructor(private readonly most = MOST_STARTING) {}

	/** Whether n8n can take one more now. It then counts until n8n has responded. */
	hasRoomFor(response: Response): boolean {
		if (this.count >= this.most) return false;
		this.count += 1;
		void responded(response).then(() => (this.count -= 1));
		return true;
	}
}

/** Of this process. */
export const starting = new Starting();
