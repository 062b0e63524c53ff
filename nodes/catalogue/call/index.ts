import type { Resource } from '../schema/operation';
import { answer } from './answer';
import { bridge } from './bridge';
import { dial } from './dial';
import { hangup } from './hangup';
import { refer } from './refer';
import { reject } from './reject';
import { retrieveStatus } from './retrieveStatus';
import { sendSipInfo } from './sendSipInfo';
import { switchSupervisorRole } from './switchSupervisorRole';
import { transfer } from './transfer';
import { updateClientState } from './updateClientState';
import { waitForEvent } from './waitForEvent';

export const call = {
	value: 'call',
	name: 'Call',
	operations: {
		dial,
		answer,
		hangup,
		transfer,
		bridge,
		reject,
		refer,
		retrieveStatus,
		updateClientState,
		switchSupervisorRole,
		sendSipInfo,
		waitForEvent,
	},
} as const satisfies Resource;
