/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { join } from 'node:path';

// n8n-core writes a settings file on import, otherwise into the home of whoever runs the tests.
const { TEST_FOLDER = '', JEST_WORKER_ID = '1' } = process.env;
process.env.N8N_USER_FOLDER = join(TEST_FOLDER, JEST_WORKER_ID);
process.env.N8N_ENCRYPTION_KEY = 'only-for-tests';
process.env.N8N_LOG_LEVEL = 'silent';
