import { PollContext } from 'n8n-core';
import type { INode, INodeExecutionData, INodeParameters, Workflow } from 'n8n-workflow';

import { GmiVideoTrigger } from '../../../nodes/GmiVideoTrigger/GmiVideoTrigger.node';
import { additionalData, workflowOf } from '../../support/engine';
import type { Sandbox } from '../../support/sandboxTypes';

const NODE = 'Node';
let beds = 0;

/** A trigger in a workflow, polled as n8n polls it; its static data lives as long as the workflow. */
export class TriggerBed {
	readonly workflow: Workflow;
	private readonly trigger = new GmiVideoTrigger();

	constructor(
		private readonly sandbox: Sandbox,
		parameters: INodeParameters = {},
		staticData?: object,
		/** What n8n from 2.38 on tells of the time a poll may take. */
		private readonly budgetMs?: number,
		id = `node-${++beds}`,
	) {
		this.workflow = workflowOf({
			node: this.trigger,
			settings: { id },
			parameters: { events: ['success'], models: [], downloadOutput: false, ...parameters },
		});
		if (staticData) this.workflow.getStaticData('node', this.node).follow = staticData as never;
		this.workflow.staticData.__dataChanged = false;
	}

	/** What n8n would store now; undefined when n8n notices no change. */
	get changed(): boolean {
		return this.workflow.staticData.__dataChanged === true;
	}

	get state(): object {
		const { follow } = this.workflow.getStaticData('node', this.node);
		return JSON.parse(JSON.stringify(follow)) as object;
	}

	/** One poll; gives its items, none for null. */
	async poll(mode: 'trigger' | 'manual' = 'trigger'): Promise<INodeExecutionData[]> {
		const { key, url } = this.sandbox;
		const context = new PollContext(
			this.workflow,
			this.node,
			additionalData({ apiKey: key, baseUrl: url, organizationId: '' }),
			mode,
			'activate',
		);
		const { budgetMs } = this;
		if (budgetMs !== undefined) Object.assign(context, { getPollBudgetMs: () => budgetMs });
		const outputs = await this.trigger.poll.call(context);
		return outputs?.[0] ?? [];
	}

	private get node(): INode {
		return this.workflow.nodes[NODE];
	}
}
