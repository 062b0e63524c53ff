import type { INode } from 'n8n-workflow';

/** Whether a node is the tool of an AI agent: the type of such a node ends with 'Tool'. */
export const isTool = ({ type }: Pick<INode, 'type'>): boolean => type.endsWith('Tool');

/** Whether a node reviews the tools of an AI agent. */
export const isReview = ({ type }: Pick<INode, 'type'>): boolean => type.endsWith('HitlTool');
