// What a reader without a mouse can come to on the page as it stands, in the order of the document, and how each looks
// before it has the focus. Leaves `walk` behind, that tells of the element that has it.
() => {
    const CAN = "a[href], area[href], button, input, select, textarea, summary, iframe, audio[controls], video[controls], " +
        "[tabindex], [contenteditable]";
    const isOne = (element) => {
        if (element.tabIndex < 0 || element.matches(":disabled") || element.closest("[inert]")) return false;
        if (element.tagName === "SUMMARY" && element !== element.parentElement.querySelector("summary")) return false;
        if (element.type === "radio" && element.name && !element.checked) {
            const group = [...document.querySelectorAll(`input[type=radio][name="${CSS.escape(element.name)}"]`)];
            if (group.some((other) => other.checked) || group[0] !== element) return false;
        }
        return element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });
    };
    const all = [...document.querySelectorAll(CAN)].filter(isOne);
    const LOOKS = ["outlineStyle", "outlineWidth", "outlineColor", "boxShadow", "backgroundColor", "borderTopColor",
        "borderBottomColor", "borderBottomWidth", "textDecorationLine", "textDecorationThickness", "stroke", "strokeWidth"];
    const shown = (element) => [element, ...(element.labels || [])];
    const looks = (element) => shown(element).map((each) => {
        const style = getComputedStyle(each);
        return LOOKS.map((name) => name.startsWith("outline") && style.outlineStyle === "none" ? "" : style[name]).join("|");
    }).join("||");
    document.activeElement?.blur(); // Tab goes on from there all the same
    const before = new Map(all.map((element) => [element, looks(element)]));
    const selector = (element) => element.tagName.toLowerCase() + [...element.classList].map((name) => "." + name).join("");

    // Whether some of it lies in the window with nothing over it.
    const inSight = (element) => shown(element).some((each) => [...each.getClientRects()].some((box) => {
        const left = Math.max(box.left, 0), right = Math.min(box.right, document.documentElement.clientWidth);
        const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
        if (right <= left || bottom <= top) return false;
        const places = [0.5, 0.1, 0.9].flatMap((x) => [0.5, 0.1, 0.9].map((y) => [x, y]));
        return places.some(([x, y]) => {
            const hit = document.elementFromPoint(left + (right - left) * x, top + (bottom - top) * y);
            return hit && (each.contains(hit) || hit.contains(each));
        });
    }));
    const box = (element) => {
        const boxes = shown(element).flatMap((each) => [...each.getClientRects()]);
        const one = boxes.find((each) => each.width > 2 && each.height > 2) || boxes[0];
        return { x: one.x, y: one.y, width: one.width, height: one.height };
    };
    window.walk = () => {
        const element = document.activeElement;
        if (!element || element === document.body || element === document.documentElement) return null;
        const style = getComputedStyle(element);
        return {
            number: all.indexOf(element),
            // A box that scrolls can be come to with no word of ours.
            scrolls: element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight,
            looksOtherwise: looks(element) !== before.get(element),
            inSight: inSight(element),
            isOpen: document.querySelectorAll(":popover-open, dialog[open]").length,
            selector: selector(element),
            box: box(element),
            html: element.outerHTML.slice(0, 150),
            matchesFocusVisible: element.matches(":focus-visible") && style.visibility !== "hidden",
        };
    };
    return all.map((element) => element.outerHTML.slice(0, 150));
}
