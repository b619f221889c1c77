import { randomUUID } from 'node:crypto';
import { rateLimitReply } from '../api/rateLimiter.mjs';
import { backendError, rejected } from '../api/requests.mjs';
import { json, type Reply } from '../wire/reply.mjs';
import type { Fault, FaultContext, FaultTable } from './types.mjs';

/** The call is refused with a status and a JSON body, before anything was accepted. */
function refusal(
	about: string,
	status: number,
	body: (text: string | undefined, context: FaultContext) => unknown,
	listed?: boolean,
): Fault {
	return {
		about,
		accepted: false,
		listed,
		reply: (context) => json(status, body(context.spec.text, context)),
	};
}

const says = (usual: string) => (text?: string) => ({ error: text ?? usual });
const backend = (status: number): Fault =>
	refusal(
		`500 that wraps a ${status} of the model's own provider; the list shows a failed request`,
		500,
		says(backendError(status)),
		true,
	);

function limited(about: string, headers: (seconds: number) => Record<string, string>): Fault {
	return {
		about,
		accepted: false,
		reply: ({ exchange, spec }) => {
			const wait = spec.retryAfterMs ?? 1000;
			const reply = rateLimitReply(exchange.model ?? 'unknown', 2, 60_000, wait);
			const extra = headers(Math.ceil(wait / 1000));
			// With a header the body says nothing of the wait, so that only the header can be obeyed.
			if (Object.keys(extra).length === 0) return reply;
			return json(429, { error: spec.text ?? 'Rate limit exceeded' }, extra);
		},
	};
}

const bare429 = (): Reply => json(429, { error: 'Rate limit exceeded' });

export const refusals: FaultTable = {
	'rejected-400': refusal(
		'400 after the model refused the prompt, with the id of the failed request',
		400,
		(text) => ({ error: text ?? rejected, request_id: randomUUID() }),
		true,
	),
	'size-400': refusal('400 for a bad size', 400, says('size dimensions must be multiples of 16')),
	'fetch-image-400': refusal('400 for an unreachable picture', 400, says('failed to fetch image')),
	'unauthorized-401': refusal('401', 401, (text, { sandbox }) =>
		text ? { error: text } : sandbox.settings.unauthorizedBody,
	),
	'credits-402': refusal('402, no money left', 402, says('Insufficient credits')),
	'forbidden-403': refusal('403 for a key without permission', 403, says('Permission denied')),
	'unknown-404': refusal('404 for an unknown model', 404, (text, { exchange }) => ({
		error: text ?? `model ${exchange.model ?? '…'} does not exist`,
	})),
	'no-access-404': refusal('404 for a model this key may not run', 404, (text, { exchange }) => ({
		error: text ?? `you do not have access to model ${exchange.model ?? ''}`,
	})),
	'wrong-host-405': refusal('405, as on a wrong host', 405, says('Method Not Allowed')),
	'rate-limit-429': limited('429 with retry_after_ms in the body (retryAfterMs)', () => ({})),
	'rate-limit-429-seconds': limited('429 with Retry-After in seconds only', (seconds) => ({
		'retry-after': String(seconds),
	})),
	'rate-limit-429-date': limited('429 with Retry-After as a date only', (seconds) => ({
		'retry-after': new Date(Date.now() + seconds * 1000).toUTCString(),
	})),
	'rate-limit-429-bare': { about: '429 that names no wait', accepted: false, reply: bare429 },
	'backend-400': backend(400),
	'backend-401': backend(401),
	'backend-403': backend(403),
	'backend-422': backend(422),
	'price-500': refusal(
		'500, no price for these values',
		500,
		says('failed to find price for request'),
	),
	'error-500': refusal('500 without any more to say', 500, says('Internal server error')),
	'capacity-503': refusal('503 for load, with a request_id', 503, (text) => ({
		error: text ?? 'Upstream capacity temporarily exhausted; please retry later',
		request_id: randomUUID(),
	})),
	'capacity-503-bare': refusal(
		'503 for load, without a request_id',
		503,
		says('Upstream capacity temporarily exhausted; please retry later'),
	),
	'nested-message': refusal('400 with {"error":{"message"}}', 400, (text) => ({
		error: { message: text ?? 'The prompt is too long' },
	})),
	'plain-message': refusal('400 with {"message"}', 400, (text) => ({
		message: text ?? 'The prompt is too long',
	})),
	detail: refusal('422 (status) with {"detail"}', 422, (text) => ({
		detail: text ?? 'The prompt is too long',
	})),
};
