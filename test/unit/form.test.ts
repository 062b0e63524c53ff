import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';

import { catalogue } from '../../nodes/catalogue';
import type { Resource } from '../../nodes/catalogue/schema/operation';
import { TelnyxAdvanced } from '../../nodes/TelnyxAdvanced/TelnyxAdvanced.node';
import { locatorValue } from '../../nodes/shared/locatorValue';
import { waitFields } from '../../nodes/waiting/form';
import { ON_FAILURE, WAIT } from '../../nodes/waiting/parameters';

const { description } = new TelnyxAdvanced();

/** Every property of the form, with what it stands in. */
function everyProperty(
	properties: INodeProperties[],
	parent?: INodeProperties,
): Array<{ property: INodeProperties; parent?: INodeProperties }> {
	return properties.flatMap((property) => [
		{ property, parent },
		...(property.type === 'collection'
			? everyProperty(property.options as INodeProperties[], property)
			: []),
		...(property.type === 'fixedCollection'
			? (property.options as INodePropertyCollection[]).flatMap(({ values }) =>
					everyProperty(values, property),
				)
			: []),
	]);
}

const all = everyProperty(description.properties);

const KILOBYTE = 1000;

describe('the form', () => {
	it('is small enough for the editor, which loads the whole form', () => {
		expect(JSON.stringify(description).length).toBeLessThan(600 * KILOBYTE);
	});

	it('marks every locator as one, since the editor copies it unchanged into a collection', () => {
		const locators = all.filter(({ property }) => property.type === 'resourceLocator');
		expect(locators.some(({ parent }) => parent?.type === 'collection')).toBe(true);
		for (const { property } of locators) expect(property.default).toMatchObject({ __rl: true });
	});

	it('takes no expression where the outputs are decided: the editor would show others than the node has', () => {
		const deciding = all.filter(({ property }) => [WAIT, ON_FAILURE].includes(property.name));
		expect(deciding.length).toBeGreaterThan(0);
		for (const { property } of deciding) expect(property.noDataExpression).toBe(true);
	});

	it('shows the required fields of an added group', () => {
		const startOf = (name: string) =>
			all.find(({ property, parent }) => property.name === name && parent?.type === 'collection')
				?.property.default;
		expect(startOf('deepfake_detection')).toEqual({ enabled: true });
		expect(startOf('answering_machine_detection_config')).toEqual({});
	});

	it('has no group that is always shown and would be sent unasked', () => {
		const shown = all.filter(({ property, parent }) => property.type === 'collection' && !parent);
		const starts = shown
			.filter(({ property }) => !property.required)
			.flatMap(({ property }) => Object.values(property.default as object) as unknown[]);
		for (const start of starts) expect(locatorValue(start)).toBe('');
	});

	it.each([
		['dial', ['Options', 'Answering Machine Detection', 'More Options', 'Request Options']],
		['answer', ['Options', 'More Options', 'Request Options']],
	])('of %s has few lists of options, with the rare groups behind one', (operation, lists) => {
		const shown = description.properties.filter(
			({ type, displayOptions: { show } = {} }) =>
				type === 'collection' &&
				(show?.resource?.includes('call') ?? true) &&
				(show?.operation?.includes(operation) ?? true),
		);
		expect(shown.map(({ displayName }) => displayName)).toEqual(lists);
	});

	it('says on each button what it adds', () => {
		const { options = [] } = description.properties.find(({ name }) => name === 'more_options')!;
		const buttons = (options as INodeProperties[]).map(({ placeholder }) => placeholder);
		expect(new Set(buttons).size).toBe(buttons.length);
		expect(buttons).not.toContain('Add option');
	});

	it('has no operation with two fields of one label, which complaints could not tell apart', () => {
		const twice = (catalogue as readonly Resource[]).flatMap(({ name, operations }) =>
			Object.values(operations).flatMap((operation) => {
				const fields = Object.values({ ...operation.fields, ...waitFields(operation) });
				const labels = fields.map((field) => field.label);
				const repeated = labels.filter((one, index) => labels.indexOf(one) !== index);
				return repeated.map((one) => `${name}: ${operation.name}: ${one}`);
			}),
		);
		expect(twice).toEqual([]);
	});

	it('puts Return All and Limit above the filters', () => {
		const names = description.properties.map(({ name }) => name);
		expect(names).toContain('filter');
		const lists = description.properties.filter(({ name }) => name === 'filter');
		for (const { displayOptions } of lists) {
			const { resource = [] } = displayOptions?.show ?? {};
			const of = description.properties.filter((property) =>
				property.displayOptions?.show?.resource?.includes(resource[0] as string),
			);
			const order = of.map(({ name }) => name);
			expect(order.indexOf('limit')).toBeLessThan(order.indexOf('filter'));
		}
	});
});
