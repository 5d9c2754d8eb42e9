/** The entry of the extension: VS Code's own modules go into the client. */
const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");
const { clientOf } = require("./client.js");

module.exports = clientOf(vscode, LanguageClient);
