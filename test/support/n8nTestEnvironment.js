const { TestEnvironment } = require('jest-environment-node');

const testBed = require('./testBed');

/** Hands the tests what the global setup started; they run in the same process. */
module.exports = class extends TestEnvironment {
	async setup() {
		await super.setup();
		testBed.handTo(this.global);
	}
};
