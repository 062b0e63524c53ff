import type { Resource } from '../schema/operation';
import { listEngines } from './listEngines';
import { startNoiseSuppression } from './startNoiseSuppression';
import { stopNoiseSuppression } from './stopNoiseSuppression';

export const noiseSuppression = {
	value: 'noiseSuppression',
	name: 'Noise Suppression',
	operations: { startNoiseSuppression, stopNoiseSuppression, listEngines },
} as const satisfies Resource;
