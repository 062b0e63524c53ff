import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import {
	fetchFile,
	fetchLinkedFile,
	type Connection,
	type Send,
	type TelnyxFile,
} from '../../telnyx/http/client';
import { isMissing, TelnyxFailure } from '../../telnyx/http/failure';
import { recordingName } from '../../telnyx/http/fileName';
import { noFile } from '../../telnyx/http/fileFailure';
import { keptFile } from '../../telnyx/http/keptFile';
import { incomplete, unreadable } from '../../telnyx/http/refusal';
import { withoutPrevious } from '../../telnyx/account/previousUrl';
import { withOwnClientState } from '../../telnyx/ownedClientState';
import { isObject } from '../../shared/isObject';
import type { Operation } from '../../catalogue/schema/operation';
import type { OutputSettings } from '../form/output';
import type { CommandRequest } from '../request';
import { callSummary } from './callSummary';
import { everyEntry, listIn } from './paging';

interface Exchange {
	readonly connection: Connection<IExecuteFunctions>;
	readonly itemIndex: number;
	readonly operation: Operation;
	readonly settings: OutputSettings;
	readonly request: CommandRequest;
	readonly send: Send;
}

/**
 * Sends the request and turns what comes back into items: one, one for each entry of a list, or one with
 * a file.
 */
export async function toItems(exchange: Exchange): Promise<INodeExecutionData[]> {
	const { operation, request, send } = exchange;
	switch (operation.returns ?? 'object') {
		case 'object': {
			const { data } = await send(request);
			if (request.method === 'GET' && !isObject(data)) throw nothingIn();
			const json = isObject(data) ? data : {};
			const { mustAnswer } = operation;
			// Of several numbers dialed at once, each is a call of its own, which its events name.
			const isOne = !Array.isArray(request.body?.to);
			if (mustAnswer && isOne && !isText(json[mustAnswer])) throw incomplete(mustAnswer);
			return [toItem(exchange, { ...request.ids, ...json })];
		}
		case 'list': {
			const { data } = await send(request);
			return listIn(data).map((entry) => toItem(exchange, entry));
		}
		case 'pages': {
			const { returnAll, limit = Infinity } = exchange.settings;
			const entries = await everyEntry(send, request, returnAll ? Infinity : limit);
			return entries.map((entry) => toItem(exchange, entry));
		}
		case 'callSummary':
			return [toItem(exchange, await callSummary(send, request))];
		case 'deleted':
			await send(request).catch(goneAlready);
			return [toItem(exchange, { ...request.ids, deleted: true })];
		case 'file':
			return [await toFileItem(exchange, {}, await fetchFile(exchange.connection, request))];
		case 'linkedFile':
			return [await linkedFile(exchange)];
	}
}

const isText = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';

const nothingIn = () =>
	unreadable(200, 'did not hold what was asked for', { changes: false, repeatable: true });

/** If the reply to an earlier try was lost, the next one no longer finds what that try removed. */
function goneAlready(error: unknown): void {
	if (!(error instanceof TelnyxFailure && error.earlierOutcomeUnknown && isMissing(error)))
		throw error;
}

function toItem(exchange: Exchange, json: IDataObject): INodeExecutionData {
	const told = withoutPrevious(withOwnClientState(json));
	return { json: simplified(exchange, told), pairedItem: { item: exchange.itemIndex } };
}

function simplified({ operation, settings }: Exchange, json: IDataObject): IDataObject {
	const { simplified: kept } = operation;
	if (!kept || !settings.simplify) return json;
	return Object.fromEntries(Object.entries(json).filter(([name]) => kept.includes(name)));
}

/** The file is fetched at once, because the link expires, and without the API key, because it is on another host. */
async function linkedFile(exchange: Exchange): Promise<INodeExecutionData> {
	const { connection, operation, request, send } = exchange;
	const { format = '' } = exchange.settings;
	const { data } = await send(request);
	const json = isObject(data) ? data : {};
	const links = linksIn(json[operation.links ?? '']);
	const { [format]: link } = links;
	if (!link) throw noFile(format, Object.keys(links));
	const file = await fetchLinkedFile(connection, link);
	const zone = connection.context.getTimezone();
	const name = recordingName(json.recording_started_at, zone, idOf(exchange));
	return await toFileItem(exchange, json, file, { name, format });
}

/** By format. A file that is not there yet may have an empty one. */
const linksIn = (links: unknown): Record<string, string | undefined> =>
	Object.fromEntries(
		Object.entries(isObject(links) ? links : {}).flatMap(([format, link]) =>
			typeof link === 'string' && isText(link) ? [[format, link]] : [],
		),
	);

/** Of what is downloaded. */
const idOf = ({ request }: Exchange): string => String(Object.values(request.ids)[0] ?? '');

async function toFileItem(
	exchange: Exchange,
	json: IDataObject,
	file: TelnyxFile,
	expected: { name: string; format?: string } = { name: idOf(exchange) },
): Promise<INodeExecutionData> {
	const { connection, request, settings } = exchange;
	const { binaryPropertyName: property = '' } = settings;
	const binary = await keptFile(connection.context, file, expected);
	return { ...toItem(exchange, { ...request.ids, ...json }), binary: { [property]: binary } };
}
