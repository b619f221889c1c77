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
	/** What a video costs, in the service's own words; only a real service has a price. */
	price?: string;
	stop(): Promise<void>;
}

/**
 * GMI itself when `GMI_API_KEY` is set, else the sandbox.
 *
 * @throws {PlainError} when GMI cannot be reached, refuses the key or does not know the model
 */
export async function openService(): Promise<Service> {
	const model = process.env.GMI_MODEL || DEFAULT_MODEL;
	const apiKey = process.env.GMI_API_KEY;
	if (apiKey) {
		const gmi: Service = {
			name: 'GMI Cloud',
			baseUrl: process.env.GMI_BASE_URL || GMI,
			apiKey,
			organizationId: process.env.GMI_ORGANIZATION_ID ?? '',
			model,
			stop: async () => {},
		};
		gmi.price = await priceOf(gmi);
		return gmi;
	}
	const sandbox = await startSandbox();
	return {
		name: 'the local sandbox',
		baseUrl: sandbox.url,
		apiKey: sandbox.key,
		organizationId: '',
		model,
		stop: () => sandbox.stop(),
	};
}

export interface RequestRecord {
	request_id: string;
	status: string;
	created_at: number | string;
}

async function priceOf(service: Service): Promise<string> {
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
	}).catch((error) => {
		throw new PlainError(
			`${service.name} cannot be reached at ${service.baseUrl}: ${error.cause?.message ?? error.message}.`,
		);
	});
	if (response.status === 401) throw new PlainError(`${service.name} refuses the key.`);
	if (!response.ok) {
		throw new PlainError(
			`${service.name} answers ${response.status} for ${service.model}: ${(await response.text()).slice(0, 200)}`,
		);
	}
	return await response.json();
}
