import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Lets one process at a time work on a folder; a lock whose owner is gone is taken over.
 *
 * @param onWait called while another process holds the lock
 */
export async function withFolderLock<T>(
	folder: string,
	onWait: () => void,
	work: () => Promise<T>,
): Promise<T> {
	const lockFile = `${folder}.lock`;
	await mkdir(path.dirname(folder), { recursive: true });
	while (!(await take(lockFile))) {
		onWait();
		await sleep(1000);
	}
	try {
		return await work();
	} finally {
		await rm(lockFile, { force: true });
	}
}

async function take(lockFile: string): Promise<boolean> {
	try {
		await writeFile(lockFile, String(process.pid), { flag: 'wx' });
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
	}
	const owner = Number(await readFile(lockFile, 'utf8').catch(() => ''));
	if (owner && !isAlive(owner)) await rm(lockFile, { force: true });
	return false;
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}
