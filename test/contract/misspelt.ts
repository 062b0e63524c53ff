/**
 * Compared by the type checker alone, `npm run types`: a reference inside of a record that is misspelt does
 * not compile. If one compiles, its `@ts-expect-error` is reported as not needed.
 */
import { speak } from '../../nodes/catalogue/audio/speak';
import {
	choice,
	group,
	inSection,
	integer,
	list,
	locator,
	oneOf,
	settings,
	text,
	toggle,
	type Fields,
} from '../../nodes/catalogue/schema/field';
import { noEvents, operation, type Answer } from '../../nodes/catalogue/schema/operation';
import type { EventKind } from '../../nodes/telnyx/events/event';
import { command } from '../../nodes/TelnyxPhoneCall/steps/shared';
import type { StepName } from '../../nodes/TelnyxPhoneCall/steps';
import { step, type Moment } from '../../nodes/TelnyxPhoneCall/steps/step';

const said = { label: 'Some', description: 'Something' } as const;
const url = text(said);
const engine = choice({
	...said,
	choices: { Krisp: 'Krisp', Denoiser: 'Denoiser' },
	start: 'Krisp',
});
const level = { level: toggle({ ...said, start: true }) } as const;
const answer = { id: 'string', links: 'object' } as const satisfies Answer;
const rest = {
	name: 'Some',
	action: 'Some',
	description: 'Something',
	request: 'POST /some',
	docs: 'https://developers.telnyx.com/',
	answer,
	events: noEvents,
} as const;
const withFields = <const F extends Fields>(fields: F) => ({ ...rest, fields });

/** What is spelt as it should be compiles. */
export const right = operation({
	...rest,
	fields: {
		url,
		name: text({ ...said, notWith: 'url' }),
		engine,
		settings: settings({ ...said, by: 'engine', variants: { Krisp: level } }),
		shape: oneOf({
			...said,
			by: 'type',
			variants: { a: { label: 'A', onlyWith: { engine: 'Krisp' }, fields: {} } },
		}),
		size: choice({
			...said,
			choices: {
				small: { name: 'Small', description: 'Small', onlyWith: { engine: 'Krisp' } },
				large: { name: 'Large', description: 'Large', needs: { field: 'url', says: 'a URL' } },
			},
			start: 'small',
		}),
		media: locator({ ...said, list: 'media' }),
		...inSection('sip', { header: url }),
	},
	simplified: ['id'],
	links: 'links',
	events: {
		success: ['call.answered'],
		failure: ['call.hangup'],
		detected: ['call.machine.detection.ended'],
		others: ['call.initiated'],
	},
});

// The field of notWith: in a record, in a group and in a list.
const wrongNotWith = text({ ...said, notWith: 'ulr' });
const wrongInGroup = group({ ...said, fields: { url, name: wrongNotWith } });
const wrongInList = list({ ...said, item: 'Row', fields: { url, name: wrongNotWith } });
// @ts-expect-error no field `ulr`
operation(withFields({ url, name: wrongNotWith }));
// @ts-expect-error no field `ulr`
operation(withFields({ url, group: wrongInGroup }));
// @ts-expect-error no field `ulr`
operation(withFields({ url, rows: wrongInList }));

// The field, or its value, of onlyWith: of a choice, and of a shape.
const onlyWithField = choice({
	...said,
	choices: { small: { name: 'Small', description: 'Small', onlyWith: { engin: 'Krisp' } } },
	start: 'small',
});
const onlyWithValue = choice({
	...said,
	choices: { small: { name: 'Small', description: 'Small', onlyWith: { engine: 'Crisp' } } },
	start: 'small',
});
const shapeWithField = oneOf({
	...said,
	by: 'type',
	variants: { a: { label: 'A', onlyWith: { engin: 'Krisp' }, fields: {} } },
});
// @ts-expect-error no field `engin`
operation(withFields({ engine, size: onlyWithField }));
// @ts-expect-error no choice `Crisp`
operation(withFields({ engine, size: onlyWithValue }));
// @ts-expect-error no field `engin`
operation(withFields({ engine, shape: shapeWithField }));

// The field that a choice needs.
const needsField = choice({
	...said,
	choices: {
		small: { name: 'Small', description: 'Small', needs: { field: 'engin', says: 'an engine' } },
	},
	start: 'small',
});
// @ts-expect-error no field `engin`
operation(withFields({ engine, size: needsField }));

// The field beside settings, and its choices.
const settingsBy = settings({ ...said, by: 'engin', variants: { Krisp: level } });
const settingsOf = settings({ ...said, by: 'engine', variants: { Crisp: level } });
// @ts-expect-error no field `engin`
operation(withFields({ engine, settings: settingsBy }));
// @ts-expect-error no choice `Crisp`
operation(withFields({ engine, settings: settingsOf }));

// The answer's fields.
// @ts-expect-error no field `ids`
operation({ ...rest, fields: {}, simplified: ['id', 'ids'] });
// @ts-expect-error no field `link`
operation({ ...rest, fields: {}, returns: 'linkedFile', links: 'link' });
// @ts-expect-error no field `ids`
operation({ ...rest, fields: {}, mustAnswer: 'ids' });

