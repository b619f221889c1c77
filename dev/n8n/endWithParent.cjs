// Loaded into n8n: ends it and its task runner when the program that started it is gone, however that ended.
process.channel?.unref();
process.on('disconnect', () => {
	try {
		process.kill(-process.pid, 'SIGKILL');
	} finally {
		process.exit(1);
	}
});
