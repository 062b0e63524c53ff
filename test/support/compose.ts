/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'yaml';

export const DOCKER = join(__dirname, '../../docker');

/** What is used here of a file for Docker Compose. */
interface Compose {
	services: Record<
		string,
		{
			image: string;
			environment?: Record<string, string>;
			entrypoint?: string[];
			command?: string | string[];
			volumes?: string[];
			ports?: string[];
			restart?: string;
			depends_on?: Record<string, { condition: string }>;
			healthcheck?: object;
		}
	>;
	volumes: Record<string, unknown>;
}

/** @param name of a file in `docker` */
export const readCompose = (name: string): Compose =>
	parse(readFileSync(join(DOCKER, name), 'utf8'), { merge: true }) as Compose;

/** The environment of a process of n8n, with the variables of the user's shell that it asks for. */
export const environmentOf = (
	{ services }: Compose,
	service: string,
	shell: Record<string, string> = {},
): Record<string, string> =>
	Object.fromEntries(
		Object.entries(services[service].environment ?? {}).map(([name, value]) => [
			name,
			value.replace(
				/\$\{(\w+)(?::-([^}]*)|:\?[^}]*)?\}/g,
				(_all, wanted: string, otherwise = '') => shell[wanted] ?? otherwise,
			),
		]),
	);
