import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { connect } from '../../support/n8n';
import type { Overview } from '../../support/sandboxTypes';
import { GMI, isCollected, SOURCE, STATUS, TRIGGER, UNSEEN_MODEL } from './workflows';

export type Client = Awaited<ReturnType<typeof connect>>;

/** What became of a prompt, as n8n stored it. */
export interface Outcome {
	/** Undefined for what the trigger found: it knows requests, not prompts. */
	prompt?: string;
	item: INodeExecutionData;
}

interface Runs {
	[node: string]: Array<{ data?: { main: Array<INodeExecutionData[] | null> } }>;
}

/** Everything the executions of a workflow hold about prompts and their ends. */
export interface Harvest {
	prompts: string[];
	/** Ends of prompts, and of requests by whoever collected them. */
	ends: Outcome[];
	/** Requests that were submitted for others to follow. */
	submitted: Outcome[];
	executions: number;
	/** Executions that did not succeed. */
	broken: string[];
}

/** @param client of the n8n @param workflowId whose executions are over */
export async function harvest(client: Client, workflowId: string): Promise<Harvest> {
	const all: Harvest = { prompts: [], ends: [], submitted: [], executions: 0, broken: [] };
	for (const { id } of await client.executions(workflowId, 250)) {
		all.executions++;
		const execution = await client.execution(id);
		const runs: Runs = execution.data?.resultData.runData ?? {};
		const prompts = itemsOf(runs, SOURCE, 0).map(({ json }) => String(json.prompt));
		const { error } = execution.data?.resultData ?? {};
		// A refused key is told at once when the trigger polls, and the next poll finds what there is.
		const isPoll = prompts.length === 0 && /refused the API key/.test(`${error?.message}`);
		if (execution.status !== 'success' && !isPoll) {
			all.broken.push(`${id}: ${execution.status} ${error?.message} ${error?.description}`);
		}
		const withPrompt = (item: INodeExecutionData) => ({ prompt: prompts[indexOf(item)], item });
		all.prompts.push(...prompts);
		const good = itemsOf(runs, GMI, 0).map(withPrompt);
		const followed = good.some(({ item }) => !isOver(item));
		all[followed ? 'submitted' : 'ends'].push(...good);
		all.ends.push(...itemsOf(runs, GMI, 1).map(withPrompt));
		for (const output of [0, 2]) all.ends.push(...itemsOf(runs, STATUS, output).map(unnamed));
		all.ends.push(...itemsOf(runs, TRIGGER, 0).map(unnamed));
	}
	return all;
}

const unnamed = (item: INodeExecutionData): Outcome => ({ item });

function isOver({ json, binary }: INodeExecutionData): boolean {
	return binary !== undefined || json.error !== undefined;
}

function itemsOf(runs: Runs, node: string, output: number): INodeExecutionData[] {
	return (runs[node] ?? []).flatMap(({ data }) => data?.main[output] ?? []);
}

function indexOf({ pairedItem }: INodeExecutionData): number {
	const first: unknown = Array.isArray(pairedItem) ? pairedItem[0] : pairedItem;
	return typeof first === 'number' ? first : ((first as { item?: number } | undefined)?.item ?? -1);
}

export const requestIdOf = ({ item: { json } }: Outcome) => json.request_id as string | undefined;

/** The words of a bad end; the trigger and the status node have names of their own for them. */
export function reasonOf({ item: { json } }: Outcome): string {
	const said = json.error ?? json.failure_reason ?? json.download_error;
	if (said !== undefined) return String(said);
	return ['failed', 'cancelled'].includes(String(json.status)) ? String(json.status) : '';
}

/** Whose requests nobody shows, so that one whose answer got lost can only be guessed. */
function possibleIdsOf({ item: { json } }: Outcome): string[] {
	return (json.possible_request_ids ?? []) as string[];
}

/**
 * What went wrong with prompts, requests and their ends: each prompt has one end, each accepted request is
 * one prompt's and comes out once.
 *
 * @param accepted all that the service took
 * @param unread ids of requests that failed at once, told by a refusal that broke off before its end
 */
