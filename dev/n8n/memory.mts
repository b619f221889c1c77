import { readFileSync, writeFileSync } from 'node:fs';

/** Forgets the highest memory use so far, so that {@link peakMemory} measures from here on. Linux only. */
export function resetPeakMemory(pid: number): void {
	writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/** The most memory the process has held at once, in bytes. Linux only. */
export function peakMemory(pid: number): number {
	const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
	return Number(kibibytes) * 1024;
}
