/* eslint-disable no-console -- test code, never shipped */
import { stepsTo } from '../support/cache';
import { installN8n } from '../support/installN8n';
import { installServices } from './services';

/** Before all tests, because no time limit applies here. */
export default async () => {
	await installServices();
	await installN8n({ onProgress: stepsTo(console.log) });
};
