import { execFile } from 'node:child_process';
import { chown, mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

import { PlainError } from '../cli.mjs';
import { freePorts } from './ports.mjs';
import {
	endingWithParent,
	findProgram,
	startService,
	type Account,
	type Service,
} from './serviceProcess.mjs';

/** Where Debian puts PostgreSQL, a folder for each major version. */
const DEBIAN_ROOT = '/usr/lib/postgresql';
const USER = 'n8n';
const run = promisify(execFile);

/** A PostgreSQL of its own on loopback, with one empty database. */
export interface Postgres extends Service {
	port: number;
	user: string;
	database: string;
}

/**
 * @param folder for its data; the account `postgres` has to be able to reach it
 * @throws {PlainError} when PostgreSQL is not installed or does not start
 */
export async function startPostgres(folder: string, logFile: string): Promise<Postgres> {
	const bin = path.dirname(findProgram('initdb', 'postgresql', await debianFolders()));
	const [port] = await freePorts(1);
	const account = await ownAccount();
	await mkdir(folder, { recursive: true });
	if (account) await chown(folder, account.uid, account.gid);

	const call = async (program: string, ...args: string[]) =>
		await run('setpriv', endingWithParent(path.join(bin, program), args, account), { cwd: folder });

	const data = path.join(folder, 'data');
	await call('initdb', '-D', data, '-U', USER, '-A', 'trust', '-E', 'UTF8', '--no-sync');
	const address = ['-h', '127.0.0.1', '-p', String(port)];
	const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off'];
	const server = await startService({
		name: 'PostgreSQL',
		program: path.join(bin, 'postgres'),
		args: ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
		account,
		cwd: folder,
		logFile,
		isReady: async () =>
			await call('pg_isready', '-q', ...address).then(
				() => true,
				() => false,
			),
	});
	await call('createdb', ...address, '-U', USER, USER);
	return { ...server, port, user: USER, database: USER };
}

async function debianFolders(): Promise<string[]> {
	const versions = await readdir(DEBIAN_ROOT).catch(() => []);
	return versions
		.sort((a, b) => Number(b) - Number(a))
		.map((version) => path.join(DEBIAN_ROOT, version, 'bin'));
}

/** The account to run it with: PostgreSQL refuses to run as root, and anybody else runs it as themselves. */
async function ownAccount(): Promise<Account | undefined> {
	if (process.getuid?.() !== 0) return undefined;
	try {
		const [uid, gid] = await Promise.all([id('-u'), id('-g')]);
		return { uid, gid };
	} catch {
		throw new PlainError('PostgreSQL does not run as root, and the account postgres is missing.');
	}
}

async function id(option: '-u' | '-g'): Promise<number> {
	return Number((await run('id', [option, 'postgres'])).stdout);
}
