"use strict";

/* Starts the parts of Wagtail's admin that Wagtail starts with an inline script, which
   the content security policy of the site forbids:
   https://github.com/wagtail/wagtail/issues/1288

   Only these can be started, so that text that gets into a page cannot call others. */
const STARTED = new Set([
    "Chooser",
    "DocumentChooser",
    "ImageChooser",
    "InlinePanel",
    "MultipleChooserPanel",
    "PageChooser",
    "SnippetChooser",
    "createTaskChooser",
    "initDateChooser",
    "initDateTimeChooser",
    "initTimeChooser",
]);

/* A browser calls `connectedCallback` at the moment at which it would run an inline
   script: when it reads the page, and when a script adds a form to it. */
class AdminPart extends HTMLElement {
    connectedCallback() {
        const { start, options } = this.dataset;
        this.remove();
        if (!STARTED.has(start)) throw new Error(`${start} is not a part of the admin.`);
        const values = JSON.parse(options);
        if (/^[A-Z]/.test(start)) new window[start](...values);
        else window[start](...values);
    }
}

customElements.define("app-admin-part", AdminPart);