export function wrongsIn(
	harvests: Harvest[],
	accepted: Overview,
	unread: Set<string | undefined>,
): string[] {
	const prompts = harvests.flatMap((one) => one.prompts);
	const ends = harvests.flatMap((one) => one.ends);
	const submitted = harvests.flatMap((one) => one.submitted);
	const promptOfRequest = new Map(accepted.map(({ id, payload }) => [id, String(payload.prompt)]));
	const endsById = groupBy(ends, requestIdOf);
	const wrongs = harvests.flatMap(({ broken }) => broken.map((one) => `execution ${one}`));

	for (const { id, model } of accepted) {
		const prompt = promptOfRequest.get(id)!;
		// The trigger tells of every request of its account, also of those whose end the submit has told.
		const own = (endsById.get(id) ?? []).filter(
			(end) => end.prompt === undefined || !isCollected(prompt),
		);
		const isGuessed = ends.some((end) => possibleIdsOf(end).includes(id));
		const isFound = own.length === 1 || (own.length === 0 && isGuessed && model === UNSEEN_MODEL);
		if (!isFound && !unread.has(id)) {
			const told = ends.filter((end) => end.prompt === prompt).map(({ item }) => item.json);
			wrongs.push(`${id} (${prompt}) came out ${own.length} times: ${JSON.stringify(told)}`);
		}
		if (own.some((end) => end.prompt !== undefined && end.prompt !== prompt)) {
			wrongs.push(`${id} is of "${prompt}" and came out for "${own[0].prompt}"`);
		}
	}
	const acceptedByPrompt = groupBy(accepted, ({ payload }) => String(payload.prompt));
	for (const [prompt, requests] of acceptedByPrompt) {
		if (requests.length > 1) wrongs.push(`"${prompt}" was accepted ${requests.length} times`);
		if (!prompts.includes(prompt)) wrongs.push(`"${prompt}" is no prompt of ours`);
	}

	// A request that others follow ends with them; the prompt's own end is then theirs.
	const endOf = (outcome: Outcome) => endsById.get(requestIdOf(outcome) ?? '')?.length ?? 0;
	const named = groupBy(
		ends.filter(({ prompt }) => prompt !== undefined),
		({ prompt }) => prompt,
	);
	const handedOn = groupBy(submitted, ({ prompt }) => prompt);
	for (const prompt of prompts) {
		const own = named.get(prompt)?.length ?? 0;
		const others = (handedOn.get(prompt) ?? []).map(endOf).reduce((sum, one) => sum + one, 0);
		if (own + others !== 1) wrongs.push(`"${prompt}" has ${own} ends and ${others} elsewhere`);
	}
	return [...wrongs, ...ends.flatMap((end) => wrongsOfEnd(end, promptOfRequest))];
}

function wrongsOfEnd(end: Outcome, promptOfRequest: Map<string, string>): string[] {
	const { json, binary } = end.item;
	const of = `"${end.prompt}" (${requestIdOf(end)})`;
	const reason = reasonOf(end);
	if (reason === '' && binary === undefined) return [`${of} has neither a file nor a reason`];
	if (binary !== undefined && json.status !== 'success') return [`${of} is ${json.status}`];
	if (binary !== undefined && !promptOfRequest.has(String(json.request_id))) {
		return [`${of} has a file and no request`];
	}
	return /undefined|\[object|null/.test(reason) ? [`${of} says: ${reason}`] : [];
}

function groupBy<T, K>(values: T[], keyOf: (value: T) => K | undefined): Map<K, T[]> {
	const groups = new Map<K, T[]>();
	for (const value of values) {
		const key = keyOf(value);
		if (key !== undefined) groups.set(key, [...(groups.get(key) ?? []), value]);
	}
	return groups;
}

/** Addresses of an end's files, in the order of its fields. */
export function addressesOf({ item: { json } }: Outcome): string[] {
	const artifacts = (json.artifacts ?? []) as IDataObject[];
	return artifacts.filter(({ kind }) => kind !== 'thumbnail').map(({ url }) => String(url));
}

export function tally(words: string[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
	return counts;
}
