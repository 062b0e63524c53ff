import {
	sleep,
	type ICredentialDataDecryptedObject,
	type IExecuteFunctions,
	type IHookFunctions,
	type IWebhookFunctions,
} from 'n8n-workflow';
import type { KeyObject } from 'node:crypto';

import { send } from '../http/client';
import { BaseUrlError, baseUrlOf, CREDENTIAL } from '../credential';
import { TelnyxFailure } from '../http/failure';
import { keptKey } from './storedKey';
import { PublicKeyError, readPublicKey } from './signature';

type Context = IExecuteFunctions | IHookFunctions | IWebhookFunctions;

/** A key that webhooks are checked with. */
export interface VerificationKey {
	readonly key: KeyObject;
	/** As Telnyx gave it; undefined for a pasted key. */
	readonly given?: string;
	/**
	 * Asks Telnyx whether it has a new one.
	 * @returns the same key if there is none, always for a pasted key
	 * @throws NoKeyError if Telnyx cannot be asked now
	 */
	newest(): Promise<KeyObject>;
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

const lasting = (message: string) => new NoKeyError(message, false);
const temporary = (message: string) => new NoKeyError(message, true);

/** What is known of the key of one account. */
interface Account {
	key?: KeyObject;
	/** The Base64 that Telnyx gave for it. */
	text?: string;
	asking?: Promise<KeyObject>;
	/** Milliseconds since 1970. */
	askedAt: number;
	failure?: NoKeyError;
}

/** Whoever sends forged webhooks must not make us ask Telnyx for each of them. */
const ASK_AGAIN_MS = 60_000;
/** Without a key every webhook is refused, so asking again is worth more. */
const ASK_AGAIN_WITHOUT_KEY_MS = 5_000;
const MOST_ACCOUNTS = 100;

const accounts = new Map<string, Account>();

/** Where the key of a credential is. */
interface Holder {
	/** Milliseconds since 1970. */
	readonly readAt: number;
	readonly pasted?: KeyObject;
	readonly account: Account;
	readonly credential: ICredentialDataDecryptedObject;
}

/** To read a credential costs n8n more than all else that the check needs, as it decrypts it each time. */
const KEPT_MS = 10_000;
/** A signature that does not match may be due to a new key, but forged webhooks must not cost more. */
const READ_AGAIN_MS = 1_000;
const MOST_HOLDERS = 100;

/** By the credential's ID. */
const holders = new Map<string, Holder>();

/**
 * The account's key: the one that was pasted into the credential, else what Telnyx' API says. A change
 * of the credential counts within 10 s.
 * @param asksAnyway whether to read the credential now, and to ask Telnyx although it has just failed
 * @throws NoKeyError
 */
export async function verificationKey(
	context: Context,
	{ asksAnyway = false } = {},
): Promise<VerificationKey> {
	const holder = await holderOf(context, asksAnyway ? 0 : KEPT_MS);
	const key = await keyIn(context, holder, asksAnyway);
	const given = holder.pasted ? undefined : holder.account.text;
	return { key, given, newest: async () => await newestKey(context) };
}

async function holderOf(context: Context, atMostMs: number): Promise<Holder> {
	const { id } = context.getNode().credentials?.[CREDENTIAL] ?? {};
	const known = id ? holders.get(id) : undefined;
	if (known && Date.now() - known.readAt < atMostMs) return known;
	const credential = await readCredential(context);
	const isPasted = String(credential.publicKey ?? '').trim() !== '';
	const holder = {
		readAt: Date.now(),
		...(isPasted && { pasted: pastedKey(credential) }),
		account: accountOf(credential),
		credential,
	};
	if (holders.size >= MOST_HOLDERS) holders.clear();
	if (id) holders.set(id, holder);
	return holder;
}

async function keyIn(context: Context, holder: Holder, asksAnyway: boolean): Promise<KeyObject> {
	const key = holder.pasted ?? holder.account.key;
	return key ?? (await ask(context, holder, asksAnyway).catch(keptInstead(context)));
}

/** Only while Telnyx cannot be asked: it may have replaced the key that was kept, because that got out. */
const keptInstead =
	(context: Context) =>
	(error: NoKeyError): KeyObject => {
		const kept = error.isTemporary ? keptKey(context) : undefined;
		if (!kept) throw error;
		return kept;
	};

async function newestKey(context: Context): Promise<KeyObject> {
	const holder = await holderOf(context, READ_AGAIN_MS);
	return holder.pasted ?? (await ask(context, holder, false));
}

async function readCredential(context: Context): Promise<ICredentialDataDecryptedObject> {
	try {
		return await context.getCredentials(CREDENTIAL);
	} catch {
		// It may be gone, but n8n's database may also just be busy.
		throw temporary('The credential cannot be read. Choose a Telnyx credential in the node.');
	}
}

function pastedKey({ publicKey }: ICredentialDataDecryptedObject): KeyObject {
	try {
		return readPublicKey(publicKey);
	} catch (error) {
		const { message } = error as PublicKeyError;
		throw lasting(
			`${message} Copy it from the Telnyx portal (API Keys > Public Key), or leave the field empty.`,
		);
	}
}

function accountOf({ apiKey, baseUrl, customBaseUrl }: ICredentialDataDecryptedObject): Account {
	const name = JSON.stringify([apiKey, baseUrl, customBaseUrl]);
	const known = accounts.get(name);
	if (known) return known;
	if (accounts.size >= MOST_ACCOUNTS) accounts.clear();
	const account = { askedAt: 0 };
	accounts.set(name, account);
	return account;
}

const mayAsk = ({ askedAt, key, asking }: Account) =>
	asking !== undefined || Date.now() - askedAt >= (key ? ASK_AGAIN_MS : ASK_AGAIN_WITHOUT_KEY_MS);

/** Asks once for all that want to know at the same time. */
async function ask(
	context: Context,
	{ account, credential }: Holder,
	asksAnyway: boolean,
): Promise<KeyObject> {
	if (!asksAnyway && !mayAsk(account)) throw account.failure ?? temporary(ASKED_JUST_NOW);
	account.asking ??= fetchKey(context, credential, account).finally(() => {
		account.asking = undefined;
	});
	return await (asksAnyway ? account.asking : inTime(account.asking));
}

const ASKED_JUST_NOW =
	"Telnyx' API gave the public key less than a minute ago, and is not asked again so soon";
const TOO_SLOW = "Telnyx' API has not given the public key yet";

/** Telnyx waits 2 s for the answer to a webhook. The question goes on, for the next one. */
const PATIENCE_MS = 1_500;

/** @throws NoKeyError if it takes too long */
const inTime = async (asking: Promise<KeyObject>): Promise<KeyObject> =>
	await Promise.race([
		asking,
		sleep(PATIENCE_MS).then(() => {
			throw temporary(TOO_SLOW);
		}),
	]);

async function fetchKey(
	context: Context,
	credential: ICredentialDataDecryptedObject,
	account: Account,
): Promise<KeyObject> {
	account.askedAt = Date.now();
	try {
		const { data } = await send(
			{ context, baseUrl: baseUrlOf(credential) },
			{ method: 'GET', path: '/public_key', repeatable: true, labels: {} },
		);
		const text = (data as { public?: string } | undefined)?.public;
		account.failure = undefined;
		if (text === account.text && account.key) return account.key;
		account.key = readPublicKey(text);
		account.text = text;
		return account.key;
	} catch (error) {
		account.failure = whyNone(error);
		throw account.failure;
	}
}

const PASTE_IT =
	'Paste it into the credential: it is in the Telnyx portal under API Keys > Public Key.';

function whyNone(error: unknown): NoKeyError {
	const start = "The credential has no public key, and Telnyx' API did not give it";
	if (error instanceof TelnyxFailure) {
		const isTemporary = !/^4(?!08|29)\d\d$/.test(error.httpCode);
		return new NoKeyError(`${start}: ${error.message}. ${PASTE_IT}`, isTemporary);
	}
	if (error instanceof BaseUrlError) return lasting(`${start}: ${error.message}`);
	return lasting(`${start}: the answer was no Ed25519 key. ${PASTE_IT}`);
}
