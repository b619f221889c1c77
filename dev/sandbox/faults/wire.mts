import type { Breakage, Reply } from '../wire/reply.mjs';
import type { Fault, FaultContext, FaultTable } from './types.mjs';

const gone = { status: 200 };

function breaks(about: string, accepted: boolean, kind: Breakage['kind']): Fault {
	return {
		about,
		accepted,
		reply: ({ usual, spec: { afterBytes, bytesPerSecond, delayMs } }) => ({
			...(usual ?? gone),
			breakage: { kind, afterBytes, bytesPerSecond, delayMs },
		}),
	};
}

function redirect({ exchange, sandbox, spec }: FaultContext): Reply {
	const location = spec.location ?? `${sandbox.storageUrl}${exchange.url.pathname}`;
	return { status: 302, headers: { location } };
}

/** Connections and bodies that break. */
export const wireFaults: FaultTable = {
	'reset-before': breaks('the connection is reset, nothing was accepted', false, 'reset'),
	'reset-after': breaks('the connection is reset, but the call was carried out', true, 'reset'),
	'silence-before': breaks('no reply ever, nothing was accepted', false, 'silence'),
	'silence-after': breaks('no reply ever, but the call was carried out', true, 'silence'),
	truncated: breaks('fewer bytes (afterBytes) than Content-Length says', true, 'truncate'),
	'chunked-cut': breaks('a chunked body without its end (afterBytes)', true, 'cut'),
	stalled: breaks('headers and some bytes (afterBytes), then silence', true, 'stall'),
	slow: {
		about: 'the usual reply at bytesPerSecond (default 65536), begun after delayMs',
		accepted: true,
		reply: ({ usual, spec }) => ({
			...(usual ?? gone),
			breakage: { bytesPerSecond: spec.bytesPerSecond ?? 65_536, delayMs: spec.delayMs },
		}),
	},
	delay: {
		about: 'the usual reply after delayMs (default 1000)',
		accepted: true,
		reply: ({ usual, spec }) => ({
			...(usual ?? gone),
			breakage: { delayMs: spec.delayMs ?? 1000 },
		}),
	},
	redirect: {
		about: 'a redirect (status 302) to another host (location; default the storage host)',
		accepted: false,
		reply: redirect,
	},
};
