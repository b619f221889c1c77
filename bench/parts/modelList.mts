import type { N8nClient } from '../../dev/n8n/index.mjs';
import type { RunningSandbox } from '../../dev/sandbox/index.mjs';
import type { ModelListResult, Opening } from '../results.mjs';
import type { Stage } from '../stage.mjs';
import { gmiCredential, SERIAL_NODE, serialCredential } from '../workflows.mjs';

type Open = (client: N8nClient, sandbox: RunningSandbox) => Promise<() => Promise<number>>;

/** Opens the list of models as the editor does; each returns how many entries came. */
const OPEN: Record<'package' | 'serial', Open> = {
	package: async (client, sandbox) => {
		const node = {
			type: 'n8n-nodes-gmicloud.gmiVideo',
			parameters: {
				resource: 'video',
				operation: 'generate',
				model: { __rl: true, mode: 'list', value: '' },
			},
			credentials: { gmiCloudApi: await gmiCredential(client, sandbox) },
			parameterName: 'model',
			methodName: 'searchModels',
		};
		return async () => (await client.resourceLocatorResults(node)).results.length;
	},
	serial: async (client, sandbox) => {
		const node = {
			type: SERIAL_NODE,
			parameters: { model: '' },
			credentials: { serialVideoApi: await serialCredential(client, sandbox) },
			parameterName: 'model',
			methodName: 'getModels',
		};
		return async () => (await client.options(node)).length;
	},
};

/** Opens the list of models for the first time, with a service that is new to n8n each time, and once more. */
export async function measureModelList(stage: Stage): Promise<ModelListResult> {
	const { models, repetitions } = stage.plan;
	const { client, n8n } = await stage.start();
	const openings: ModelListResult['openings'] = { package: [], serial: [] };
	// The first one loads code, and does not count.
	for (let repetition = -1; repetition < repetitions; repetition++) {
		for (const contender of ['package', 'serial'] as const) {
			const sandbox = await stage.sandbox({ catalogueSize: models });
			const open = await OPEN[contender](client, sandbox);
			const first = await timed(sandbox, open);
			const again = await timed(sandbox, open);
			if (repetition < 0) continue;
			openings[contender].push({
				firstMs: first.ms,
				firstCalls: first.calls,
				againMs: again.ms,
				againCalls: again.calls,
			} satisfies Opening);
			stage.note(
				`${models} models, repetition ${repetition + 1}, ${contender}: ${first.ms.toFixed(0)} ms, ${first.calls} calls, again ${again.ms.toFixed(0)} ms, ${again.calls} calls`,
			);
		}
	}
	await n8n.stop();
	return { models, openings };
}

async function timed({ sandbox }: RunningSandbox, open: () => Promise<number>) {
	const before = apiCalls(sandbox);
	const startedAt = performance.now();
	const entries = await open();
	const ms = performance.now() - startedAt;
	if (entries === 0) throw new Error('The list of models came back empty');
	return { ms, calls: apiCalls(sandbox) - before };
}

function apiCalls({ log }: RunningSandbox['sandbox']): number {
	return log.find({ server: 'api' }).length;
}
