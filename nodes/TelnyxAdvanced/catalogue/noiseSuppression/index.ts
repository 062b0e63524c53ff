import type { Resource } from '../operation';
import { startNoiseSuppression } from './startNoiseSuppression';
import { stopNoiseSuppression } from './stopNoiseSuppression';

export const noiseSuppression = {
	value: 'noiseSuppression',
	name: 'Noise Suppression',
	operations: { startNoiseSuppression, stopNoiseSuppression },
} as const satisfies Resource;
