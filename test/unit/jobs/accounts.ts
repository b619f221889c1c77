import { JobFailure } from '../../../nodes/shared/jobs/failure';
import { fingerprint } from '../../../nodes/shared/jobs/samePayload';
import type { FakeGmi } from '../../support/fakeGmi';
import { endOf, statusOf, type FakeJob } from '../../support/fakeGmiJobs';
import type { Content, JobsResult } from './runJobs';

/** One execution of the node: its items and what each of its tries came to. */
export interface Execution {
	contents: Content[];
	tries: JobsResult[];
}

const contentOf = ({ model, payload }: Content) => fingerprint([model, payload]);

/** What went wrong with the money: nothing may be paid twice, lost, or given to two items. */
export function wrongsIn(gmi: FakeGmi, executions: Execution[]): string[] {
	return [
		...paidTwice(gmi, executions),
		...lost(gmi, executions),
		...shared(executions),
		...mixedUp(gmi, executions),
	];
}

function paidTwice(gmi: FakeGmi, executions: Execution[]): string[] {
	const wanted = count(executions.flatMap(({ contents }) => contents.map(contentOf)));
	return gmi.jobs.flatMap((job, nth) => {
		const content = contentOf(job);
		const running = gmi.jobs
			.slice(0, nth + 1)
			.filter((other) => contentOf(other) === content && !hadFailed(other, job.acceptedAt));
		const most = wanted.get(content) ?? 0;
		return running.length <= most ? [] : [`${job.id} paid, with ${running.length - 1} of ${most}`];
	});
}

/** Accepted requests that no last try names, beyond those it admits it is not sure of. */
function lost(gmi: FakeGmi, executions: Execution[]): string[] {
	const named = new Set(executions.flatMap(({ tries }) => namedIn(tries[tries.length - 1])));
	const admitted = count(executions.flatMap(admittedIn));
	const unnamed = gmi.jobs.filter((job) => !named.has(job.id) && !hadFailed(job, Date.now()));
	const missing = count(unnamed.map(contentOf));
	return [...missing].flatMap(([content, n]) => {
		const most = admitted.get(content) ?? 0;
		return n <= most ? [] : [`${n} of ${content} lost, ${most} admitted`];
	});
}

function shared(executions: Execution[]): string[] {
	const owners = new Map<string, Set<string>>();
	executions.forEach(({ tries }, execution) => {
		for (const { accepted } of tries) {
			for (const [item, { request_id: id }] of accepted) {
				owners.set(id, (owners.get(id) ?? new Set()).add(`${execution}/${item}`));
			}
		}
	});
	return [...owners].flatMap(([id, items]) =>
		items.size > 1 ? [`${id} belongs to ${[...items].join(' and ')}`] : [],
	);
}

/** Items that got a request of other content. */
function mixedUp(gmi: FakeGmi, executions: Execution[]): string[] {
	return executions.flatMap(({ contents, tries }) =>
		tries.flatMap(({ accepted }) =>
			[...accepted].flatMap(([item, { request_id: id }]) => {
				const job = gmi.jobs.find((other) => other.id === id);
				return job && contentOf(job) === contentOf(contents[item])
					? []
					: [`item ${item} got ${id}`];
			}),
		),
	);
}

function namedIn({ accepted, run }: JobsResult): string[] {
	const failures = (run?.settled ?? []).map(({ error }) => error);
	const candidates = failures.flatMap((error) =>
		error instanceof JobFailure ? (error.details.candidates ?? []) : [],
	);
	return [...[...accepted.values()].map(({ request_id: id }) => id), ...candidates];
}

function admittedIn({ contents, tries }: Execution): string[] {
	return [...tries[tries.length - 1].unanswered].map((item) => contentOf(contents[item]));
}

function hadFailed(job: FakeJob, at: number): boolean {
	return ['failed', 'cancelled'].includes(statusOf(job, at)) && endOf(job) <= at;
}

function count(values: string[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
	return counts;
}
