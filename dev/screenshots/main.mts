// `npm run screenshots`: makes the README's pictures in a real n8n, against the sandbox. Needs Chromium.
import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';

import { launchChromium } from '../../test/support/browserLaunch.js';
import { runProgram } from '../cli.mjs';
import { endOnSignal } from '../demo/endOnSignal.mjs';
import { setStage, type Stage } from '../demo/stage.mjs';
import { ROOT } from '../paths.mjs';
import { progressPrinter } from '../progress.mjs';
import { createCredentials, importExample } from './examples.mjs';
import { Pages } from './pages.mjs';
import { oneVideo, submitAndFollow } from './workflows.mjs';

/** Their pictures have the names of the examples. */
const EXAMPLES = ['agent-tool', 'scheduled-batch-from-sheet', 'video-to-storage-and-chat'];

runProgram(async () => {
	// Pictures are made of the sandbox, never of a paid account.
	delete process.env.GMI_API_KEY;
	const ending = endOnSignal();
	const stage = await setStage({ onProgress: progressPrinter(), onOpen: ending.by });
	try {
		await mkdir(path.join(ROOT, 'docs/pictures'), { recursive: true });
		for (const file of await takePictures(stage)) {
			const { size } = await stat(file);
			console.log(`${path.relative(ROOT, file)}  ${Math.ceil(size / 1024)} kB`);
		}
	} finally {
		await stage.close();
	}
});

async function takePictures({ client, n8n, service }: Stage): Promise<string[]> {
	const { id, name } = await client.createCredential('gmiCloudApi', 'GMI Cloud API', {
		apiKey: service.apiKey,
		organizationId: '',
		baseUrl: service.baseUrl,
	});
	const video = await client.createWorkflow(oneVideo({ id, name }, service.model));
	const follow = await client.createWorkflow(submitAndFollow({ id, name }, service.model));

	const browser = await launchChromium();
	try {
		const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
		const [cookie, ...value] = client.http.cookie.split('=');
		await context.addCookies([{ name: cookie, value: value.join('='), url: n8n.url }]);
		const pages = new Pages(await context.newPage(), n8n.url);
		const pictures: string[] = [];
		const take = async (picture: string) => pictures.push(await pages.picture(picture));

		await createCredentials(client);
		for (const example of EXAMPLES) {
			await pages.openCanvas(await importExample(client, example));
			await take(example);
		}

		await pages.openCanvas(follow);
		await take('submit-and-follow');

		await pages.openCanvas(video);
		await pages.openNode('GMI Video', 'Resolution (default 720p)');
		await pages.openModelList();
		await take('model-list');
		await pages.close();

		await pages.openCanvas(video);
		await pages.openNode('GMI Video', 'Resolution (default 720p)');
		await pages.choose('resolution', '720p');
		await pages.choose('ratio', '16:9');
		await pages.runAndView();
		await pages.scrollTo('Model');
		await take('video');
		return pictures;
	} finally {
		await browser.close();
	}
}
