/* eslint-disable @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import type { OnProgress } from '../support/cache';

const WIDTH = 24;
const TICK_MS = 500;

interface Progress {
	show: OnProgress;
	/** Ends the last task. */
	end: () => void;
}

/**
 * Shows what is being done and for how long; on a terminal in one line that moves, with a bar where
 * it is known how much is done.
 */
export function makeProgress(output: NodeJS.WriteStream): Progress {
	let message = '';
	let startedAt = 0;
	let share: number | undefined;
	let timer: NodeJS.Timeout | undefined;

	const draw = () => {
		if (!output.isTTY) return;
		const seconds = Math.round((Date.now() - startedAt) / 1000);
		const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
		const line = [time, ...(share === undefined ? [] : [bar(share)]), message].join('  ');
		output.write(`\r\x1b[K${line.slice(0, output.columns - 1)}`);
	};
	const end = () => {
		clearInterval(timer);
		if (!message) return;
		draw();
		if (output.isTTY) output.write('\n');
		message = '';
	};
	return {
		show(next, nextShare) {
			share = nextShare;
			if (next === message) return;
			end();
			message = next;
			startedAt = Date.now();
			if (!output.isTTY) output.write(`${message}\n`);
			draw();
			timer = setInterval(draw, TICK_MS);
		},
		end,
	};
}

function bar(share: number) {
	const full = Math.round(share * WIDTH);
	return `${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${String(Math.floor(share * 100)).padStart(2)} %`;
}
