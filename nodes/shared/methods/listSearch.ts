import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { readCatalogue, searchCatalogue } from '../models/catalogue';
import { readForEditor } from './readForEditor';

/**
 * The model drop-down. Opened, it lists the video models; a search also finds the other kinds by name or
 * kind ("image", "audio", "all"), with the kind behind the name. Ids are passed on verbatim. Opening it
 * costs one call to GMI and typing none (`readCatalogue`).
 */
export async function searchModels(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const entries = await readForEditor(this, readCatalogue);
	return {
		results: searchCatalogue(entries, filter).map(({ id, name, kind }) => ({
			name: kind === 'video' ? name : `${name} (${kind})`,
			value: id,
		})),
	};
}
