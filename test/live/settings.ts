/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error -- test code, never shipped */
import { parseArgs } from 'node:util';

import { asPhoneNumber } from '../../nodes/shared/phoneNumber';
import type { Observation } from './observation';
import { observations } from './observations';
import type { Account } from './run';
import { realTime } from './time';

/** The command was called with something wrong, or without something. */
export class UsageError extends Error {}

interface Options {
	/** Runs against the simulator only. */
	isSimulated: boolean;
	/** Does not ask before it costs something. */
	isAgreed: boolean;
	/** Prints the names of the observations, and does nothing else. */
	isList: boolean;
	/** Which observations, by their names. */
	only: RegExp;
	/** Where the report is written to. */
	report: string;
}

export const USAGE = `npm run live -- [options]

  --simulator        run against the simulator, without an account
  --yes              do not ask before calls are made that cost something
  --only <pattern>   only observations whose names match this regular expression
  --report <file>    where the report goes (telnyx-live-report.md)
  --list             print the names of all observations

Environment, for the real Telnyx:
  TELNYX_API_KEY        the API key of the account
  TELNYX_LIVE_NUMBERS   two numbers of the account that can call each other, such as +13125550100,+13125550101
  TELNYX_LIVE_URL       where Telnyx reaches this machine, such as the address of a tunnel
  TELNYX_LIVE_PORT      where the tunnel leads to (8787)
  TELNYX_LIVE_HOST      the network address to listen on (127.0.0.1)
  TELNYX_LIVE_PROFILE   the ID of the outbound voice profile (the first one that is enabled)
  TELNYX_LIVE_API       the base URL of the API (https://api.telnyx.com/v2)`;

/** @throws UsageError */
export function readOptions(args: string[]): Options {
	try {
		const { values } = parseArgs({ args, options: OPTIONS });
		return {
			isSimulated: values.simulator,
			isAgreed: values.yes,
			isList: values.list,
			only: new RegExp(values.only, 'i'),
			report: values.report,
		};
	} catch (error) {
		throw new UsageError((error as Error).message);
	}
}

/**
 * The observations whose names match.
 * @throws UsageError if there are none: nothing would be checked, and nothing would be wrong
 */
export function chosenBy(only: RegExp): Observation[] {
	const chosen = observations.filter(({ name }) => only.test(name));
	if (chosen.length > 0) return chosen;
	throw new UsageError(`No observation has a name that matches '${only.source}'.`);
}

const OPTIONS = {
	simulator: { type: 'boolean', default: false },
	yes: { type: 'boolean', default: false },
	only: { type: 'string', default: '' },
	report: { type: 'string', default: 'telnyx-live-report.md' },
	list: { type: 'boolean', default: false },
} as const;

/**
 * The account that the environment describes.
 * @throws UsageError with all that is missing or wrong
 */
export function readAccount(environment: Record<string, string | undefined>): Account {
	const {
		TELNYX_API_KEY: apiKey = '',
		TELNYX_LIVE_API: baseUrl = 'https://api.telnyx.com/v2',
		TELNYX_LIVE_HOST: host = '127.0.0.1',
		TELNYX_LIVE_NUMBERS: numbers = '',
		TELNYX_LIVE_PORT: port = '8787',
		TELNYX_LIVE_PROFILE: profile,
		TELNYX_LIVE_URL: publicUrl = '',
	} = environment;
	const [first, second, ...more] = numbers.split(',').map(asPhoneNumber);
	const isNumber = (text = '') => /^\+\d+$/.test(text);
	const areNumbers = isNumber(first) && isNumber(second) && first !== second && more.length === 0;
	const problems = [
		apiKey.trim() === '' && 'TELNYX_API_KEY is empty: set the API key of the account.',
		!areNumbers &&
			'TELNYX_LIVE_NUMBERS has to be two numbers of the account, such as +13125550100,+13125550101.',
		!/^https?:\/\/\S+$/.test(publicUrl) &&
			'TELNYX_LIVE_URL has to be the web address where Telnyx reaches this machine.',
		!/^\d{1,5}$/.test(port) && 'TELNYX_LIVE_PORT has to be a port.',
	].filter((problem) => problem !== false);
	if (problems.length > 0) throw new UsageError(problems.join('\n'));
	return {
		apiKey: apiKey.trim(),
		baseUrl: baseUrl.replace(/\/$/, ''),
		host,
		numbers: [first, second],
		port: Number(port),
		profile,
		publicUrl,
		time: realTime(),
	};
}
