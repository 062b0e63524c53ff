import type { Json } from '../simulator/types';
import type { Line } from './account';
import { assertRemoved, dataOf, isRefusal, type Api, type Reply } from './api';
import type { Leg } from './calls';
import type { Time } from './time';

/** How long Telnyx may take to store a recording whose call is over. */
const STORED_WITHIN_MS = 60_000;
const POLL_MS = 2000;

/** All recordings that a run has started. Telnyx stores them a while after their calls have ended. */
export class Recordings {
	/** The call_leg_ids of those that were not deleted yet, one for each recording. */
	private readonly expected: string[] = [];
	private started = 0;
	/** When nobody waits for them any more. */
	private deadline?: number;

	constructor(
		private readonly parts: {
			api: Api;
			lines: Line[];
			tell: (line: string) => void;
			time: Time;
		},
	) {}

	/**
	 * Expects a recording, unless Telnyx refuses to start it.
	 * @param command starts it; if its reply is lost, the recording may have been started all the same
	 */
	async start({ legId }: Leg, command: () => Promise<Reply>): Promise<Reply> {
		this.started += 1;
		this.expected.push(legId);
		const reply = await command();
		if (isRefusal(reply)) {
			this.started -= 1;
			this.noLongerExpect(legId);
		}
		return reply;
	}

	/**
	 * Deletes them as soon as they are stored.
	 * @throws if some of them were not stored in time
	 */
	async remove(): Promise<void> {
		const { lines, tell, time } = this.parts;
		const isFirstTry = this.deadline === undefined;
		this.deadline ??= time.now() + STORED_WITHIN_MS;
		for (let round = 0; ; round += 1) {
			for (const line of lines) await this.removeStored(line);
			const { length: missing } = this.expected;
			if (missing === 0) return;
			const seconds = STORED_WITHIN_MS / 1000;
			if (time.now() >= this.deadline) {
				throw new Error(
					`${missing} of ${this.started} were not stored within ${seconds} seconds, and may be later`,
				);
			}
			if (isFirstTry && round === 0) {
				tell(`Waiting until recordings are stored, to delete them: up to ${seconds} seconds.`);
			}
			await time.pause(POLL_MS, new AbortController().signal);
		}
	}

	private async removeStored({ applicationId }: Line): Promise<void> {
		const { api } = this.parts;
		const path = `/recordings?filter[connection_id]=${applicationId}&page[size]=100`;
		const found = dataOf(await api({ method: 'GET', path }), 'Listing recordings');
		for (const { call_leg_id, id } of found as unknown as Json[]) {
			const deleted = await api({ method: 'DELETE', path: `/recordings/${id}` });
			assertRemoved(deleted, 'Deleting a recording');
			this.noLongerExpect(call_leg_id);
		}
	}

	private noLongerExpect(legId: string): void {
		const index = this.expected.indexOf(legId);
		if (index >= 0) this.expected.splice(index, 1);
	}
}
