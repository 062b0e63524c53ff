import type { IDataObject } from 'n8n-workflow';

import { InputError } from '../operations/request/complaints';
import type { Run } from '../operations/run/start';
import { filledText } from '../shared/filledText';
import { readOwnNumbers } from '../telnyx/account/ownNumbers';

/** Where a call of its own comes from. */
interface Caller extends IDataObject {
	readonly from: string;
	readonly connection_id: string;
}

/**
 * Completes what the user left empty: the number, if the account or the application has one only, and the
 * application of the number.
 * @throws InputError if it is not clear which is meant; TelnyxFailure
 */
export async function callerOf(
	{ context, baseUrl, delivery, failure }: Run,
	{ from, connection_id: application }: IDataObject,
): Promise<Caller> {
	const number = filledText(from);
	const applicationId = filledText(application);
	if (number !== undefined && applicationId !== undefined) {
		return { from: number, connection_id: applicationId };
	}
	if (failure) throw failure;
	const found = await readOwnNumbers(
		{ context, baseUrl, delivery: { ...delivery, name: 'own numbers', onTry: () => {} } },
		{ number, applicationId },
	);
	const complaint = complaintAbout(found.length, number, applicationId);
	if (complaint !== undefined) throw new InputError([complaint]);
	const [own] = found;
	if (own.applicationId === '') {
		throw new InputError([
			`'Call Control Application' is empty, and your number ${own.number} belongs to no application: choose one, or give the number to one under Numbers in the Telnyx portal`,
		]);
	}
	return { from: own.number, connection_id: applicationId ?? own.applicationId };
}

function complaintAbout(
	count: number,
	number: string | undefined,
	applicationId: string | undefined,
): string | undefined {
	if (number !== undefined) {
		return count > 0
			? undefined
			: `'Call Control Application' is empty, and ${number} in 'From' is not a number of your account, so it has no application: choose one`;
	}
	const whose = applicationId === undefined ? 'your account' : 'the application';
	if (count === 0) {
		return `'From' is empty, and ${whose} has no phone number: choose one, or buy one under Numbers in the Telnyx portal`;
	}
	return count > 1
		? `'From' is empty, and ${whose} has several phone numbers: choose the one that the called party is to see`
		: undefined;
}
