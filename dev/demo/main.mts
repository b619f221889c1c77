// `npm run demo`: prompts in, MP4 files out, through a real n8n.
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { runProgram } from '../cli.mjs';
import { OUT } from '../paths.mjs';
import { progressPrinter } from '../progress.mjs';
import { WEBHOOK_PATH } from './exampleWorkflow.mjs';
import { endOnSignal } from './endOnSignal.mjs';
import { saveVideos } from './saveVideos.mjs';
import { newestRequests, type Service } from './service.mjs';
import { setStage } from './stage.mjs';
import { watchRun } from './watchRun.mjs';

const SECONDS_TO_CHANGE_ONES_MIND = 5;

runProgram(async () => {
	const paid = Boolean(process.env.GMI_API_KEY);
	const ending = endOnSignal();
	const stage = await setStage({
		onProgress: progressPrinter(),
		prompts: paid ? 1 : undefined,
		onOpen: ending.by,
	});
	try {
		if (stage.service.price) await warnOfCost(stage.service);
		console.log(`\nRunning the example with ${stage.service.model} on ${stage.service.name}:`);
		const known = await newestRequests(stage.service, 20);
		await stage.client.activate(stage.workflowId);
		await stage.client.runWebhook(WEBHOOK_PATH);
		const execution = await watchRun(stage, known);
		const lines = await saveVideos(stage.client, execution, path.join(OUT, 'demo'));
		console.log(`\n${lines.length === 1 ? 'The video:' : 'The videos:'}\n  ${lines.join('\n  ')}`);
	} finally {
		await stage.close();
	}
});

async function warnOfCost(service: Service): Promise<void> {
	console.log(`\nThis makes one video at ${service.name} and costs money.`);
	console.log(`Price of ${service.model}: ${service.price}. GMI_MODEL chooses another model.`);
	console.log(`It starts in ${SECONDS_TO_CHANGE_ONES_MIND} s; Ctrl-C stops it.`);
	await sleep(SECONDS_TO_CHANGE_ONES_MIND * 1000);
}
