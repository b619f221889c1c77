const Sequencer = require('@jest/test-sequencer').default;

/** @typedef {Parameters<InstanceType<typeof Sequencer>['sort']>[0]} Tests */

/** The search for leaks comes last: it looks at what all other tests of the run have left. */
module.exports = class extends Sequencer {
	/** @param {Tests} tests */
	sort(tests) {
		/** @param {Tests[number]} test */
		const isLast = ({ path }) => path.endsWith('security.test.ts');
		const sorted = /** @type {Tests} */ (super.sort(tests));
		return [...sorted.filter((test) => !isLast(test)), ...sorted.filter(isLast)];
	}
};
