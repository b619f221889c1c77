/** A real n8n, installed from npm and driven over HTTP. */
export type * from './clientTypes.mjs';
export { connect } from './connect.mjs';
export { DEFAULT_VERSION, hostVersion, OLDEST_VERSION, TESTED_VERSION } from './hostVersion.mjs';
export { installHost, isInstalled, type Host } from './installHost.mjs';
export { installTarball } from './installTarball.mjs';
export { peakMemory, resetPeakMemory } from './memory.mjs';
export { N8nClient } from './n8nClient.mjs';
export { waitFor } from './n8nHttp.mjs';
export { OWNER } from './owner.mjs';
export { freePorts, needFreePort } from './ports.mjs';
export { startQueueMode, type QueueMode, type QueueModeOptions } from './queueMode.mjs';
export { startN8n, type RunningN8n, type StartOptions } from './startN8n.mjs';
