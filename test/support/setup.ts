/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import dns from 'node:dns';
import { join } from 'node:path';

// n8n-core writes a settings file on import, otherwise into the home of whoever runs the tests.
const { TEST_FOLDER = '', JEST_WORKER_ID = '1' } = process.env;
process.env.N8N_USER_FOLDER = join(TEST_FOLDER, JEST_WORKER_ID);
process.env.N8N_ENCRYPTION_KEY = 'only-for-tests';
process.env.N8N_LOG_LEVEL = 'silent';

// Tests reach this machine only: no name of anybody else's is looked up.
const { lookup } = dns;
const isOwn = (name: string) => name === 'localhost' || /^[\d.]+$|:/.test(name);
dns.lookup = ((name: string, ...more: unknown[]) => {
	if (isOwn(name)) return Reflect.apply(lookup, dns, [name, ...more]);
	const failure = Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND' });
	setImmediate(more.at(-1) as (error: Error) => void, failure);
}) as typeof lookup;