// Events.
// @ts-expect-error no event of that type
operation({ ...rest, fields: {}, events: { success: ['call.answred'], failure: [] } });
// @ts-expect-error no event of that type
operation({ ...rest, fields: {}, events: { success: [], failure: ['call.hangpu'] } });
operation({
	...rest,
	fields: {},
	// @ts-expect-error no event of that type
	events: { success: [], failure: [], detected: ['call.machine.detection.end'] },
});
// @ts-expect-error no event of that type
operation({ ...rest, fields: {}, events: { success: [], failure: [], others: ['call.brigded'] } });

// The field of the payload that tells kinds of an event apart, and its value.
const kind = { key: 'some', name: 'Some', when: 'some', short: 'Some', description: 'Some' };
export const rightKind: EventKind = { ...kind, where: { direction: 'incoming' } };
// @ts-expect-error no such field
export const wrongField: EventKind = { ...kind, where: { directon: 'incoming' } };
// @ts-expect-error no such value
export const wrongValue: EventKind = { ...kind, where: { direction: 'incomming' } };

// The list of a locator, and the section of a field or of several.
// @ts-expect-error no such list
locator({ ...said, list: 'medias' });
// @ts-expect-error no such section
text({ ...said, section: 'spi' });
// @ts-expect-error no such section
inSection('spi', { url });

// Fields that are shown by another one: its name, and its values.
const switched = toggle({ ...said, start: true });
operation(withFields({ engine, name: text({ ...said, onlyIf: { engine: ['Krisp'] } }) }));
operation(withFields({ switched, name: text({ ...said, onlyIf: { switched: [true] } }) }));
// @ts-expect-error no field `engin`
operation(withFields({ engine, name: text({ ...said, onlyIf: { engin: ['Krisp'] } }) }));
// @ts-expect-error no choice `Crisp`
operation(withFields({ engine, name: text({ ...said, onlyIf: { engine: ['Crisp'] } }) }));
// @ts-expect-error a switch is true or false
operation(withFields({ switched, name: text({ ...said, onlyIf: { switched: ['yes'] } }) }));

// A number that may not be more than another one.
const most = integer({ ...said, min: 0, start: 0 });
operation(withFields({ most, least: integer({ ...said, min: 0, start: 0, noMoreThan: 'most' }) }));
// @ts-expect-error no field `mots`
operation(withFields({ most, least: integer({ ...said, min: 0, start: 0, noMoreThan: 'mots' }) }));

// The rows that a list starts with.
operation(
	withFields({ rows: list({ ...said, item: 'Row', fields: { url }, start: [{ url: 'a' }] }) }),
);
const wrongRow = list({ ...said, item: 'Row', fields: { url }, start: [{ ulr: 'a' }] });
// @ts-expect-error no field `ulr`
operation(withFields({ rows: wrongRow }));

// The outputs of a step of Telnyx Phone Call, and its commands.
const begin = () => ({ command: command(speak, { payload: 'Hello' }), seconds: 1 });
const ofStep = {
	name: 'Some',
	action: 'Some',
	description: 'Something',
	results: {},
	begin,
} as const;
step({
	...ofStep,
	fields: { engine },
	outputs: [{ name: 'A', if: { field: 'engine', is: ['Krisp'] } }],
});
const noField = [{ name: 'A', if: { field: 'engin', is: ['Krisp'] } }] as const;
// @ts-expect-error no field `engin`
step({ ...ofStep, fields: { engine }, outputs: noField });
const noChoice = [{ name: 'A', if: { field: 'engine', is: ['Crisp'] } }] as const;
// @ts-expect-error no choice `Crisp`
step({ ...ofStep, fields: { engine }, outputs: noChoice });
const noList = [{ name: 'A', each: 'rows' }] as const;
// @ts-expect-error no field `rows`
step({ ...ofStep, fields: { engine }, outputs: noList });

// How it ends: by one of its outputs, after events that there are.
const outputs = [{ name: 'A' }, { name: 'Row', each: 'rows' }] as const;
const ending = { ...ofStep, fields: { rows: list({ ...said, item: 'Row', fields: { url } }) } };
step({ ...ending, outputs, next: () => ({ output: 'A' }), ifGone: { output: 'A' } });
// @ts-expect-error no output `B`
step({ ...ending, outputs, next: () => ({ output: 'B' }) });
// @ts-expect-error a row is an output by its place
step({ ...ending, outputs, next: () => ({ output: 'Row' }) });
// @ts-expect-error no output `B`
step({ ...ending, outputs, next: () => ({ firstOf: [], orElse: () => ({ output: 'B' }) }) });
// @ts-expect-error no output `B`
step({ ...ending, outputs, begin: () => ({ ...begin(), atTimeout: 'B' }) });
// @ts-expect-error no output `B`
step({ ...ending, outputs, atOnce: () => 'B' });
// @ts-expect-error no output `B`
step({ ...ending, outputs, ifGone: { output: 'B' } });
// @ts-expect-error no event of that type
step({ ...ending, outputs, begin: () => ({ ...begin(), wait: { success: ['call.answred'] } }) });
// @ts-expect-error no event of that type
export const comparesType = ({ type }: Moment) => type === 'call.answred';

// @ts-expect-error no step of that name
export const wrongStep: StepName = 'anser';
// @ts-expect-error no field `paylod`
command(speak, { paylod: 'Hello' });
