const { startServer } = require('./ownServer');

/** Enough of a video for its type to be told. */
const VIDEO = Buffer.concat([Buffer.from('\0\0\0\x20ftypisom', 'latin1'), Buffer.alloc(5_000)]);

/**
 * A service with one finished request for each name, with the ids 0, 1, 2, … The name stands wherever a service
 * can put one: in the request's id, in the addresses of its files, in what it says of them and in the headers
 * they come with.
 *
 * @param {string[]} names
 */
async function startHostileGmi(names) {
	const server = await startServer(({ url }) => {
		const id = /\/apikey\/requests\/(\d+)$/.exec(url)?.[1];
		if (id === undefined) return fileOf(url);
		const body = JSON.stringify(recordOf(server.url, names[Number(id)]));
		return { headers: { 'content-type': 'application/json' }, body };
	});
	return server;
}

/** @param {string} url */
function fileOf(url) {
	const name = new URLSearchParams(url.split('?')[1]).get('name') ?? '';
	const plain = name.replace(/[^\x20-\x7e]/g, '').slice(0, 4_000);
	const encoded = encodeURIComponent(name.slice(0, 1_000));
	return {
		headers: {
			'content-type': 'video/mp4',
			'content-length': String(VIDEO.length),
			'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`,
		},
		body: VIDEO,
	};
}

/**
 * @param {string} origin
 * @param {string} name
 */
function recordOf(origin, name) {
	const query = `?name=${encodeURIComponent(name.slice(0, 2_000))}`;
	const media = { id: name, file_name: name, mime_type: `video/${name}` };
	return {
		request_id: name === '' ? 'nameless' : name,
		model: name,
		status: 'success',
		outcome: {
			video_url: `${origin}/files/${name.slice(0, 4_000)}${query}`,
			media_urls: [{ ...media, url: `${origin}/files/second${query}` }],
			thumbnail_image_url: `${origin}/files/${encodeURIComponent(name.slice(0, 2_000))}`,
		},
	};
}

module.exports = { startHostileGmi };
