import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { OUT } from '../paths.mjs';
import { startPostgres, type Postgres } from './postgres.mjs';
import { startRedis, type Redis } from './redis.mjs';
import { startN8n, type RunningN8n, type StartOptions } from './startN8n.mjs';

export interface QueueModeOptions extends Pick<StartOptions, 'version' | 'env'> {
	/** The packed community package, installed on main and on each worker. */
	tarball: string;
	/** Two when left out. */
	workers?: number;
	/** Whether all of them keep their files in one folder, as on a network share. */
	sharedStorage?: boolean;
}

/** n8n's scale-out: one main, workers, and what they share. */
export interface QueueMode {
	main: RunningN8n;
	workers: RunningN8n[];
	redis: Redis;
	/** Starts one more worker, with a data folder that nothing was in: as a container that takes a dead one's place. */
	addWorker(): Promise<RunningN8n>;
	close(): Promise<void>;
}

/**
 * Starts Redis, PostgreSQL, a main n8n and workers, each with a data folder of its own, as on machines of their own.
 *
 * @throws {PlainError} when a server is not installed or something does not start
 */
export async function startQueueMode(options: QueueModeOptions): Promise<QueueMode> {
	const { version, tarball, workers: count = 2 } = options;
	const folder = await mkdtemp(path.join(tmpdir(), 'n8n-queue-'));
	// PostgreSQL runs as another user.
	await chmod(folder, 0o711);
	const parts: Array<{ kill9(): Promise<void> }> = [];
	const keep = <T extends { kill9(): Promise<void> }>(part: T): T => {
		parts.unshift(part);
		return part;
	};
	const close = async () => {
		for (const part of parts) await part.kill9();
		await rm(folder, { recursive: true, force: true, maxRetries: 3 });
	};

	try {
		const log = (name: string) => path.join(OUT, `logs/queue-mode/${name}.log`);
		const [redis, postgres] = await Promise.all([
			startRedis(path.join(folder, 'redis'), log('redis')).then(keep),
			startPostgres(path.join(folder, 'postgres'), log('postgres')).then(keep),
		]);
		const env = {
			...environment(redis, postgres),
			...(options.sharedStorage ? { N8N_STORAGE_PATH: path.join(folder, 'storage') } : {}),
			...options.env,
		};
		const start = async (name: string, command: StartOptions['command']) =>
			keep(
				await startN8n({
					version,
					command,
					userFolder: path.join(folder, name),
					tarball,
					logFile: log(name),
					env,
				}),
			);
		// First, as it makes the tables.
		const main = await start('main', 'start');
		let number = 0;
		const addWorker = async () => await start(`worker-${++number}`, 'worker');
		const workers = await Promise.all(Array.from({ length: count }, addWorker));
		return { main, workers, redis, addWorker, close };
	} catch (error) {
		await close();
		throw error;
	}
}

function environment(redis: Redis, postgres: Postgres): Record<string, string> {
	return {
		EXECUTIONS_MODE: 'queue',
		N8N_ENCRYPTION_KEY: randomBytes(24).toString('base64'),
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(redis.port),
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: String(postgres.port),
		DB_POSTGRESDB_USER: postgres.user,
		DB_POSTGRESDB_DATABASE: postgres.database,
	};
}
