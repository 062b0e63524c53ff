import type { IDataObject } from 'n8n-workflow';

/** Whether parsed JSON is an object with names and values. */
export const isObject = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
