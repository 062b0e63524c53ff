/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code, never shipped */
import { basename } from 'node:path';

import { n8n, name as PACKAGE } from '../../package.json';

/** `dist/…/TelnyxPhoneCall.node.js` has `telnyxPhoneCall`: n8n's linter holds files to it. */
const nameIn = (file: string) => {
	const [className] = basename(file).split('.');
	return className[0].toLowerCase() + className.slice(1);
};

/** All nodes of package.json, under the names that workflows have. */
export const NODE_TYPES = n8n.nodes.map((file) => `${PACKAGE}.${nameIn(file)}`);

/** What n8n makes of those that start no workflow, for its AI agents. */
export const TOOL_TYPES = NODE_TYPES.filter((type) => !type.endsWith('Trigger')).map(
	(type) => `${type}Tool`,
);

/** All credentials of package.json. */
export const CREDENTIAL_TYPES = n8n.credentials.map(nameIn);
