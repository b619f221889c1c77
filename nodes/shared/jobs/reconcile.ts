import { orCancelled, pause } from '../flow/pause';
import { noneWhenFaulty } from '../queue/fault';
import { hasFailed } from '../queue/records';
import type { GmiQueue, RequestRecord } from '../queue/types';
import type { Claims } from './claims';
import { listSince, madeAt } from './recentRequests';
import type { Match } from './samePayload';
import { matchOf, rivalsFor, type UnsettledSubmit } from './unsettled';

/** Pauses before each look into the list: a list may show a new request only after a while. */
const LOOKS_AFTER_MS = [1_000, 2_000, 4_000, 8_000];

/** How long a list that cannot be had is asked again before its failures count as looks. */
const OUTAGE_PATIENCE_MS = 60_000;
const OUTAGE_PAUSE_MS = 4_000;

/** `created_at` counts whole seconds and the clocks are compared to the second. */
const CLOCK_TOLERANCE_MS = 2_500;

/** A request made later than this after its submit began is not of that submit: no call lasts so long. */
const LONGEST_SUBMIT_MS = 6 * 60_000;

/** Identical calls may follow one another; a search does not wait for them without end. */
const MOST_WAITS = 50;

export type Reconciled =
	| { found: RequestRecord }
	/** `candidates`: requests of the right time whose content GMI does not show. */
	| { found?: undefined; candidates: string[] };

interface Compared {
	record: RequestRecord;
	match: Match;
}

/**
 * Looks for the request of a submit that ended without a clear answer: in GMI's list, same model, made
 * in the time of the submit, same content, and not another submit's. Looks several times over 15 seconds,
 * longer while the list cannot be had or an identical call is open: only its answer tells whose is whose.
 *
 * @throws Cancelled
 */
export async function findSubmitted(
	queue: GmiQueue,
	submit: UnsettledSubmit,
	claims: Claims,
	signal: AbortSignal | undefined,
): Promise<Reconciled> {
	const outageUntil = Date.now() + OUTAGE_PATIENCE_MS;
	let candidates: string[] = [];
	for (let look = 0, waits = 0; look < LOOKS_AFTER_MS.length; ) {
		await pause(LOOKS_AFTER_MS[look], signal);
		const named = await readNamed(queue, submit, claims);
		if (named) return { found: named };
		const compared = await readCompared(queue, submit, claims);
		if (compared === undefined && Date.now() < outageUntil) {
			await pause(OUTAGE_PAUSE_MS, signal);
			continue;
		}
		const isLast = look === LOOKS_AFTER_MS.length - 1;
		const { own, openCalls } = choose(queue, submit, compared ?? [], claims, isLast);
		if (own) return { found: own };
		if (openCalls.length > 0 && waits++ < MOST_WAITS) {
			await orCancelled(Promise.allSettled(openCalls), signal);
			continue;
		}
		if (compared) candidates = idsOfUnknown(compared);
		look++;
	}
	return { candidates: candidates.filter((id) => !claims.isTaken(id)) };
}

/** The request that an unclear answer named. */
async function readNamed(
	queue: GmiQueue,
	{ namedId }: UnsettledSubmit,
	claims: Claims,
): Promise<RequestRecord | undefined> {
	if (namedId === undefined || claims.isTaken(namedId)) return undefined;
	const record = await queue.getRequest(namedId).catch(noneWhenFaulty);
	return record && claims.take(namedId) ? record : undefined;
}

/** The requests nobody has yet of the submit's time; undefined when the list cannot be had. */
async function readCompared(
	queue: GmiQueue,
	submit: UnsettledSubmit,
	claims: Claims,
): Promise<Compared[] | undefined> {
	const since = submit.since - CLOCK_TOLERANCE_MS;
	const recent = await listSince(queue, submit.model, since).catch(noneWhenFaulty);
	if (recent === undefined) return undefined;
	const until = submit.since + LONGEST_SUBMIT_MS;
	const free = recent.records.filter(
		(record) => !claims.isTaken(record.request_id) && madeAt(queue, record) <= until,
	);
	return await Promise.all(
		free.map(async (record) => {
			const match = matchOf(submit, record);
			if (match !== 'unknown') return { record, match };
			// The details may show a payload that the list leaves out.
			const details = (await queue.getRequest(record.request_id).catch(noneWhenFaulty)) ?? record;
			return { record: details, match: matchOf(submit, details) };
		}),
	);
}

/**
 * The submit's own request, taken; or the open calls that have to be answered before it can be told.
 * A request that failed is believed to be the one only at the last look: a refused submit leaves such a
 * record as well (observed), and the right one may be late.
 */
function choose(
	queue: GmiQueue,
	submit: UnsettledSubmit,
	compared: Compared[],
	claims: Claims,
	isLast: boolean,
): { own?: RequestRecord; openCalls: Array<Promise<unknown>> } {
	const openCalls: Array<Promise<unknown>> = [];
	// Of equals the nearest in time: another n8n process, of which nothing is known here, may have made the others.
	const distance = ({ record }: Compared) => Math.abs(madeAt(queue, record) - submit.since);
	const matches = compared
		.filter(({ match, record }) => isFit(match) && (isLast || !hasFailed(record)))
		.sort((a, b) => rankOf(a) - rankOf(b) || distance(a) - distance(b));
	for (const { record, match } of matches) {
		const rivals = rivalsFor(submit, record);
		const open = rivals.flatMap(({ rival }) => rival.call ?? []);
		const better = rivals.some(
			(other) => match === 'more' && fitsBetter(other.rival, other.match, submit),
		);
		openCalls.push(...open);
		if (open.length > 0 || better) continue;
		if (claims.take(record.request_id)) return { own: record, openCalls };
	}
	return { openCalls };
}

/** Whether a rival explains more of a request than a submit that explains only part of it. */
function fitsBetter(rival: UnsettledSubmit, match: Match, submit: UnsettledSubmit): boolean {
	const explained = Object.keys(rival.payload).length;
	return match === 'same' || explained > Object.keys(submit.payload).length;
}

function rankOf({ match, record }: Compared): number {
	return (match === 'same' ? 0 : 2) + (hasFailed(record) ? 1 : 0);
}

function isFit(match: Match): boolean {
	return match === 'same' || match === 'more';
}

function idsOfUnknown(compared: Compared[]): string[] {
	return compared.filter(({ match }) => match === 'unknown').map(({ record }) => record.request_id);
}
