/** Variables of the caller that would change how n8n behaves. */
const NOT_INHERITED = /^(N8N_|DB_|EXECUTIONS_|QUEUE_|GMI_|npm_|NODE_|JEST_|WEBHOOK_URL$|TS_NODE)/;

/** No telemetry, no look-ups at n8n's servers, nothing that asks the user something. */
const QUIET = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_AI_ENABLED: 'false',
};

/** Modules of n8n 2 that ask n8n's servers at every start. */
const MODULES_WITH_LOOK_UPS = 'mcp-registry';

/**
 * Defaults from n8n 2 on. n8n 1 would keep files in memory, and its one database connection breaks when the API
 * is called while executions are saved ("no such savepoint").
 */
const AS_IN_N8N_2 = { N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem', DB_SQLITE_POOL_SIZE: '4' };

interface Settings {
	version: string;
	userFolder: string;
	port: number;
	brokerPort: number;
	env?: Record<string, string>;
}

/** The environment n8n runs in: production defaults on loopback, without what the caller's shell set. */
export function n8nEnvironment({
	version,
	userFolder,
	port,
	brokerPort,
	env,
}: Settings): NodeJS.ProcessEnv {
	const inherited = Object.entries(process.env).filter(([name]) => !NOT_INHERITED.test(name));
	return {
		...Object.fromEntries(inherited),
		...QUIET,
		...(version.startsWith('1.') ? AS_IN_N8N_2 : { N8N_DISABLED_MODULES: MODULES_WITH_LOOK_UPS }),
		NODE_ENV: 'production',
		N8N_USER_FOLDER: userFolder,
		N8N_PORT: String(port),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_HOST: '127.0.0.1',
		N8N_SECURE_COOKIE: 'false',
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
		...env,
	};
}
