import { PlainError } from '../cli.mjs';
import { startSandbox } from '../sandbox/index.mjs';

const GMI = 'https://console.gmicloud.ai';
const QUEUE_PATH = '/api/v1/ie/requestqueue/apikey';
const DEFAULT_MODEL = 'seedance-2-0-fast-260128';

/** Where the demo's videos come from. */
export interface Service {
	name: string;
	baseUrl: string;
	apiKey: string;
	organizationId: string;
	model: string;
	/** A real service is paid for. */
	costsMoney: boolean;
	stop(): Promise<void>;
}

/** GMI itself when `GMI_API_KEY` is set, else the sandbox. */
export async function openService(): Promise<Service> {
	const model = process.env.GMI_MODEL || DEFAULT_MODEL;
	const apiKey = process.env.GMI_API_KEY;
	if (apiKey) {
		return {
			name: 'GMI Cloud',
			baseUrl: process.env.GMI_BASE_URL || GMI,
			apiKey,
			organizationId: process.env.GMI_ORGANIZATION_ID ?? '',
			model,
			costsMoney: true,
			stop: async () => {},
		};
	}
	const sandbox = await startSandbox();
	return {
		name: 'the local sandbox',
		baseUrl: sandbox.url,
		apiKey: sandbox.key,
		organizationId: '',
		model,
		costsMoney: false,
		stop: () => sandbox.stop(),
	};
}

export interface RequestRecord {
	request_id: string;
	status: string;
	created_at: number | string;
}

/** What the model's own record says about its price, in its own words. */
export async function priceOf(service: Service): Promise<string> {
	const detail = await ask(service, `/models/${encodeURIComponent(service.model)}`);
	const { price, unit } = detail.price_info ?? {};
	if (detail.pricing_details) return detail.pricing_details;
	return price ? `$${price / 1e6} per ${unit}` : 'the service names no price';
}

/** The model's newest requests. */
export async function newestRequests(service: Service, limit: number): Promise<RequestRecord[]> {
	const query = new URLSearchParams({ model_id: service.model, limit: String(limit) });
	return (await ask(service, `/requests?${query}`)).requests;
}

async function ask(service: Service, path: string): Promise<any> {
	const response = await fetch(`${service.baseUrl}${QUEUE_PATH}${path}`, {
		headers: {
			Authorization: `Bearer ${service.apiKey}`,
			...(service.organizationId ? { 'X-Organization-ID': service.organizationId } : {}),
		},
	});
	if (response.status === 401) throw new PlainError(`${service.name} refuses the key.`);
	if (!response.ok) {
		throw new PlainError(
			`${service.name} answers ${response.status} for ${service.model}: ${(await response.text()).slice(0, 200)}`,
		);
	}
	return await response.json();
}
