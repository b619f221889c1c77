import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Client } from './testBed';

/** Compares each item's file, as n8n gives it to a browser, with what GMI's storage has. */
export async function expectWhole(client: Client, items: INodeExecutionData[]): Promise<void> {
	for (const { json, binary } of items) {
		const [{ url }] = json.artifacts as IDataObject[];
		const original = Buffer.from(await (await fetch(String(url))).arrayBuffer());
		const stored = await client.downloadBinary(binary!.data);
		expect({ bytes: stored.length, same: stored.equals(original) }).toEqual({
			bytes: original.length,
			same: true,
		});
	}
}
