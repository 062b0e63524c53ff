import { startAIAssistant } from '../../nodes/catalogue/aiAssistant/startAIAssistant';
import { speak } from '../../nodes/catalogue/audio/speak';
import { bridge } from '../../nodes/catalogue/call/bridge';
import { dial } from '../../nodes/catalogue/call/dial';
import { waitForEvent } from '../../nodes/catalogue/call/waitForEvent';
import { join } from '../../nodes/catalogue/conference/join';
import type { Operation } from '../../nodes/catalogue/schema/operation';
import { endedLegOf } from '../../nodes/waiting/legs';

const LEG = 'v3:ours';
const own = { call_control_id: LEG };
const linked = { link_to: LEG };

const refused: Array<[Operation, object, string | undefined]> = [
	[speak, own, LEG],
	[waitForEvent, own, LEG],
	[dial, linked, LEG],
	[dial, {}, undefined],
	[dial, { ...linked, supervise_call_control_id: 'v3:theirs' }, undefined],
	[dial, { ...linked, conference_config: { id: 'c1' } }, undefined],
	[bridge, { ...own, call_control_id_to_bridge_with: 'v3:theirs' }, undefined],
	[bridge, { ...own, queue: 'support' }, undefined],
	[startAIAssistant, { ...own, participants: [{ id: 'v3:theirs' }] }, undefined],
	[join, { id: 'c1', ...own }, undefined],
];

it.each(
	refused.map(([operation, values, leg]) => [operation.name, values, leg, operation] as const),
)('what is over if Telnyx says so to %s with %j: %s', (_name, values, leg, operation) => {
	expect(endedLegOf({ operation, values: { ...values } })).toBe(leg);
});
