/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code, never shipped */
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Whether the system says how much its processes use: Linux does. */
const isKnown = existsSync('/proc/self/status');

/** The most memory that an n8n which we started ever had. Linux only. */
export const peakMb = (): number | undefined =>
	isKnown ? toMb(Math.max(...n8nProcesses().map(({ peakKb }) => peakKb))) : undefined;

/** The memory that all n8n which we started have now. Linux only. */
export const usedMb = (): number =>
	toMb(n8nProcesses().reduce((sum, { usedKb }) => sum + usedKb, 0));

/** The time of the processor that all our n8n processes have had, which other programs hardly change. */
export function cpuMs(): number {
	const ticks = n8nProcesses().map(({ pid }) => {
		const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
		return Number(fields[11]) + Number(fields[12]);
	});
	// Linux counts in hundredths of a second.
	return ticks.reduce((sum, one) => sum + one, 0) * 10;
}

const toMb = (kb: number) => Math.round(kb / 1024);

/** Those that we started, of any role. Linux only. */
function n8nProcesses() {
	const processes = readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name))
		.map(processOf);
	const isOurs = (pid: number) => {
		for (let at = pid; at > 1; at = processes.find((one) => one?.pid === at)?.parent ?? 0) {
			if (at === process.pid) return true;
		}
		return false;
	};
	return processes
		.filter((one) => one !== undefined)
		.filter(({ command, pid }) => /n8n\0(start|webhook|worker)/.test(command) && isOurs(pid));
}

function processOf(pid: string) {
	try {
		const status = readFileSync(`/proc/${pid}/status`, 'utf8');
		const number = (name: string) =>
			Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
		const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
		// The guard's command line has that of n8n as JSON, not as arguments of its own.
		return {
			pid: Number(pid),
			parent: number('PPid'),
			peakKb: number('VmHWM'),
			usedKb: number('VmRSS'),
			command,
		};
	} catch {
		return undefined;
	}
}
