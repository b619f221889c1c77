interface Run {
	owner: object;
	isSuperseded: boolean;
}

const running = new Map<string, Run>();

/**
 * Runs a poll unless the node's last one still goes on: n8n starts the next at its time all the same, and
 * both would hand over the same requests. Gives null then.
 *
 * @param owner what n8n gave the node to keep its data in. When another comes along, the workflow was
 * activated anew: the poll that still goes on works on data nobody reads again, and is told so
 */
export async function onePollAtATime<T>(
	node: string,
	owner: object,
	poll: (isSuperseded: () => boolean) => Promise<T>,
): Promise<T | null> {
	const other = running.get(node);
	if (other) {
		other.isSuperseded = other.owner !== owner;
		return null;
	}
	const run: Run = { owner, isSuperseded: false };
	running.set(node, run);
	try {
		return await poll(() => run.isSuperseded);
	} finally {
		running.delete(node);
	}
}
