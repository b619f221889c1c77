import { sleep } from 'n8n-workflow';

import { connect, startAnother } from '../../support/n8n';
import { ProcessReport } from '../../support/processReport';
import { startSandbox } from '../../support/sandbox';
import type { Sandbox } from '../../support/sandboxTypes';
import { until } from '../../support/until';
import { harvest, requestIdOf, type Client } from './account';
import { isCollected, type Using } from './workflows';

const MEASURE_EVERY_MS = 10_000;

const BREAKS_OFF = ['truncated', 'chunked-cut'];

/** An n8n and a service that nobody else uses. */
export class Stage {
	private constructor(
		readonly sandbox: Sandbox,
		readonly n8n: Awaited<ReturnType<typeof startAnother>>,
		readonly client: Client,
		/** What n8n's process tells of itself. */
		readonly report: ProcessReport,
	) {}

	static async open(): Promise<Stage> {
		const report = new ProcessReport();
		const sandbox = await startSandbox();
		const n8n = await startAnother({ env: report.env });
		return new Stage(sandbox, n8n, await connect(n8n.url), report);
	}

	async close(): Promise<void> {
		await this.n8n.kill9();
		await this.sandbox.stop();
		this.report.remove();
	}

	async credential(name: string, apiKey: string): Promise<Using> {
		const data = { apiKey, organizationId: '', baseUrl: this.sandbox.url };
		const { id } = await this.client.createCredential('gmiCloudApi', name, data);
		return { id, name };
	}

	/** @returns the workflow's id */
	async deploy(workflow: object): Promise<string> {
		const id = await this.client.createWorkflow(workflow);
		await this.client.activate(id);
		return id;
	}

	/** Lets time pass, and measures n8n's memory meanwhile. */
	async pass(ms: number): Promise<void> {
		const end = Date.now() + ms;
		while (Date.now() < end) {
			await sleep(Math.min(MEASURE_EVERY_MS, end - Date.now()));
			this.report.askForMemory(this.n8n.pid);
		}
	}

	/** Nothing of the workflows runs any more. */
	async untilOver(workflowIds: string[], seconds: number): Promise<void> {
		await until('end of all executions', seconds, async () => {
			const open = workflowIds.map(async (id) => await this.client.openExecutions(id));
			return (await Promise.all(open)).flat().length === 0 || undefined;
		});
	}

	/** The trigger has told of every request it is to tell of. */
	async untilCollected(workflowId: string, seconds: number): Promise<void> {
		await until('end of what the trigger has to tell', seconds, async () => {
			const told = (await harvest(this.client, workflowId)).ends.map(requestIdOf);
			const due = (await this.accepted()).filter(({ payload }) => isCollected(`${payload.prompt}`));
			return due.every(({ id }) => told.includes(id)) || undefined;
		});
	}

	/** Requests of models that answer when they are done, which failed, and whose refusal broke off. */
	async unread() {
		const refusals = await this.sandbox.log({ endpoint: 'submit', status: 400 });
		const broken = refusals.filter(({ fault }) => BREAKS_OFF.includes(String(fault)));
		return new Set(broken.map(({ requestId }) => requestId));
	}

	/** What the service took, and may have been paid for. */
	async accepted() {
		return (await this.sandbox.requests()).filter(({ source }) => source === 'api');
	}
}
