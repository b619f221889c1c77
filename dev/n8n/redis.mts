import { mkdir } from 'node:fs/promises';
import { connect } from 'node:net';

import { freePorts } from './ports.mjs';
import { findProgram, startService, type Service } from './serviceProcess.mjs';

/** A Redis of its own on loopback. */
export interface Redis extends Service {
	port: number;
	/** Starts it again on the same port and data, after `kill9`. */
	start(): Promise<void>;
}

/**
 * @param folder for its data
 * @throws {PlainError} when Redis is not installed or does not start
 */
export async function startRedis(folder: string, logFile: string): Promise<Redis> {
	const program = findProgram('redis-server', 'redis-server');
	const [port] = await freePorts(1);
	await mkdir(folder, { recursive: true });
	const options = {
		port,
		bind: '127.0.0.1',
		dir: folder,
		// On disk with every write, as an operator has it who wants to keep a queue.
		appendonly: 'yes',
		appendfsync: 'always',
	};
	const start = async () =>
		await startService({
			name: 'Redis',
			program,
			args: Object.entries(options).flatMap(([name, value]) => [`--${name}`, `${value}`]),
			cwd: folder,
			logFile,
			isReady: async () => await answersPing(port),
		});
	let service = await start();
	return {
		port,
		kill9: async () => await service.kill9(),
		start: async () => {
			service = await start();
		},
	};
}

async function answersPing(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
		const settle = (answer: boolean) => {
			socket.destroy();
			resolve(answer);
		};
		socket.setTimeout(1000, () => settle(false));
		socket.once('data', (reply) => settle(reply.toString().startsWith('+PONG')));
		socket.once('error', () => settle(false));
	});
}
