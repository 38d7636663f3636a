import {html, render} from "htm/preact"; render(html`<h1>Quayside</h1>`, document.getElementById("app"));
