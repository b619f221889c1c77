/** A real n8n, installed from npm and driven over HTTP. */
export type * from './client-types.mjs';
export { connect } from './connect.mjs';
export { DEFAULT_VERSION, hostVersion } from './host-version.mjs';
export { installHost, type Host } from './install-host.mjs';
export { installTarball } from './install-tarball.mjs';
export { peakMemory, resetPeakMemory } from './memory.mjs';
export { N8nClient } from './n8n-client.mjs';
export { OWNER } from './owner.mjs';
export { freePorts, needFreePort } from './ports.mjs';
export { startN8n, type RunningN8n, type StartOptions } from './start-n8n.mjs';
