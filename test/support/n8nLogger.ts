import { LoadOptionsContext } from 'n8n-core';
import { Workflow, type Logger } from 'n8n-workflow';

import { node, nodeTypes, surroundings } from './engine';

/** The prototype of the logger that n8n gives to nodes. */
export function loggerPrototype(): Logger {
	const logged = node({ name: 'Node', type: 'passOn' });
	const workflow = new Workflow({ nodes: [logged], connections: {}, active: false, nodeTypes });
	const { logger } = new LoadOptionsContext(workflow, logged, surroundings(undefined), '');
	return Object.getPrototypeOf(logger) as Logger;
}
