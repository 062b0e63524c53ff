import type { SimulatedAccount } from './simulated';

/** Both legs of a call within the United States cost less than this, in US dollars a minute. */
const DOLLARS_A_MINUTE = 0.02;

/**
 * What a run costs, in a sentence or two: as many calls as the same run has made in the simulator.
 */
export function describeCosts({ passedMs, simulator }: SimulatedAccount): string {
	const legs = [...simulator.calls.values()];
	const outgoing = legs.filter(({ direction }) => direction === 'outgoing').length;
	const minutes = legs.reduce(
		(sum, { answeredAt, endedAt }) =>
			sum + (answeredAt && endedAt ? Math.ceil((endedAt - answeredAt) / 60_000) : 0),
		0,
	);
	const dollars = Math.max(0.01, minutes * DOLLARS_A_MINUTE).toFixed(2);
	return [
		`Calls between your two numbers: ${outgoing}. Minutes that are billed for both their ends: ${minutes}.`,
		`Within the United States that is about ${dollars} US dollars; between other countries it can be many times as much.`,
		'Speech, recordings, transcriptions and machine detection are charged besides, some cents each. See https://telnyx.com/pricing.',
		`Minutes that it takes at least: ${Math.ceil(passedMs() / 60_000)}. During that time, calls to your two numbers come here.`,
	].join('\n');
}
