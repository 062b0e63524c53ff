import type { IDataObject } from 'n8n-workflow';

import type { Command } from '../operations/extension';
import type { CommandRequest } from '../operations/request';
import { canDirectEvents, straightEvents, type LaterNodes } from './events';
import { hasTriggerFor } from './hasTriggerFor';
import { ownAddress } from './ownAddress';

/** How often Telnyx is to try again to reach an execution that n8n could not go on with. Telnyx allows 5 retries, 60 s. */
const RETRIES_MS = [500, 1_000, 2_000, 4_000, 8_000];

/**
 * Why the events that a command or later nodes wait for cannot reach this execution, in whole sentences without
 * their periods.
 * @param awaited the events that the command itself waits for
 */
export function whyNotDirected(
	{ operation, values: { to, webhook_urls: urls = {} } }: Pick<Command, 'operation' | 'values'>,
	awaited: readonly string[],
	later: LaterNodes,
): string[] {
	if (!canDirectEvents(operation)) return [];
	if (Array.isArray(to)) {
		return awaited.length === 0
			? []
			: [
					"'To' has several numbers, but an execution can follow one call: dial them one after the other",
				];
	}
	const types = new Set([...awaited, ...later.outcomes]);
	return [...types]
		.filter((type) => Object.hasOwn(urls as object, type))
		.map(
			(type) =>
				`'Webhook URLs by Event' sends ${type} elsewhere, but this execution waits for it: remove that row`,
		);
}

/**
 * The request, with this execution's address for the events that are to come straight to it.
 * @param awaited the events that this command itself waits for
 */
export async function directEvents(
	{ context, values }: Command,
	request: CommandRequest,
	awaited: readonly string[],
	later: LaterNodes,
): Promise<CommandRequest> {
	const { body = {} } = request;
	const isSub = context.getMode() === 'integrated';
	const { webhook_urls: urls = {}, ...others } = body;
	if (Array.isArray(others.to)) return request;
	const hasTrigger = others.webhook_url === undefined && (await hasTriggerFor(context, values));
	// The parent waits for the call again when its sub-workflow has ended.
	const wanted = isSub ? { ...later, callsWorkflows: true } : later;
	const straight = straightEvents(awaited, wanted, hasTrigger).filter(
		(type) => !Object.hasOwn(urls as object, type),
	);
	return withAddress(request, ownAddress(context).href, straight);
}

/** The request, with an address for events of some types. */
export function withAddress(
	request: CommandRequest,
	address: string,
	types: readonly string[],
): CommandRequest {
	if (types.length === 0) return request;
	const { webhook_urls: urls, webhook_retries_policies: retries, ...others } = request.body ?? {};
	const each = (value: unknown) => Object.fromEntries(types.map((type) => [type, value]));
	return {
		...request,
		body: {
			...others,
			webhook_urls: { ...(urls as IDataObject), ...each([address]) } as IDataObject,
			webhook_retries_policies: {
				...each({ retries_ms: RETRIES_MS }),
				...(retries as IDataObject),
			} as IDataObject,
		},
	};
}
