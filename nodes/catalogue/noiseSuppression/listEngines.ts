import { noEvents, operation } from '../schema/operation';

export const listEngines = operation({
	name: 'Get Many Engines',
	action: 'Get many noise suppression engines',
	description: 'List the engines that your account may use',
	request: 'GET /noise_suppression_engines',
	docs: 'https://developers.telnyx.com/api-reference/noise-suppression-engines/list-available-noise-suppression-engines',
	fields: {},
	answer: { default_attenuation_level: 'number', label: 'string', value: 'string' },
	returns: 'list',
	events: noEvents,
	sdk: 'list',
});
