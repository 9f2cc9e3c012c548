// Runs axe on the page as it stands, and says of each finding which of the given selectors its element matches.
async (selectors) => {
    const found = await axe.run(document, {
        resultTypes: ["violations", "incomplete"],
        elementRef: true,
        rules: { "target-size": { enabled: true } }, // axe leaves it off; templates/README.md promises it
    });
    const selector = (element) => element.tagName.toLowerCase() + [...element.classList].map((name) => "." + name).join("");
    const named = (element) => {
        let name = selector(element);
        for (let above = element.parentElement; above && above !== document.body; above = above.parentElement) {
            if (above.classList.length) return selector(above) + " " + name;
        }
        return name;
    };
    const rows = (results) =>
        results.flatMap((rule) =>
            rule.nodes.map((node) => ({
                rule: rule.id,
                because: [...node.any, ...node.all, ...node.none].map((check) => check.data?.messageKey).find(Boolean) || "",
                element: named(node.element),
                matches: selectors.flatMap((each, i) => (node.element.matches(each) ? [i] : [])),
                html: node.html.slice(0, 200),
                says: node.failureSummary || [...node.any, ...node.all, ...node.none].map((check) => check.message).join(" "),
            })),
        );
    return { violations: rows(found.violations), incomplete: rows(found.incomplete) };
}
