import type { Model } from '../catalogue/types.mjs';
import type { Random } from '../random.mjs';
import type { Duration, Settings } from '../settings.mjs';
import type { FinalStatus, JobStatus, Step } from './job.mjs';

const path: JobStatus[] = ['created', 'queued', 'dispatched', 'processing'];

/** Share of a request's time that passes before it is processed. */
const waitingShare = 0.25;

function drawDuration(duration: Duration, random: Random): number | null {
	if (duration === null) return null;
	return Array.isArray(duration) ? random.between(duration[0], duration[1]) : duration;
}

/** How long this submit will take; null when nothing but a hand ends it. */
export function durationFor(model: Model, settings: Settings, random: Random): number | null {
	const listed = settings.durationList.shift();
	const own = settings.durations[model.id];
	const usual = model.delivery === 'async' ? settings.durationMs : settings.syncDurationMs;
	const duration = listed !== undefined ? listed : own !== undefined ? own : usual;
	const drawn = drawDuration(duration, random);
	return drawn === null ? null : drawn / settings.speed;
}

/** The steps from the first status to the last, spread over the duration. */
export function timeline(
	start: number,
	duration: number | null,
	first: JobStatus,
	end: FinalStatus,
): Step[] {
	const waiting = path.slice(Math.max(path.indexOf(first), 0));
	// Without an end the request still leaves the queue, so that it does not look dead.
	const span = duration ?? 200;
	const steps = waiting.map((status, index) => ({
		status,
		at: start + (span * waitingShare * index) / Math.max(waiting.length - 1, 1),
	}));
	if (duration !== null) steps.push({ status: end, at: start + duration });
	return steps;
}
