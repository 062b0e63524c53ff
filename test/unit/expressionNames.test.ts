/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { isSafeObjectProperty } from 'n8n-workflow';

import { outputOf } from '../../build/outputOf';
import { catalogue } from '../../nodes/catalogue';
import type { Operation } from '../../nodes/catalogue/schema/operation';
import { commonPayload, events } from '../../nodes/telnyx/events';
import { runAction } from '../support/engine';

/** n8n refuses expressions that name certain properties, such as `caller`, whatever they stand for. */
const ROOT = join(__dirname, '../..');
const textsIn = (folder: string, ending: string) =>
	readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith(ending))
		.map((name) => join(folder, name));
const FILES = ['README.md', ...textsIn('docs', '.md'), ...textsIn('examples', '.json')];
/** Where the docs say what n8n refuses. */
const WARNING = '{{ $json.client_state.caller }}';

const refused = (names: string[]) => names.filter((name) => !isSafeObjectProperty(name));

describe('names that expressions have to reach', () => {
	it.each(
		catalogue.flatMap(({ value, operations }) =>
			Object.entries(operations as Record<string, Operation>).map(
				([name, operation]) => [`${value}/${name}`, operation] as const,
			),
		),
	)('in the output of %s', (_, operation) => {
		expect(refused(Object.keys(outputOf(operation)))).toEqual([]);
	});

	it('in events', () => {
		const names = events.flatMap(({ payload }) => Object.keys(payload));
		expect(refused([...names, ...Object.keys(commonPayload)])).toEqual([]);
	});

	it.each(FILES)('in %s', (file) => {
		const text = readFileSync(join(ROOT, file), 'utf8').replaceAll(WARNING, '');
		const expressions = [...text.matchAll(/\{\{(.+?)\}\}/gs)].map(([, inside]) => inside);
		const names = expressions.flatMap((inside) => inside.match(/[\w$]+/g) ?? []);
		expect(refused(names)).toEqual([]);
	});

	it('are refused where the docs say so, and work where the docs say so', async () => {
		const digits = async (expression: string) => {
			const { error } = await runAction({
				credential: { apiKey: 'KEY', baseUrl: 'https://api.telnyx.com/v2' },
				parameters: {
					resource: 'input',
					operation: 'sendDtmf',
					call_control_id: 'v3:abc',
					digits: `=${expression}`,
				},
				items: [{ client_state: { caller: 'x', from: 'x' } }],
			});
			return error?.message;
		};
		expect(await digits(WARNING)).toMatch(/security/i);
		expect(await digits('{{ $json.client_state.from }}')).toContain("'Digits' may only hold");
	});
});
