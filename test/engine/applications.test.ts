import { LoadOptionsContext } from 'n8n-core';
import { Workflow, type ILoadOptionsFunctions } from 'n8n-workflow';

import { TelnyxAdvancedTrigger } from '../../nodes/TelnyxAdvancedTrigger/TelnyxAdvancedTrigger.node';
import { startSimulator, type Simulator } from '../simulator';
import { credentialFor } from '../support/credential';
import { CREDENTIAL_REFERENCE, node, nodeTypes, PACKAGE, surroundings } from '../support/engine';

let telnyx: Simulator;

beforeAll(async () => {
	const names = Array.from({ length: 120 }, (_, i) => ({ name: `Line ${i}` }));
	telnyx = await startSimulator({ applications: [{ name: 'Support' }, ...names] });
});
afterAll(async () => await telnyx.close());

const search = async (filter?: string, page?: string, apiKey = telnyx.apiKey) => {
	const trigger = node({
		name: 'Telnyx Trigger',
		type: `${PACKAGE}.telnyxAdvancedTrigger`,
		credentials: CREDENTIAL_REFERENCE,
	});
	const workflow = new Workflow({ nodes: [trigger], connections: {}, active: false, nodeTypes });
	const credential = credentialFor(telnyx, { apiKey });
	const context = new LoadOptionsContext(workflow, trigger, surroundings(credential), '');
	const { applications } = new TelnyxAdvancedTrigger().methods.listSearch;
	return await applications.call(context as ILoadOptionsFunctions, filter, page);
};

describe('the list of applications', () => {
	it('comes in pages', async () => {
		const { results, paginationToken } = await search();
		expect(results).toHaveLength(100);
		const [id, application] = [...telnyx.applications][0];
		expect(results[0]).toEqual({
			name: application.data.application_name,
			value: id,
			url: `https://portal.telnyx.com/#/call-control/applications/${id}`,
		});
		const second = await search(undefined, String(paginationToken));
		expect(second.results).toHaveLength(21);
		expect(second.paginationToken).toBeUndefined();
	});

	it('is searched by Telnyx', async () => {
		expect((await search('upp')).results.map(({ name }) => name)).toEqual(['Support']);
		expect((await search('nothing & nobody')).results).toEqual([]);
	});

	it('says what went wrong', async () => {
		await expect(search('', '1', 'KEY-of-nobody')).rejects.toThrow('does not accept the API key');
	});
});
