/** One of the errors that an error was made of. */
export interface ErrorLink {
	name?: unknown;
	code?: unknown;
	/** Where n8n 1 keeps the code, having dropped the error it came in. */
	httpCode?: unknown;
	message?: unknown;
	/** What n8n replaced by words of its own. */
	messages?: unknown;
	cause?: unknown;
	errorResponse?: unknown;
}

const MAX_LINKS = 6;

/** The error and what it was made of, outermost first. */
export function errorChain(error: unknown): ErrorLink[] {
	const links: ErrorLink[] = [];
	let link = error as ErrorLink | undefined;
	while (typeof link === 'object' && link !== null && links.length < MAX_LINKS) {
		links.push(link);
		link = (link.cause ?? link.errorResponse) as ErrorLink | undefined;
	}
	return links;
}

/** What to say when {@link isBlockedByN8n}. */
export const BLOCKED_BY_N8N =
	"n8n's protection against calls into private networks (SSRF) blocks this address; an administrator of n8n can allow it";

/** Whether n8n itself refused to make the call, which then never left. The names are n8n's own, from 2.x on. */
export function isBlockedByN8n(error: unknown): boolean {
	return errorChain(error).some(({ name }) => /^SsrfBlocked/.test(String(name)));
}
