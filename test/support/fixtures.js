const { readdirSync, readFileSync } = require('node:fs');
const path = require('node:path');

const FOLDER = path.join(__dirname, '..', 'fixtures', 'gmi');

/**
 * A recorded or documented body, by its path under test/fixtures/gmi. The folder tells where its shape
 * comes from: `seed` and `official-doc` are printed by GMI, `observed` was seen in production,
 * `reconstructed` is built from GMI's parameter tables.
 * @param {string} file
 * @returns {any}
 */
function fixture(file) {
	return JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8'));
}

/**
 * Every model detail there is, with the model's id.
 * @returns {Array<{ id: string; file: string; detail: any }>}
 */
function modelDetails() {
	return readdirSync(FOLDER).flatMap((folder) =>
		readdirSync(path.join(FOLDER, folder))
			.filter((file) => file.startsWith('model-detail-'))
			.map((file) => {
				const detail = fixture(path.join(folder, file));
				return { id: detail.model, file: `${folder}/${file}`, detail };
			}),
	);
}

module.exports = { fixture, modelDetails };
