import type { GmiFault } from '../queue/fault';

/** n8n's own declaration of why a node failed; only named where the reply proves it. */
type FailureCause =
	| { cause: 'rate-limited' | 'quota-exhausted' | 'temporarily-unavailable'; retryAfterMs?: number }
	| { cause: 'credential-invalid' | 'configuration-invalid' };

export interface Words {
	/** What happened, with the provider's own words. */
	message: string;
	/** What to do about it. */
	advice: string;
	failure?: FailureCause;
}

/** Says what a fault means to the person who builds the workflow. */
export function wordsOfFault(fault: GmiFault, model?: string): Words {
	const { kind, providerText, retryAfterMs } = fault;
	const named = model === undefined ? 'this model' : `the model "${model}"`;
	switch (kind) {
		case 'badKey':
			return {
				message: quote('GMI Cloud refused the API key', providerText),
				advice:
					'Open the GMI Cloud API credential and test it; copy the key again from the console.',
				failure: { cause: 'credential-invalid' },
			};
		case 'noCredit':
			return {
				message: quote('GMI Cloud refused the request for lack of credit', providerText),
				advice: 'Add credits in the GMI Cloud console, then run again.',
				failure: { cause: 'quota-exhausted' },
			};
		case 'forbidden':
			return {
				message: quote('GMI Cloud does not let this API key do that', providerText),
				advice: `The key needs the Inference scope and access to ${named}; with several organizations, set the Organization ID in the credential.`,
			};
		case 'blocked':
			return {
				message: quote('The network in front of GMI Cloud blocked the call', providerText),
				advice:
					'It does so by the address or fingerprint of the computer n8n runs on, whatever the key. Try from another network, or ask GMI Cloud support to lift the block.',
			};
		case 'notFound':
			return {
				message: quote(`GMI Cloud does not know ${named}`, providerText),
				advice:
					'Model IDs are case-sensitive and change between releases, and some are open to certain accounts only. Pick the model from the list.',
			};
		case 'wrongHost':
			return {
				message: quote('The address in the credential is not the video API', providerText),
				advice: 'Set Base URL in the GMI Cloud API credential to https://console.gmicloud.ai.',
				failure: { cause: 'configuration-invalid' },
			};
		case 'redirected':
			return {
				message: 'GMI Cloud answered with a redirect, which was not followed',
				advice:
					'The API key is only sent to the Base URL of the credential. Set it to the final address.',
			};
		case 'invalid':
			return {
				message: quote('GMI Cloud refused the request', providerText),
				advice: 'Check the prompt and the parameters against what the model accepts.',
			};
		case 'upstreamRefused':
			return {
				message: quote('The model behind GMI Cloud refused the input', providerText),
				advice:
					'GMI Cloud passes no more of the reason on. Usual causes: a value or a combination the model does not take, or a media URL that is not public.',
			};
		case 'rateLimited':
			return {
				message: quote('GMI Cloud limits the rate of requests', providerText),
				advice: 'Wait a while, or send fewer requests of this model at a time.',
				failure: { cause: 'rate-limited', ...(retryAfterMs === undefined ? {} : { retryAfterMs }) },
			};
		case 'capacity':
			return {
				message: quote('The model has no free capacity at GMI Cloud', providerText),
				advice: 'Try again later, or use another model.',
				failure: { cause: 'temporarily-unavailable' },
			};
		case 'unreachable':
			return {
				message: quote('GMI Cloud could not be reached', providerText),
				advice:
					'Check the Base URL in the credential and the network of this n8n. Nothing was sent.',
			};
		case 'server':
			return {
				message: quote(`GMI Cloud answered with status ${fault.status ?? '5xx'}`, providerText),
				advice: 'GMI Cloud is having trouble. Try again in a few minutes.',
			};
		case 'unreadable':
			return {
				message: quote('GMI Cloud sent an answer that cannot be read', providerText),
				advice: 'If this stays so, check the Base URL in the credential.',
			};
		case 'noReply':
			return {
				message: quote('GMI Cloud did not answer', providerText),
				advice: 'Try again in a few minutes.',
			};
	}
}

function quote(what: string, words: string): string {
	return words === '' ? what : `${what}: ${words}`;
}
