const testBed = require('./testBed');

module.exports = async () => {
	await testBed.get()?.close();
};
