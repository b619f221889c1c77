const { startChatModel } = require('./chatModel');
const { serveGoogleSheets } = require('./googleSheets');
const { startObjectStore } = require('./objectStore');
const { serveSlack } = require('./slack');
const { openWeb } = require('./web');

/** Local servers that answer as the services beside GMI Cloud do in the examples. */
module.exports = {
	openWeb,
	serveGoogleSheets,
	serveSlack,
	startChatModel,
	startObjectStore,
};
