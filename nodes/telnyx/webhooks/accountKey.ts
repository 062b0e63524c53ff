import type { KeyObject } from 'node:crypto';

import { systemClock, type Clock } from '../../shared/pause';

/** The public key of an account, as Telnyx's API gave it. */
export interface PublicKey {
	readonly key: KeyObject;
	/** Its Base64. */
	readonly text: string;
}

/** Thrown when there is no key. The message is written for the user. */
export class NoKeyError extends Error {
	constructor(
		message: string,
		/** Whether the next request may well find one. */
		readonly isTemporary: boolean,
	) {
		super(message);
	}
}

/** Whoever sends forged webhooks must not make us ask Telnyx for each of them. */
const ASK_AGAIN_MS = 60_000;
/** Without a key every webhook is refused, so asking again is worth more. */
const ASK_AGAIN_WITHOUT_KEY_MS = 5_000;
/** Telnyx waits 2 s for the response to a webhook. */
const LONGEST_WAIT_MS = 1_500;

/** Nobody waits for longer, and whoever asks after that starts a new question. */
const LONGEST_QUESTION_MS = 40_000;

/** Asks Telnyx for the key. It throws a NoKeyError, and nothing else. */
export type AskTelnyx = () => Promise<PublicKey>;

/**
 * Keeps the public key of one Telnyx account: asks for it when it is needed first, and again when a
 * signature does not match, as the key may have been replaced. Everybody who asks at the same time
 * shares one question.
 */
export class AccountKey {
	private known?: PublicKey;
	private question?: Promise<PublicKey>;
	private askedAt = -Infinity;
	private failure?: NoKeyError;

	constructor(private readonly clock: Clock = systemClock) {}

	/**
	 * The key that is known, else the one that Telnyx gives within 40 s, even if Telnyx has just failed.
	 * @throws NoKeyError
	 */
	async patiently(ask: AskTelnyx): Promise<PublicKey> {
		return this.known ?? (await this.ask(ask));
	}

	/**
	 * The key that is known, else the one that Telnyx gives within the time that a webhook has.
	 * @throws NoKeyError
	 */
	async forWebhook(ask: AskTelnyx): Promise<PublicKey> {
		return this.known ?? (await this.newest(ask));
	}

	/**
	 * The key that Telnyx gives now, within the time that a webhook has.
	 * @throws NoKeyError also if Telnyx was asked only just now
	 */
	async newest(ask: AskTelnyx): Promise<PublicKey> {
		if (!this.question && !this.mayAskAgain()) {
			throw this.failure ?? new NoKeyError(ASKED_JUST_NOW, true);
		}
		return await this.within(LONGEST_WAIT_MS, this.ask(ask));
	}

	private mayAskAgain(): boolean {
		const pause = this.known ? ASK_AGAIN_MS : ASK_AGAIN_WITHOUT_KEY_MS;
		return this.clock.now() - this.askedAt >= pause;
	}

	private async ask(ask: AskTelnyx): Promise<PublicKey> {
		if (!this.question) {
			this.askedAt = this.clock.now();
			this.question = this.within(LONGEST_QUESTION_MS, ask())
				.then(
					(answer) => this.learn(answer),
					async (failure: NoKeyError) => {
						this.failure = failure;
						return await Promise.reject(failure);
					},
				)
				.finally(() => {
					this.question = undefined;
				});
		}
		return await this.question;
	}

	private learn(answer: PublicKey): PublicKey {
		this.failure = undefined;
		// The same object as long as the key is the same, so that nobody checks a signature twice.
		if (answer.text !== this.known?.text) this.known = answer;
		return this.known;
	}

	/** The question goes on: its answer is for the next webhook. */
	private async within(ms: number, answer: Promise<PublicKey>): Promise<PublicKey> {
		const isThere = new AbortController();
		const isLate = this.clock.pause(ms, isThere.signal).then(() => {
			throw new NoKeyError(TOO_SLOW, true);
		});
		return await Promise.race([answer, isLate]).finally(() => isThere.abort());
	}
}

const ASKED_JUST_NOW =
	"Telnyx's API gave the public key less than a minute ago, and is not asked again so soon";
const TOO_SLOW = "Telnyx's API has not given the public key yet";
