import { isObject } from '../../shared/isObject';
import { send, type Connection } from '../http/client';

/** A phone number of the account. */
interface OwnNumber {
	/** In Telnyx's form. */
	readonly number: string;
	/** The application that it belongs to; empty if it belongs to none. */
	readonly applicationId: string;
}

/** More than this is not needed to tell which one is meant. */
const MOST = 20;

/**
 * Reads phone numbers of the account: the one with these digits, those of an application, or any.
 * @returns 20 at most
 * @throws TelnyxFailure
 */
export async function readOwnNumbers(
	connection: Connection,
	{ number, applicationId }: Partial<OwnNumber>,
): Promise<OwnNumber[]> {
	const query = {
		'page[size]': String(MOST),
		// Telnyx finds nothing by a number with its plus sign.
		...(number !== undefined && { 'filter[phone_number]': number.replace(/\D/g, '') }),
		...(applicationId !== undefined && { 'filter[connection_id]': applicationId }),
	};
	const { data } = await send(connection, {
		method: 'GET',
		path: '/phone_numbers',
		query,
		repeatable: true,
		labels: {},
	});
	const found = (Array.isArray(data) ? data : []).filter(isObject).map((one) => ({
		number: String(one.phone_number ?? ''),
		applicationId: String(one.connection_id ?? ''),
	}));
	return number === undefined ? found : found.filter((one) => one.number === number);
}
