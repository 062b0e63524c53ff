import { outputSchemas } from '../../build/outputSchemas';

const schemaOf = (path: string) => outputSchemas().get(path);

describe('the output schemas, from which the editor previews an output', () => {
	it('have the fields of a reply to a command, and the IDs that were sent with it', () => {
		expect(schemaOf('TelnyxAdvanced/__schema__/v1.0.0/input/sendDtmf.json')).toEqual({
			type: 'object',
			properties: {
				call_control_id: { type: 'string' },
				command_id: { type: 'string' },
				result: { type: 'string' },
			},
			version: 1,
		});
	});

	it('have only `deleted` for an operation that deletes', () => {
		expect(schemaOf('TelnyxAdvanced/__schema__/v1.0.0/media/delete.json')).toEqual({
			type: 'object',
			properties: { media_name: { type: 'string' }, deleted: { type: 'boolean' } },
			version: 1,
		});
	});

	it("have the nested fields of the trigger's output, those of every event included", () => {
		expect(schemaOf('TelnyxAdvancedTrigger/__schema__/v1.0.0.json')).toMatchObject({
			properties: {
				event_type: { type: 'string' },
				payload: {
					type: 'object',
					properties: {
						call_control_id: { type: 'string' },
						digit: { type: 'string' },
						recording_urls: { type: 'object' },
					},
				},
				meta: { properties: { attempt: { type: 'integer' } } },
			},
		});
	});
});
