// What html-validate holds the built pages to: all it recommends, but for the rules below.
module.exports = {
    root: true,
    extends: ["html-validate:recommended", "html-validate:document"],
    rules: {
        "doctype-style": ["error", { style: "lowercase" }], // as the standard itself writes it
        "require-sri": ["error", { target: "crossorigin" }], // our own files come from where the page does
        "long-title": "off", // a source's own title is not ours to shorten, and the site's name follows it
        // A drawing or table that scrolls in a box of its own is no section of the text; the role only names the box.
        "prefer-native-element": ["error", { exclude: ["region"] }],
    },
};
