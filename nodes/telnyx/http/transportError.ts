import { BaseError, NodeApiError } from 'n8n-workflow';

import { isOfNetwork, type TransportError } from './retryPolicy';

interface Thrown extends Error {
	readonly cause?: Thrown;
	readonly code?: string;
	readonly httpCode?: string | null;
}

/**
 * The reason why n8n's request helper threw an error. Only a request that n8n, or JavaScript itself,
 * refused to send was certainly not sent; any other may have reached Telnyx.
 */
export function transportErrorOf(error: unknown): TransportError {
	const chain = causesOf(error as Thrown);
	const isNetwork = chain.some(({ code }) => code !== undefined && isOfNetwork(code));
	const unsent = isNetwork ? undefined : chain.find(isRefusal);
	return unsent ? { unsent } : { network: networkCode(error) };
}

/** Node's or axios' code for the failure of a connection. */
export function networkCode(error: unknown): string {
	const { cause, code, httpCode } = error as Thrown;
	return cause?.code ?? code ?? httpCode ?? 'unknown';
}

/** From the outside in. */
function causesOf(error: Thrown): Thrown[] {
	const chain: Thrown[] = [];
	for (let one: Thrown | undefined = error; one && !chain.includes(one); one = one.cause) {
		chain.push(one);
	}
	return chain;
}

/** n8n's helper wraps everything in a NodeApiError, which therefore says nothing. */
const isRefusal = (error: Error): boolean =>
	error instanceof TypeError || (error instanceof BaseError && !(error instanceof NodeApiError));
