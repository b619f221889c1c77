const { mkdtempSync } = require('node:fs');
const { tmpdir } = require('node:os');
const path = require('node:path');

// n8n-core keeps its settings file under this folder; the engine writes it when a node first runs.
process.env.N8N_USER_FOLDER = mkdtempSync(path.join(tmpdir(), 'n8n-'));
process.env.N8N_LOG_LEVEL = 'silent';
