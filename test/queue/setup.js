const { installN8n } = require('../support/installN8n');
const { installServices } = require('./services');

/** Before all tests, because no time limit applies here. */
module.exports = async () => {
	await installServices();
	await installN8n({
		onProgress(message, share) {
			if (share === undefined) console.log(message);
		},
	});
};
