import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root folder. */
export const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** Everything a run leaves behind: logs, test results, videos. Ignored by git. */
export const OUT = path.join(ROOT, 'out');

/** Where whole n8n installs live. Several clones can share one folder. */
export const HOSTS = process.env.GMI_HOSTS_DIR
	? path.resolve(process.env.GMI_HOSTS_DIR)
	: path.join(ROOT, '.hosts');
