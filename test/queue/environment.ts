import { randomBytes } from 'node:crypto';

import { YARDSTICKS } from '../bench/yardsticks';
import type { Service } from './services';

/**
 * What n8n's documentation asks of every process in queue mode, and short times where it waits.
 */
export const queueEnvironment = ({
	redis,
	postgres,
	url,
}: {
	redis: Service;
	postgres: Service & { user: string };
	url: string;
}): NodeJS.ProcessEnv => ({
	EXECUTIONS_MODE: 'queue',
	QUEUE_BULL_REDIS_HOST: '127.0.0.1',
	QUEUE_BULL_REDIS_PORT: String(redis.port),
	DB_TYPE: 'postgresdb',
	DB_POSTGRESDB_HOST: '127.0.0.1',
	DB_POSTGRESDB_PORT: String(postgres.port),
	DB_POSTGRESDB_DATABASE: 'postgres',
	DB_POSTGRESDB_USER: postgres.user,
	N8N_ENCRYPTION_KEY: randomBytes(16).toString('hex'),
	N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true',
	// As always in n8n 3.
	OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
	N8N_WEBHOOK_URL: `${url}/`,
	N8N_CUSTOM_EXTENSIONS: YARDSTICKS,
	QUEUE_HEALTH_CHECK_ACTIVE: 'true',
	N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
	// A job whose worker is gone is noticed after these, not after one and a half minutes.
	QUEUE_WORKER_LOCK_DURATION: '10000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
	QUEUE_WORKER_STALLED_INTERVAL: '5000',
	// No workflow here runs code, so nobody needs a process for that.
	N8N_RUNNERS_MODE: 'external',
	N8N_RUNNERS_AUTH_TOKEN: randomBytes(8).toString('hex'),
});
