import type { ApiRequest } from '../simulator/types';
import type { SimulatedAccount } from './simulated';

/** Both legs of a call within the United States cost less than this, in US dollars a minute. */
const DOLLARS_A_MINUTE = 0.02;

/** What Telnyx charges besides the minutes, and the commands that ask for it. */
const CHARGED: Readonly<Record<string, readonly string[]>> = {
	speech: ['speak', 'gather_using_speak'],
	recordings: ['record_start'],
	transcriptions: ['transcription_start'],
	'machine detection': ['answering_machine_detection'],
	'noise suppression in each direction': ['suppression_start'],
	SIPREC: ['siprec_start'],
	'media streams': ['streaming_start'],
	conferences: ['conferences'],
};

/**
 * What a run costs, in some sentences: as many calls as the same run has made in the simulator.
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
	const besides = chargedBesides(simulator.requests);
	return [
		`Calls between your two numbers: ${outgoing}. Minutes that are billed for both their ends: ${minutes}.`,
		`Within the United States that is about ${dollars} US dollars; between other countries it can be many times as much.`,
		...(besides.length > 0 ? [`Charged besides, some cents each: ${besides.join(', ')}.`] : []),
		'Prices: https://telnyx.com/pricing.',
		`Minutes that it takes at least: ${Math.ceil(passedMs() / 60_000)}. During that time, calls to your two numbers come here.`,
	].join('\n');
}

function chargedBesides(requests: ApiRequest[]): string[] {
	const accepted = requests.filter(({ status }) => status < 300);
	const used = new Set(accepted.flatMap(commandsOf));
	return Object.keys(CHARGED).filter((what) => CHARGED[what].some((command) => used.has(command)));
}

/** What a request asks for: a command, or a feature of the call that it makes. */
function commandsOf({ body, method, path }: ApiRequest): string[] {
	if (method !== 'POST') return [];
	const { pathname } = new URL(path, 'http://127.0.0.1');
	return [pathname.split('/').at(-1) ?? '', ...Object.keys(Object(body))];
}
