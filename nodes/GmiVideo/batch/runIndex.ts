import type { IExecuteFunctions } from 'n8n-workflow';

/** Which run of the node within its execution this is: a loop has several, a retry stays in the same. */
export function runIndexOf(context: IExecuteFunctions): number {
	const index: unknown = context.getWorkflowDataProxy(0).$runIndex;
	return typeof index === 'number' ? index : 0;
}
