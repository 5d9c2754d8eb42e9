/** The page's entry: shows the page, and keeps it in step with the server. */
import { render } from "preact";
import "./style/base.css";
import "./style/desk.css";
import "./style/phone.css";
import "./style/setup.css";
import "./style/conversation.css";
import "./style/answers.css";
import "./style/diagram.css";
import "./style/flow.css";
import "./style/panes.css";
import "./style/requests.css";
import "./style/source.css";
import "./style/variables.css";
import "./style/tests.css";
import { recall, remember } from "./memory.ts";
import { newPage } from "./page.ts";
import { listenToServer } from "./server.ts";
import { App } from "./view/app.tsx";

const page = newPage(recall());
const root = document.getElementById("page");
if (root) render(<App page={page} />, root);
page.subscribe(() => remember(page.state()));
void listenToServer(page.dispatch);
