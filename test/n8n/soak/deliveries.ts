import type { INodeExecutionData } from 'n8n-workflow';

import { sha256 } from '../../support/processReport';
import { probe } from '../../support/videos';
import { addressesOf, requestIdOf, type Client, type Outcome } from './account';

/**
 * What is wrong with files that n8n holds: each has to be, byte for byte, the one its request came to, and
 * videos have to play.
 *
 * @param ends with a file
 */
export async function wrongFiles(client: Client, ends: Outcome[]): Promise<string[]> {
	const played = new Set<string>();
	const wrongs: string[] = [];
	for (const end of ends) {
		const files = Object.values(end.item.binary ?? {});
		const addresses = addressesOf(end);
		if (files.length !== addresses.length) {
			wrongs.push(`${requestIdOf(end)} has ${files.length} of ${addresses.length} files`);
		}
		for (const [i, file] of files.entries()) {
			const wrong = await wrongOf(client, file, addresses[i], played);
			if (wrong !== undefined) wrongs.push(`${requestIdOf(end)}: ${wrong}`);
		}
	}
	return wrongs;
}

type File = NonNullable<INodeExecutionData['binary']>[string];

async function wrongOf(client: Client, file: File, address: string, played: Set<string>) {
	const content = await client.downloadBinary(file);
	const hash = sha256(content);
	// The signature in the address is long over, and the service asks for none any more.
	const original = await fetch(address.split('?')[0]);
	if (hash !== sha256(Buffer.from(await original.arrayBuffer()))) return `${address} differs`;
	if (!file.mimeType.startsWith('video/') || played.has(hash)) return undefined;
	played.add(hash);
	const { codec } = await probe(content);
	return codec === 'h264' ? undefined : `${address} does not play`;
}
