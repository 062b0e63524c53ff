import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { isObject } from '../shared/isObject';
import { pause } from '../shared/pause';
import { ask, nameOf } from './ownAddress';
import type { Outcome } from './outcome';

/** What a node tells its own execution after the pause. */
export type OwnRequest =
	| { readonly kind: 'timeout'; readonly answer: IDataObject }
	| { readonly kind: 'answered'; readonly answer: IDataObject }
	| { readonly kind: 'refused'; readonly answer: IDataObject; readonly failure: Failure };

/** Why a command was not carried out, in words for the user. */
interface Failure {
	readonly outcome: Outcome;
	readonly message: string;
	readonly description: string;
	readonly details: IDataObject;
}

/** Where a request of the node itself has the secret of the wait. */
export const SECRET_HEADER = 'x-telnyx-wait-secret';

/** How long to wait before each further try, in milliseconds: n8n may be busy, or starting. */
const PAUSES_MS = [250, 1_000, 4_000];
const TIMEOUT_MS = 10_000;

/**
 * Tells the execution. Other than the pause itself this is not certain: if n8n cannot be reached, its own
 * look for executions whose time is over ends the wait.
 * @param secret the wait's
 */
export async function tellExecution(
	context: Pick<IExecuteFunctions, 'helpers'>,
	address: URL,
	secret: string,
	request: OwnRequest,
): Promise<void> {
	const content = { body: JSON.stringify(request), headers: { [SECRET_HEADER]: secret } };
	for (const ms of [...PAUSES_MS, undefined]) {
		const { status } = await ask(context, nameOf(address), address.origin, content, TIMEOUT_MS);
		// Anything but a fault of n8n means that the execution has it, or has gone on before.
		if ((status >= 200 && status < 500) || ms === undefined) return;
		await pause(ms, undefined);
	}
}

/** Reads what `tellExecution` sent. It comes from this package, as the secret has shown. */
export function readOwnRequest(body: IDataObject): OwnRequest {
	const answer = isObject(body.answer) ? body.answer : {};
	if (body.kind === 'answered') return { kind: 'answered', answer };
	if (body.kind !== 'refused') return { kind: 'timeout', answer };
	const { outcome, message, description, details } = isObject(body.failure) ? body.failure : {};
	return {
		kind: 'refused',
		answer,
		failure: {
			outcome: outcome === 'ended' ? 'ended' : 'failure',
			message: String(message ?? ''),
			description: String(description ?? ''),
			details: isObject(details) ? details : {},
		},
	};
}
