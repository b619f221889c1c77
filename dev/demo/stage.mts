import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { buildPackage } from '../buildPackage.mjs';
import { PlainError } from '../cli.mjs';
import {
	connect,
	DEFAULT_VERSION,
	installHost,
	startN8n,
	type N8nClient,
	type RunningN8n,
} from '../n8n/index.mjs';
import { OUT } from '../paths.mjs';
import { withProgress, type OnProgress } from '../progress.mjs';
import { exampleWorkflow } from './exampleWorkflow.mjs';
import { openService, type Service } from './service.mjs';

/** n8n with the package, a credential and the example workflow in it. */
export interface Stage {
	service: Service;
	n8n: RunningN8n;
	client: N8nClient;
	workflowId: string;
	/** n8n's data; gone after {@link close}. */
	userFolder: string;
	/** Ends everything that was started. */
	close(): Promise<void>;
}

interface StageOptions {
	onProgress: OnProgress;
	port?: number;
	prompts?: number;
	/** Called with the way to end what has been started so far, each time there is more of it. */
	onOpen?: (close: () => Promise<void>) => void;
}

/** Installs, builds and starts what the demo needs. What was started ends again when a later step fails. */
export async function setStage({
	onProgress,
	port,
	prompts,
	onOpen,
}: StageOptions): Promise<Stage> {
	const closers: Array<() => Promise<unknown>> = [];
	const close = async () => {
		for (const end of closers.splice(0).reverse()) await end();
	};
	onOpen?.(close);
	try {
		const service = await openService();
		closers.push(() => service.stop());

		await installHost(DEFAULT_VERSION, { onProgress });
		const tarball = await withProgress('building the package', onProgress, buildPackage);

		const userFolder = await mkdtemp(path.join(tmpdir(), 'n8n-demo-'));
		closers.push(() => rm(userFolder, { recursive: true, force: true, maxRetries: 3 }));
		const logFile = path.join(OUT, 'logs/n8n.log');
		const n8n = await withProgress(`starting n8n ${DEFAULT_VERSION}`, onProgress, () =>
			startN8n({ userFolder, tarball, logFile, port }),
		);
		closers.push(() => n8n.stop());

		const client = await connect(n8n.url);
		const credential = await createCredential(client, service).catch((error) => {
			throw new PlainError(
				`n8n did not take the package's credential, ${error.message}; see ${logFile}.`,
			);
		});
		const workflow = await exampleWorkflow({ credential, model: service.model, prompts });
		const workflowId = await client.createWorkflow(workflow);
		return { service, n8n, client, workflowId, userFolder, close };
	} catch (error) {
		await close();
		throw error;
	}
}

function createCredential(client: N8nClient, { apiKey, organizationId, baseUrl }: Service) {
	const data = { apiKey, organizationId, baseUrl };
	return client.createCredential('gmiCloudApi', 'GMI Cloud API', data);
}
