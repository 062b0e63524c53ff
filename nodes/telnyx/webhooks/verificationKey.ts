import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { KeyObject } from 'node:crypto';

import { BoundedMap } from '../../shared/boundedMap';
import { BaseUrlError, baseUrlOf, CREDENTIAL, credentialOf } from '../credential';
import { send } from '../http/client';
import { TelnyxFailure } from '../http/failure';
import { AccountKey, NoKeyError, type AskTelnyx, type PublicKey } from './accountKey';
import { readPublicKey } from '../credential/publicKey';
import { GOOD_MS, KeptByCredential, READ_AGAIN_MS } from './keptByCredential';
import { storedKey, type KeyContext } from './storedKey';

/** A key to check webhooks with. */
interface VerificationKey {
	readonly key: KeyObject;
	/** As Telnyx's API gave it, in Base64; undefined for a key that was entered in the credential. */
	readonly text?: string;
}

/**
 * The key for a webhook: the one in the credential, else the one that Telnyx's API gives, else, while
 * Telnyx cannot be asked, the one that is stored. A change of the credential counts within 10 s.
 * @throws NoKeyError
 */
export async function keyForWebhook(context: KeyContext): Promise<VerificationKey> {
	const source = await sources.of(context, GOOD_MS);
	if (source.entered) return { key: source.entered };
	return await source.account.forWebhook(asking(context, source)).catch(storedInstead(context));
}

/**
 * The key after a signature did not match: Telnyx or the user may have replaced it.
 * @throws NoKeyError if Telnyx cannot be asked now
 */
export async function newestKey(context: KeyContext): Promise<VerificationKey> {
	const source = await sources.of(context, READ_AGAIN_MS);
	if (source.entered) return { key: source.entered };
	return await source.account.newest(asking(context, source));
}

/**
 * The key before anything is set up that will receive webhooks. Reads the credential now, and asks
 * Telnyx even if it has just failed.
 * @throws NoKeyError
 */
export async function keyForSetup(context: KeyContext): Promise<VerificationKey> {
	const source = await sources.of(context, 0);
	if (source.entered) return { key: source.entered };
	return await source.account.patiently(asking(context, source)).catch(storedInstead(context));
}

/** Only while Telnyx cannot be asked: it may have replaced the stored key, because that got out. */
const storedInstead =
	(context: KeyContext) =>
	(error: NoKeyError): VerificationKey => {
		const key = error.isTemporary ? storedKey(context) : undefined;
		if (!key) throw error;
		return { key };
	};

const temporary = (message: string) => new NoKeyError(message, true);
const lasting = (message: string) => new NoKeyError(message, false);

/** Where the key of a credential comes from. */
interface KeySource {
	/** The key in the credential. */
	readonly entered?: KeyObject;
	readonly account: AccountKey;
	readonly credential: ICredentialDataDecryptedObject;
}

const sources = new KeptByCredential(async (context): Promise<KeySource> => {
	const credential = await readCredential(context);
	return { entered: enteredKey(credential), account: accountOf(credential), credential };
});

async function readCredential(context: KeyContext): Promise<ICredentialDataDecryptedObject> {
	try {
		return await credentialOf(context);
	} catch {
		if (!context.getNode().credentials?.[CREDENTIAL]) {
			throw temporary('This node has no credential. Choose or create one at the top of its form.');
		}
		// It may be gone, but n8n's database may also just be busy.
		throw temporary('The credential cannot be read. Choose a Telnyx credential in the node.');
	}
}

function enteredKey({ publicKey }: ICredentialDataDecryptedObject): KeyObject | undefined {
	if (String(publicKey ?? '').trim() === '') return undefined;
	try {
		return readPublicKey(publicKey);
	} catch (error) {
		throw lasting(
			`${(error as Error).message} Copy it from the Telnyx portal (API Keys > Public Key), or leave the field empty.`,
		);
	}
}

const MOST_ACCOUNTS = 100;

/** By API key and base URL: credentials of the same account share the question to Telnyx. */
const accounts = new BoundedMap<string, AccountKey>(MOST_ACCOUNTS);

function accountOf({ apiKey, baseUrl, customBaseUrl }: ICredentialDataDecryptedObject): AccountKey {
	const name = JSON.stringify([apiKey, baseUrl, customBaseUrl]);
	const account = accounts.get(name) ?? new AccountKey();
	accounts.set(name, account);
	return account;
}

const asking =
	(context: KeyContext, { credential }: KeySource): AskTelnyx =>
	async () =>
		await askTelnyx(context, credential).catch((error: unknown) => {
			throw whyNone(error);
		});

async function askTelnyx(
	context: KeyContext,
	credential: ICredentialDataDecryptedObject,
): Promise<PublicKey> {
	const { data } = await send(
		{ context, baseUrl: baseUrlOf(credential) },
		{ method: 'GET', path: '/public_key', repeatable: true, labels: {} },
	);
	const text = (data as { public?: string } | undefined)?.public;
	return { key: readPublicKey(text), text: text as string };
}

const ENTER_IT =
	'Paste it into the credential: it is in the Telnyx portal under API Keys > Public Key.';

function whyNone(error: unknown): NoKeyError {
	const start = "The credential has no public key, and Telnyx's API did not give it";
	if (error instanceof TelnyxFailure) {
		const isTemporary = !/^4(?!08|29)\d\d$/.test(error.httpCode);
		return (isTemporary ? temporary : lasting)(`${start}: ${error.message}. ${ENTER_IT}`);
	}
	if (error instanceof BaseUrlError) return lasting(`${start}: ${error.message}`);
	return lasting(`${start}: the reply was no Ed25519 key. ${ENTER_IT}`);
}
