import { html, type Reply } from '../wire/reply.mjs';
import type { Fault, FaultTable } from './types.mjs';

const page = (title: string, words: string) =>
	`<!DOCTYPE html>\n<html lang="en-US">\n<head><title>${title}</title></head>\n<body><h1>${title}</h1><p>${words}</p></body>\n</html>\n`;

const cloudflare = {
	server: 'cloudflare',
	'cf-ray': '8f2c1d7e9a3b4c5d-FRA',
	'cache-control': 'private, max-age=0, no-store, no-cache',
};

const blocked = page(
	'Access denied | console.gmicloud.ai used Cloudflare to restrict access',
	'Error code 1010. The owner of this website has banned your access based on your signature.',
);

function shows(about: string, accepted: boolean, reply: () => Reply): Fault {
	return { about, accepted, reply };
}

const gateway = (status: number, title: string) => () =>
	html(status, page(`${status} ${title}`, 'cloudflare'), cloudflare);

/** Web pages where JSON should be: from the network in front of the service. */
export const pages: FaultTable = {
	'cloudflare-403': shows('403, a Cloudflare page with error 1010', false, () =>
		html(403, blocked, cloudflare),
	),
	'cloudflare-200': shows('200 with a Cloudflare page; the call was carried out', true, () =>
		html(200, page('Just a moment...', 'Checking your browser.'), cloudflare),
	),
	'bad-gateway-502': shows('502 page, nothing was accepted', false, gateway(502, 'Bad Gateway')),
	'bad-gateway-502-after': shows(
		'502 page, but the call was carried out',
		true,
		gateway(502, 'Bad Gateway'),
	),
	'gateway-timeout-504': shows(
		'504 page, nothing was accepted',
		false,
		gateway(504, 'Gateway Time-out'),
	),
	'gateway-timeout-504-after': shows(
		'504 page, but the call was carried out',
		true,
		gateway(504, 'Gateway Time-out'),
	),
	'unavailable-503': shows('503 in plain text', false, () => ({
		status: 503,
		headers: { 'content-type': 'text/plain' },
		body: 'Service Unavailable',
	})),
};
