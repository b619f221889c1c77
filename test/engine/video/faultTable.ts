import type { Cell } from '../../support/faultCells';
import type { FaultSpec } from '../../support/sandboxTypes';

const SIZES = [1, 3, 20];

/** Refused for good: the item ends, the others go on, nothing is sent again. */
export const REFUSALS: Record<string, RegExp> = {
	'rejected-400': /refused the request: .*review the prompt/,
	'size-400': /multiples of 16/,
	'fetch-image-400': /fetch image/,
	'unauthorized-401': /refused the API key/,
	'credits-402': /lack of credit: .*Insufficient credits/,
	'forbidden-403': /does not let this API key/,
	'unknown-404': /does not know the model .*does not exist/,
	'no-access-404': /do not have access/,
	'wrong-host-405': /not the video API/,
	'cloudflare-403': /blocked the call: .*1010/,
	'backend-400': /Backend error \(400\)/,
	'backend-401': /Backend error \(401\)/,
	'backend-403': /Backend error \(403\)/,
	'backend-422': /Backend error \(422\)/,
	'nested-message': /refused the request/,
	'plain-message': /refused the request/,
	detail: /refused the request/,
	redirect: /redirect/,
};

/** Refused for load: sent again, and only these. */
const BUSY: FaultSpec[] = [
	{ name: 'rate-limit-429', retryAfterMs: 400 },
	{ name: 'rate-limit-429-seconds', retryAfterMs: 1000 },
	{ name: 'rate-limit-429-date', retryAfterMs: 1000 },
	{ name: 'rate-limit-429-bare' },
	{ name: 'capacity-503' },
	{ name: 'capacity-503-bare' },
];

/** Proves nothing, and GMI did accept it: found in the list. */
const ACCEPTED_UNSEEN: FaultSpec[] = [
	{ name: 'reset-after' },
	{ name: 'bad-gateway-502-after' },
	{ name: 'gateway-timeout-504-after' },
	{ name: 'malformed-json', accepted: true },
	{ name: 'cloudflare-200', accepted: true },
	{ name: 'empty-body', accepted: true },
	{ name: 'json-array', accepted: true },
	{ name: 'no-request-id', accepted: true },
	{ name: 'truncated', accepted: true },
	{ name: 'gzip-bomb', accepted: true },
	{ name: 'json-null', accepted: true },
	{ name: 'chunked-cut', accepted: true },
];

/** Proves nothing, and GMI did not accept it: said plainly. */
const NEVER_ACCEPTED: FaultSpec[] = [
	{ name: 'reset-before', accepted: false },
	{ name: 'bad-gateway-502', accepted: false },
	{ name: 'gateway-timeout-504', accepted: false },
	{ name: 'unavailable-503', accepted: false },
	{ name: 'price-500', accepted: false },
	{ name: 'error-500', accepted: false },
	{ name: 'malformed-json', accepted: false },
	{ name: 'huge-json', accepted: false },
];

/** Only slow: waited for. */
const SLOW: FaultSpec[] = [
	{ name: 'delay', delayMs: 800 },
	{ name: 'slow', bytesPerSecond: 400 },
];

/** While watching: ridden out. */
const BLIPS: FaultSpec[] = [
	{ name: 'bad-gateway-502' },
	{ name: 'gateway-timeout-504' },
	{ name: 'unavailable-503' },
	{ name: 'error-500' },
	{ name: 'capacity-503' },
	{ name: 'rate-limit-429', retryAfterMs: 300 },
	{ name: 'cloudflare-403' },
	{ name: 'cloudflare-200' },
	{ name: 'malformed-json' },
	{ name: 'empty-body' },
	{ name: 'json-array' },
	{ name: 'reset-before' },
	{ name: 'truncated' },
	{ name: 'chunked-cut' },
	{ name: 'json-null' },
	{ name: 'no-request-id' },
	{ name: 'delay', delayMs: 800 },
	{ name: 'slow', bytesPerSecond: 4_000 },
	{ name: 'unauthorized-401' },
	{ name: 'unknown-404' },
	{ name: 'huge-json' },
	{ name: 'gzip-bomb' },
];

/** While fetching the file: fetched again, never the job. */
const DOWNLOADS: FaultSpec[] = [
	{ name: 'truncated' },
	{ name: 'chunked-cut' },
	{ name: 'reset-before' },
	{ name: 'expired-artifact' },
	{ name: 'missing-artifact' },
	{ name: 'storage-503' },
	{ name: 'empty-body' },
	{ name: 'cloudflare-200' },
	{ name: 'unavailable-503' },
];

/** Cells of their own elsewhere: a silence lasts minutes and needs a fake clock. */
export const ELSEWHERE = [
	'silence-before', // test/unit/jobs: a call that is never answered
	'silence-after',
	'stalled', // test/unit/media/stall.test.ts
	'expired-upload', // test/engine/media
];

export const cells: Array<Cell & { kind: string }> = SIZES.flatMap((items) => [
	...Object.keys(REFUSALS).map((name) => cell('refused', items, 'submit', { name })),
	...BUSY.map((fault) => cell('busy', items, 'submit', fault)),
	...ACCEPTED_UNSEEN.map((fault) => cell('accepted unseen', items, 'submit', fault)),
	...NEVER_ACCEPTED.map((fault) => cell('never accepted', items, 'submit', fault)),
	...SLOW.map((fault) => cell('waited for', items, 'submit', fault)),
	...SLOW.map((fault) =>
		cell('waited for', items, 'artifact', { ...fault, bytesPerSecond: 9_000 }),
	),
	...BLIPS.flatMap((fault) => [
		cell('ridden out', items, 'get', { ...fault, times: 2 }),
		...(items > 1 ? [cell('ridden out', items, 'list', { ...fault, times: 2 })] : []),
	]),
	...DOWNLOADS.map((fault) => cell('fetched again', items, 'artifact', fault)),
]);

function cell(
	kind: string,
	items: number,
	endpoint: FaultSpec['endpoint'],
	fault: FaultSpec,
): Cell & { kind: string } {
	const title = `${fault.name} at ${endpoint}, ${items} items (${kind})`;
	const download = endpoint === 'artifact';
	return {
		kind,
		title,
		items,
		faults: [{ ...fault, endpoint }],
		options: { parameters: { downloadOutput: download } },
	};
}
