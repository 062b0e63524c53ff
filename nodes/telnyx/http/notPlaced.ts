import type { IDataObject } from 'n8n-workflow';

import type { Advice } from './adviceByCode';
import { adviceByDCode } from './adviceByDCode';
import { readNetworkError } from './refusalBody';

/**
 * What the hangup of a call says where Telnyx's network did not place it: what to do about it, and the
 * details as a refusal has them.
 */
export function notPlaced(hangup: IDataObject): { advice?: Advice; details: IDataObject } {
	const { telnyxError, dCode } = readNetworkError(hangup);
	const advice = dCode === undefined ? undefined : adviceByDCode(dCode);
	return {
		advice,
		details: {
			...(dCode && { d_code: dCode }),
			...(telnyxError && { telnyx_error: telnyxError }),
			...(advice && { todo: advice.todo }),
		},
	};
}
