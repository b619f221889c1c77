import type { GmiFault } from '../queue/fault';
import { failureReason } from '../queue/records';
import { JobFailure } from '../jobs/failure';
import { wordsOfFault, type Words } from './faultWords';

/** Says how a job ended and what its owner can do, with model, request id and time it took. */
export function wordsOfFailure(failure: JobFailure): Words {
	const { message, advice, failure: cause } = wordsOf(failure);
	return { message, advice: [advice, factsOf(failure)].join(' '), failure: cause };
}

const LIST_TOO_LONG =
	'The list of requests is too long to be searched for an identical one that far back';

function wordsOf(failure: JobFailure): Words {
	const { kind, model, record, fault, elapsedMs, candidates = [] } = failure.details;
	const spoken = fault === undefined ? undefined : wordsOfFault(fault, model);
	const reason = failure.details.reason ?? (record ? failureReason(record) : '');
	const took = elapsedMs === undefined ? '' : ` after ${duration(elapsedMs)}`;
	switch (kind) {
		case 'refused':
			return withAdvice(spoken, 'Nothing was started for this item.');
		case 'overloaded':
			return {
				message: `GMI Cloud accepts nothing for the model "${model}" within the time limit: ${spokenText(fault)}`,
				advice:
					'It was asked again at the pace GMI Cloud gave. Nothing was started for this item. Raise the Timeout, send fewer requests, or use another model.',
				failure: spoken?.failure,
			};
		case 'uncertain':
			return {
				message: `GMI Cloud may have accepted this request, but its answer never came: ${spokenText(fault)}`,
				advice: uncertainAdvice(candidates),
			};
		case 'unsearchable':
			return withAdvice(
				spoken ?? { message: LIST_TOO_LONG, advice: '' },
				'An identical earlier request was to be looked for (Reuse Within), and the list could not be read, so nothing was sent for this item.',
			);
		case 'failed':
			return {
				message: `The video request failed at GMI Cloud: ${reason === '' ? 'no reason was given' : reason}`,
				advice: 'GMI Cloud does not charge for failed requests. Change the input, or try again.',
			};
		case 'cancelled':
			return {
				message: `The video request was cancelled at GMI Cloud${reason === '' ? '' : `: ${reason}`}`,
				advice: 'It was cancelled outside this workflow, for example in the GMI Cloud console.',
			};
		case 'timedOut':
			return {
				message: `The video request is still ${record?.status ?? 'open'}${took}, which is the time limit`,
				advice:
					'It goes on at GMI Cloud and is not lost: fetch it later with Wait, GMI Video Status or the trigger. For slow models raise the Timeout.',
			};
		case 'stalled':
			return {
				message: `The video request has stalled: the model "${model}" takes requests but has not started this one${took}`,
				advice:
					'It still stands in the queue, untouched since it was made. Models that do so are often out of service: try another one. Should it start, Wait or GMI Video Status will fetch the result.',
			};
		case 'unwatchable':
			return {
				message: `GMI Cloud no longer tells how the video request stands: ${unwatchableText(fault, spoken)}`,
				advice: `The request itself was accepted and goes on. ${spoken?.advice ?? ''}`.trim(),
				failure: spoken?.failure,
			};
		case 'undelivered':
			return {
				message: `The video is ready, but its file could not be fetched: ${reason}`,
				advice:
					'Nothing needs to be paid again: use the Download operation with this request ID, or the URL in the artifacts.',
			};
	}
}

function uncertainAdvice(candidates: string[]): string {
	const looked =
		'The request list was searched for it several times. It was not sent again, so that nothing is paid twice.';
	if (candidates.length === 0) {
		return `${looked} It does not show there; check the GMI Cloud console before you run this item again.`;
	}
	return `${looked} These requests were made at that time, and GMI Cloud does not show their content: ${candidates.join(', ')}. One of them may be this one: look it up with GMI Video Status before you run this item again.`;
}

function withAdvice(spoken: Words | undefined, more: string): Words {
	const { message = 'GMI Cloud refused the request', advice = '', failure } = spoken ?? {};
	return { message, advice: `${advice} ${more}`.trim(), failure };
}

function unwatchableText(fault: GmiFault | undefined, spoken: Words | undefined): string {
	if (fault?.kind === 'notFound') return 'it does not know the ID any more';
	return spoken?.message ?? 'no answer';
}

function spokenText(fault: GmiFault | undefined): string {
	if (fault === undefined) return 'an earlier attempt was cut off';
	const status = fault.status === undefined ? '' : ` (status ${fault.status})`;
	return `${fault.providerText || fault.kind}${status}`;
}

function factsOf(failure: JobFailure): string {
	const { model, record, fault, elapsedMs } = failure.details;
	const id = record?.request_id ?? fault?.requestId;
	const facts = [`Model: ${model || 'unknown'}`];
	if (id !== undefined) facts.push(`request ID: ${id}`);
	if (record !== undefined) facts.push(`status: ${record.status}`);
	if (elapsedMs !== undefined) facts.push(`elapsed: ${duration(elapsedMs)}`);
	return `${facts.join(', ')}.`;
}

/** "45 seconds", "3 minutes 20 seconds", "2 hours 5 minutes". */
export function duration(ms: number): string {
	const seconds = Math.max(0, Math.round(ms / 1000));
	const parts: Array<[number, string]> =
		seconds < 60
			? [[seconds, 'second']]
			: seconds < 3600
				? [
						[Math.floor(seconds / 60), 'minute'],
						[seconds % 60, 'second'],
					]
				: [
						[Math.floor(seconds / 3600), 'hour'],
						[Math.floor((seconds % 3600) / 60), 'minute'],
					];
	return parts
		.filter(([count], i) => count > 0 || i === 0)
		.map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`)
		.join(' ');
}
