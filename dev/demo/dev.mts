// `npm run dev`: the editor of a real n8n with the package in it, rebuilt when a source file changes.
import { PlainError, runProgram } from '../cli.mjs';
import { needFreePort, OWNER } from '../n8n/index.mjs';
import { progressPrinter } from '../progress.mjs';
import { endOnSignal } from './endOnSignal.mjs';
import { rebuildOnChange } from './rebuildOnChange.mjs';
import { setStage } from './stage.mjs';

const USUAL_PORT = 5678;

runProgram(async () => {
	const ending = endOnSignal();
	const stage = await setStage({
		onProgress: progressPrinter(),
		port: await choosePort(),
		onOpen: ending.by,
	});
	console.log(`
The editor:  ${stage.n8n.url}/workflow/${stage.workflowId}
Log in with: ${OWNER.email}
Password:    ${OWNER.password}

Videos come from ${stage.service.name}${stage.service.price ? ' and cost money' : ''}.
A change in nodes/ or credentials/ is built and n8n restarted. Ctrl-C ends everything.
`);
	await rebuildOnChange(stage.n8n, stage.userFolder);
});

/** The port that was asked for, or n8n's usual one when it is free, or any. */
async function choosePort(): Promise<number | undefined> {
	const wanted = process.env.N8N_PORT;
	if (wanted !== undefined) {
		const port = Number(wanted);
		if (!(port > 0 && port < 65_536))
			throw new PlainError(`N8N_PORT is ${wanted}, which is no port.`);
		await needFreePort(port);
		return port;
	}
	return await needFreePort(USUAL_PORT).then(
		() => USUAL_PORT,
		() => undefined,
	);
}
