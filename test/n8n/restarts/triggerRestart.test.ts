import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import workflow from '../../../examples/submit-then-trigger.json';
import { connect, sandbox, startAnother, version } from '../../support/n8n';
import { rest, until } from '../../support/until';

type Client = Awaited<ReturnType<typeof connect>>;
type N8n = Awaited<ReturnType<typeof startAnother>>;

interface Job {
	id: string;
}

/** Durable polls of n8n 2.41, which are off by default. */
const DURABLE = {
	N8N_SCHEDULER_ENABLED: 'true',
	N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
	N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
};

const MODEL = 'seedance-2-0-fast-260128';
const TRIGGER = 'GMI Video Trigger';
const gmi = sandbox.sandbox;

const polls = () => gmi.log.find({ endpoint: 'list' }).length as number;

/** n8n 2 says that a workflow is active, and that it has started, before the first poll. */
async function polled(action: () => Promise<void>): Promise<void> {
	const before = polls();
	await action();
	await until('poll', 240, async () => polls() > before || undefined);
	await rest(1500);
}

async function control(path: string, body: object): Promise<Record<string, unknown>> {
	const response = await fetch(`${gmi.controlUrl}/${path}`, {
		method: 'POST',
		body: JSON.stringify(body),
	});
	return (await response.json()) as Record<string, unknown>;
}

async function add(): Promise<Job> {
	const { id } = await control('requests', { model: MODEL, status: 'processing' });
	return { id: String(id) };
}

const finish = async ({ id }: Job) => await control(`requests/${id}/finish`, {});

/** An n8n with the trigger active. */
class Bed {
	private client!: Client;
	private workflowId = '';

	constructor(readonly n8n: N8n) {}

	async deploy(): Promise<void> {
		this.client = await connect(this.n8n.url);
		const { key, url } = sandbox;
		const data = { apiKey: key, organizationId: '', baseUrl: url };
		const { id, name } = await this.client.createCredential('gmiCloudApi', 'GMI', data);
		const nodes = workflow.nodes.map((node) =>
			node.type.startsWith('n8n-nodes-gmicloud')
				? { ...node, credentials: { gmiCloudApi: { id, name } } }
				: node,
		);
		this.workflowId = await this.client.createWorkflow({ ...workflow, nodes });
		await this.activate();
	}

	activate = async () => await polled(async () => await this.client.activate(this.workflowId));

	async deactivate(): Promise<void> {
		await this.client.deactivate(this.workflowId);
		await rest(3000);
	}

	async start(): Promise<void> {
		await polled(async () => await this.n8n.start());
		this.client = await connect(this.n8n.url);
	}

	/** Kills n8n and starts it again. */
	async restartHard(meanwhile: () => Promise<unknown> = async () => {}): Promise<void> {
		await this.n8n.kill9();
		await meanwhile();
		await this.start();
	}

	/** Ids the trigger has handed over, one entry each time, oldest execution first. */
	async emitted(): Promise<string[]> {
		const executions = await this.client.executions(this.workflowId);
		const ids: string[] = [];
		for (const { id } of executions.reverse()) {
			const { data } = await this.client.execution(id);
			const runs = data?.resultData.runData[TRIGGER] ?? [];
			const items = (runs[0]?.data?.main[0] ?? []) as INodeExecutionData[];
			expect(items.every(({ binary }) => binary?.data !== undefined)).toBe(true);
			ids.push(...items.map(({ json }: { json: IDataObject }) => String(json.request_id)));
		}
		return ids;
	}

	async untilEmitted(jobs: Job[], seconds = 20): Promise<void> {
		const wanted = jobs.map(({ id }) => id).sort();
		await until(`execution for ${wanted.length} requests`, seconds, async () => {
			const emitted = await this.emitted();
			return wanted.every((id) => emitted.includes(id)) || undefined;
		});
		expect((await this.emitted()).sort()).toEqual(wanted);
	}
}

const WAYS = version.startsWith('1.')
	? [{ name: 'as it is', env: {} }]
	: [
			{ name: 'as it is', env: {} },
			{ name: 'with durable polls', env: DURABLE },
		];

describe.each(WAYS)('the trigger in n8n $name', ({ env }) => {
	it('tells each request once, whenever n8n is killed', async () => {
		gmi.reset();
		await control('history', { model: MODEL, count: 30, ageMs: 60_000 });
		const running = await add();
		const bed = new Bed(await startAnother({ env }));
		await bed.deploy();
		// With durable polls n8n stores nothing of the one at activation.
		if ('N8N_SCHEDULER_ENABLED' in env) await polled(async () => {});
		expect(await bed.emitted()).toEqual([]);
		const all = [running];
		const make = async () => {
			const job = await add();
			all.push(job);
			return job;
		};

		// While n8n is down: one that was running at activation, one that n8n has never seen.
		const unseen = await make();
		await bed.restartHard(async () => {
			await finish(running);
			await finish(unseen);
		});
		await bed.untilEmitted(all);

		// Right after handing over, with nothing new: no repetition.
		await bed.restartHard();
		await bed.restartHard();
		await bed.untilEmitted(all);

		// Seen open by a poll without items, which a killed n8n may forget.
		const forgotten = await make();
		await bed.restartHard();
		await bed.restartHard(async () => await finish(forgotten));
		await bed.untilEmitted(all);

		// In the middle of a poll, while the file is on its way.
		const interrupted = await make();
		await control('faults', { name: 'delay', endpoint: 'artifact', delayMs: 8_000 });
		const downloads = () => gmi.log.find({ endpoint: 'artifact' }).length as number;
		const before = downloads();
		await finish(interrupted);
		await until('download', 90, async () => downloads() > before || undefined);
		await bed.restartHard();
		await bed.untilEmitted(all);

		// As soon as the execution shows.
		const sudden = await make();
		await bed.restartHard(async () => await finish(sudden));
		await until('execution', 20, async () =>
			(await bed.emitted()).includes(sudden.id) ? true : undefined,
		);
		await bed.restartHard();
		await bed.untilEmitted(all);

		// Deactivated meanwhile.
		const meanwhile = await make();
		await bed.deactivate();
		await finish(meanwhile);
		await bed.activate();
		await bed.untilEmitted(all);

		// At its usual time, and no more at the next.
		const usual = await make();
		await finish(usual);
		await bed.untilEmitted(all, 90);
		await polled(async () => {});
		await bed.untilEmitted(all);
		await bed.n8n.kill9();
	}, 900_000);
});
