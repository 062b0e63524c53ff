import { account } from './account';
import { aiAssistant } from './aiAssistant';
import { application } from './application';
import { audio } from './audio';
import { call } from './call';
import { callEvent } from './callEvent';
import { conference } from './conference';
import { connection } from './connection';
import { conversation } from './conversation';
import { input } from './input';
import { media } from './media';
import { noiseSuppression } from './noiseSuppression';
import type { Operation, Resource } from './schema/operation';
import { outboundVoiceProfile } from './outboundVoiceProfile';
import { phoneNumber } from './phoneNumber';
import { queue } from './queue';
import { queueCall } from './queueCall';
import { recording } from './recording';
import { recordingTranscription } from './recordingTranscription';
import { siprec } from './siprec';
import { siprecConnector } from './siprecConnector';
import { streaming } from './streaming';
import { transcription } from './transcription';
import { webhookDelivery } from './webhookDelivery';

/** Everything the action node can do, in the order the editor shows it. */
export const catalogue = [
	call,
	audio,
	input,
	recording,
	conference,
	queue,
	queueCall,
	aiAssistant,
	conversation,
	transcription,
	recordingTranscription,
	streaming,
	siprec,
	siprecConnector,
	noiseSuppression,
	media,
	application,
	phoneNumber,
	outboundVoiceProfile,
	connection,
	callEvent,
	webhookDelivery,
	account,
] as const satisfies readonly Resource[];

type ValueIn<T> = T extends unknown ? T[keyof T] : never;
type KeyIn<T> = T extends unknown ? keyof T : never;

/** What any operation calls a field. */
export type FieldName = KeyIn<ValueIn<(typeof catalogue)[number]['operations']>['fields']> & string;

/** The first record with a request, such as `POST /calls/{call_control_id}/actions/speak`. */
export function findByRequest(request: string): Operation {
	for (const { operations } of catalogue as readonly Resource[]) {
		const found = Object.values(operations).find((operation) => operation.request === request);
		if (found) return found;
	}
	throw new Error(`No operation has the request '${request}'.`);
}

/** The record behind a choice of resource and operation, if there is one. */
export function findOperation(resource: unknown, name: unknown): Operation | undefined {
	const found: Resource | undefined = catalogue.find(({ value }) => value === resource);
	const operations = found?.operations ?? {};
	return typeof name === 'string' && Object.hasOwn(operations, name) ? operations[name] : undefined;
}
