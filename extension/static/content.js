// Watches the address of a HaloITSM page and hosts the sidebar's frame in it. Which record an address
// names, and whether anything is shown, the background decides.
(() => {
	if (globalThis.sidelightAlive?.()) return;
	const { runtime, i18n } = globalThis.browser ?? globalThis.chrome;
	const root = document.documentElement;
	const [MIN, MAX, STEP, PAGE_LEFT, PATIENCE] = [320, 900, 16, 480, 2000];
	const over = new AbortController();
	const { signal } = over;
	const alive = (globalThis.sidelightAlive = () => !signal.aborted && !!runtime?.id);
	// What an older version left behind.
	for (const node of [...root.children]) {
		if (!/^sidelight-\w{8}$/.test(node.localName)) continue;
		node.remove();
		root.style.marginRight = "";
	}

	let page = null; // The background's answer, while something is to show.
	let parts = null; // { host, panel, handle, tab, frame }
	let before; // What had the focus.
	let seen = ""; // The address told last.
	let asked = 0; // Only the last answer counts.
	let pushed = 0; // By how much the page is narrower.

	async function say(message) {
		try {
			return (await runtime.sendMessage(message))?.ok;
		} catch {
			if (!runtime?.id) leave();
		}
	}

	// The address

	async function look() {
		if (!alive()) return leave();
		if (document.hidden) return;
		if (location.href === seen) return page && !parts?.host.isConnected && show();
		seen = location.href;
		const question = ++asked;
		// Halo's configuration and end users' portal: gone at once.
		if (/^\/(config|portal)\b/i.test(location.pathname)) hide();
		const answer = await say({ say: "page_seen", url: seen });
		if (question !== asked || !alive()) return;
		if (page?.token !== answer?.token) hide();
		if (!answer?.record) return hide();
		page = answer;
		show();
	}

	let soon;
	const listen = (target, act, ...names) => names.map((name) => target?.addEventListener(name, act, { signal }));
	const moved = (event) => {
		if (event.type === "visibilitychange") seen = "";
		clearTimeout(soon);
		soon = setTimeout(look, 60);
	};
	listen(globalThis.navigation, moved, "currententrychange");
	listen(window, moved, "popstate", "hashchange", "pageshow");
	listen(document, moved, "visibilitychange", "DOMContentLoaded");
	const beat = setInterval(look, 1000); // Without a Navigation API; and where a page never ends.

	// What is shown

	const text = i18n.getMessage;
	const make = (name, values, ...children) => {
		const node = Object.assign(document.createElement(name), values);
		node.append(...children);
		return node;
	};

	function build() {
		const letters = Array.from(crypto.getRandomValues(new Uint8Array(8)), (n) => ((n % 26) + 10).toString(36));
		const host = make("sidelight-" + letters.join(""), { popover: "manual" });
		// Nothing in the page's own sheets stands above this.
		host.style.cssText = HOST.replace(/;/g, "!important;");
		const shadow = host.attachShadow({ mode: "closed" });
		const sheet = new CSSStyleSheet();
		sheet.replaceSync(STYLE);
		shadow.adoptedStyleSheets = [sheet];
		const title = text("showSidebar");
		const tab = make("button", { title, ariaLabel: title });
		const handle = make("hr", { tabIndex: 0, ariaLabel: text("sidebarWidth"), ariaValueMin: MIN, ariaValueMax: MAX });
		handle.ariaOrientation = "vertical"; // A rule is a separator by itself.
		const panel = make("div", {}, handle);
		shadow.append(tab, panel);
		listen(tab, (event) => event.isTrusted && toggle(), "click");
		listen(handle, drag, "pointerdown");
		listen(handle, nudge, "keydown");
		listen(host, (event) => event.key === "Escape" && page?.frame.open && toggle(), "keydown");
		return { host, panel, handle, tab };
	}

	function show() {
		// Not before the page is read, unless that never ends.
		if (document.readyState === "loading" && performance.now() < PATIENCE) return;
		parts ??= build();
		const { host, panel, tab } = parts;
		const { open } = page.frame;
		if (!host.isConnected) root.append(host);
		if (!host.matches(":popover-open")) host.showPopover();
		if (open && !parts.frame) {
			const src = `${runtime.getURL("sidebar.html")}?tab=${page.tab}#${page.token}`;
			parts.frame = make("iframe", { title: text("sidebarTitle"), allow: "clipboard-write *", src });
			panel.append(parts.frame);
		} else if (!open) {
			parts.frame?.remove();
			parts.frame = null;
		}
		tab.hidden = open;
		panel.hidden = !open;
		fit();
	}

	function hide() {
		page = null;
		parts?.host.remove();
		parts = null;
		push(0);
	}

	function leave() {
		over.abort();
		clearInterval(beat);
		clearTimeout(soon);
		if (!parts?.host.isConnected) pushed = 0; // A newer version has taken over.
		hide();
	}

	// Width

	const bounded = (width) => Math.round(Math.max(MIN, Math.min(width, MAX, innerWidth - 40)));

	function fit() {
		const { open, width, mode } = page.frame;
		const used = bounded(width);
		parts.host.style.setProperty("width", (open ? used : 0) + "px", "important");
		parts.handle.ariaValueNow = used;
		push(open && mode === "push" && innerWidth - used >= PAGE_LEFT ? used : 0);
	}

	function push(width) {
		if (width === pushed) return;
		pushed = width;
		const { style } = root;
		const moves = width && !matchMedia("(prefers-reduced-motion: reduce)").matches;
		style.transition = moves ? "margin-right 120ms" : "";
		style.setProperty("margin-right", width ? width + "px" : "", "important");
		dispatchEvent(new Event("resize")); // The page lays itself out anew.
	}

	function resize(width) {
		page.frame.width = bounded(width);
		fit();
	}

	const remember = () => page && say({ say: "frame_changed", ...page.frame });

	function drag(event) {
		if (event.button) return;
		event.preventDefault();
		const { host, handle, panel } = parts;
		const { right } = host.getBoundingClientRect();
		handle.setPointerCapture(event.pointerId);
		panel.className = "dragged";
		handle.onpointermove = (move) => page && resize(right - move.clientX);
		handle.onlostpointercapture = () => {
			handle.onpointermove = null;
			panel.className = "";
			remember();
		};
	}

	function nudge(event) {
		const { width } = page.frame;
		const to = { ArrowLeft: width + STEP, ArrowRight: width - STEP, Home: MAX, End: MIN }[event.key];
		if (!to) return;
		event.preventDefault();
		resize(to);
		remember();
	}

	listen(window, (event) => event.isTrusted && parts && fit(), "resize");

	// Opening and closing

	function toggle() {
		if (!parts) return false;
		const open = (page.frame.open = !page.frame.open);
		const { activeElement } = document;
		const inside = activeElement === parts.host;
		if (open) before = inside ? null : activeElement;
		show();
		if (open) parts.frame.focus();
		else if (inside) (before ?? parts.tab).focus();
		remember();
		return true;
	}

	listen(window, ({ source, data }) => {
		// The page can neither forge the source nor look into the frame.
		if (!parts?.frame || source !== parts.frame.contentWindow) return;
		if (data.sidelight === "close") toggle();
		// Chromium focused what the page has replaced by now.
		if (data.sidelight === "ready" && parts.frame.matches(":focus")) parts.frame.blur(), parts.frame.focus();
	}, "message");

	runtime.onMessage.addListener((message, sender, answer) => {
		if (sender.id !== runtime.id || !alive()) return;
		if (message.leave) leave();
		if (message.toggle) answer(toggle());
	});

	const HOST = "all:initial;position:fixed;inset:0 0 0 auto;display:block;height:100%;color-scheme:light dark;";
	const STYLE = `* { --line: light-dark(#c5c8d2, #474a58); --lit: light-dark(#4a45c4, #a9a4ff); background: light-dark(#fff, #1a1b21) }
	div { position: absolute; inset: 0; border-left: 1px solid var(--line) }
	iframe { width: 100%; height: 100%; border: 0 }
	.dragged iframe { pointer-events: none }
	hr { position: absolute; inset: 0 auto 0 -6px; width: 6px; margin: 0; border: 0; background: none; cursor: ew-resize; touch-action: none }
	hr:hover, hr:focus-visible { background: var(--lit) }
	button { position: absolute; inset: 40% 0 auto auto; width: 22px; height: 56px; border: 1px solid var(--line); border-radius: 6px 0 0 6px }
	button::before { content: ""; position: absolute; inset: 16px 8px; border-left: 3px solid var(--lit) }`;

	look();
})();
