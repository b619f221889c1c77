const { createVerify, generateKeyPairSync } = require('node:crypto');

/** @typedef {import('mockttp').Mockttp} Mockttp */
/** @typedef {import('mockttp').CompletedRequest} CompletedRequest */
/** @typedef {string | number} Cell */

const EMAIL = 'videos@stand-in.iam.gserviceaccount.com';
const TOKEN = 'ya29.stand-in';

/** A reference to one cell or to a whole sheet, such as `Videos!C2` or `'Videos'`. */
const RANGE = /^'?(.+?)'?(?:!([A-Z]+)(\d+))?$/;

/**
 * One sheet of a spreadsheet as Google's Sheets API v4 serves it (https://developers.google.com/workspace/sheets/api/reference/rest):
 * its properties, all its values, `values:batchUpdate`; and the token for a service account that signs
 * with its key.
 *
 * @param {Mockttp} server
 * @param {{ id: string, title: string, rows: Cell[][] }} sheet `rows` includes the header, and changes
 */
async function serveGoogleSheets(server, sheet) {
	const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

	await server.forPost('https://oauth2.googleapis.com/token').thenCallback(async (request) => {
		const { assertion = '' } = /** @type {any} */ (await request.body.getFormData());
		const [head, claims, signature] = String(assertion).split('.');
		const isSigned = createVerify('RSA-SHA256')
			.update(`${head}.${claims}`)
			.verify(publicKey, signature ?? '', 'base64url');
		if (!isSigned) return json({ error: 'invalid_grant' }, 400);
		return json({ access_token: TOKEN, expires_in: 3599, token_type: 'Bearer' });
	});

	await server
		.forAnyRequest()
		.forHost('sheets.googleapis.com')
		.thenCallback(async (request) => {
			if (request.headers.authorization !== `Bearer ${TOKEN}`) {
				return refusal(401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.');
			}
			return await answer(sheet, request);
		});

	const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
	return { credential: { email: EMAIL, privateKey: String(pem) }, rows: sheet.rows };
}

/**
 * @param {{ id: string, title: string, rows: Cell[][] }} sheet
 * @param {CompletedRequest} request
 */
async function answer({ id, title, rows }, request) {
	const path = decodeURIComponent(new URL(request.url).pathname);
	const root = `/v4/spreadsheets/${id}`;
	const call = `${request.method} ${path.replace(root, '')}`;
	if (!path.startsWith(root)) {
		return refusal(404, 'NOT_FOUND', 'Requested entity was not found.');
	}
	if (call === 'GET ') {
		const gridProperties = { rowCount: 1000, columnCount: 26 };
		const properties = { sheetId: 0, title, index: 0, sheetType: 'GRID', gridProperties };
		return json({ sheets: [{ properties }] });
	}
	if (call === `GET /values/'${title}'` || call === `GET /values/${title}`) {
		return json({ range: `${title}!A1:Z1000`, majorDimension: 'ROWS', values: rows.map(trimmed) });
	}
	if (call === 'POST /values:batchUpdate') {
		const { data } = /** @type {any} */ (await request.body.getJson());
		for (const { range, values } of data) write(rows, title, range, values[0][0]);
		return json({ spreadsheetId: id, totalUpdatedCells: data.length });
	}
	return refusal(400, 'INVALID_ARGUMENT', `Unable to parse range: ${call}`);
}

/**
 * @param {Cell[][]} rows
 * @param {string} title
 * @param {string} range
 * @param {unknown} value
 */
function write(rows, title, range, value) {
	const [, sheet, column, row] = RANGE.exec(range) ?? [];
	if (sheet !== title || column?.length !== 1) throw new Error(`Not a cell of ${title}: ${range}`);
	const cells = rows[Number(row) - 1];
	const index = column.charCodeAt(0) - 'A'.charCodeAt(0);
	while (cells.length < index) cells.push('');
	cells[index] = String(value);
}

/** Google leaves out the empty cells at the end of a row. */
function trimmed(/** @type {Cell[]} */ row) {
	let { length } = row;
	while (length > 0 && row[length - 1] === '') length--;
	return row.slice(0, length);
}

/** @param {object} body */
function json(body, statusCode = 200) {
	return { statusCode, json: body };
}

/**
 * @param {number} code
 * @param {string} status
 * @param {string} message
 */
function refusal(code, status, message) {
	return json({ error: { code, message, status } }, code);
}

module.exports = { serveGoogleSheets };
