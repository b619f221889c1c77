import { createServer } from 'node:net';

import { PlainError } from '../cli.mjs';

/** Some ports nobody listens on at the moment, all different. */
export async function freePorts(count: number): Promise<number[]> {
	const servers = await Promise.all(Array.from({ length: count }, () => listen(0)));
	const ports = servers.map((server) => (server.address() as { port: number }).port);
	await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
	return ports;
}

/** @throws {PlainError} when another program listens on that port */
export async function needFreePort(port: number): Promise<void> {
	try {
		const server = await listen(port);
		await new Promise((resolve) => server.close(resolve));
	} catch {
		throw new PlainError(
			`Port ${port} is taken by another program: free it or choose another one.`,
		);
	}
}

function listen(port: number) {
	return new Promise<ReturnType<typeof createServer>>((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(port, '127.0.0.1', () => resolve(server));
	});
}
