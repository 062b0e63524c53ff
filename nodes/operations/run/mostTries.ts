import type { INode } from 'n8n-workflow';

/** n8n's own limits. */
const FEWEST_TRIES = 2;
const MOST_TRIES = 5;

/** How often n8n runs a node with Retry On Fail until it gives up. */
export const mostTries = ({ maxTries = 3 }: Pick<INode, 'maxTries'>): number =>
	Math.min(MOST_TRIES, Math.max(FEWEST_TRIES, maxTries));
