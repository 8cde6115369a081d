(() => {
  "use strict";
  const $ = (id) => document.getElementById(id);
  const list = $("list");
  if (!list) return;
  const cards = [...list.children];
  const byNumber = new Map(cards.map((card) => [card.dataset.number, card]));
  const marks = [...document.querySelectorAll("mark")].map((element) => ({
    element,
    numbers: element.dataset.claims.split(" "),
    worst: element.className,
  }));
  const refs = [...document.querySelectorAll("a.ref")];
  const RANK = ["contradicted", "overstated", "supported", "no-evidence", "suppressed", "baselined"];
  const ORDERS = {
    draft: (a, b) => a.dataset.number - b.dataset.number,
    worst: (a, b) => a.dataset.weight - b.dataset.weight || ORDERS.draft(a, b),
    study: (a, b) =>
      !a.dataset.study - !b.dataset.study ||
      (a.dataset.study > b.dataset.study) - (a.dataset.study < b.dataset.study) ||
      ORDERS.draft(a, b),
  };
  let current = null;

  const detailsOf = (card) => card.firstElementChild;
  // Not the evidence: a study's outcomes stand beside every claim that it was laid beside.
  const sought = (card) =>
    [...card.querySelectorAll(".about, .words, .gist, .rule")].map((one) => one.textContent).join("\n").toLowerCase();
  const shown = () => [...list.children].filter((card) => !card.hidden);
  const chosenKind = () => document.querySelector("input[name=kind]:checked").value;

  function tellPosition() {
    const all = shown();
    const at = all.indexOf(current);
    $("position").textContent = `${at < 0 ? "–" : at + 1} / ${all.length}`;
  }

  function paint() {
    for (const mark of marks) {
      const kinds = mark.numbers
        .map((number) => byNumber.get(number))
        .filter((card) => !card.hidden)
        .map((card) => card.dataset.kind)
        .sort((a, b) => RANK.indexOf(a) - RANK.indexOf(b));
      mark.element.className = kinds[0] ?? "off";
      const on = current && !current.hidden && mark.numbers.includes(current.dataset.number);
      mark.element.classList.toggle("on", Boolean(on));
    }
    for (const ref of refs) ref.classList.toggle("off", byNumber.get(ref.dataset.claim).hidden);
    tellPosition();
  }

  function filter() {
    const kind = chosenKind();
    const words = $("find").value.trim().toLowerCase();
    const hide = $("hide").checked;
    for (const card of cards) {
      card.hidden =
        Boolean(kind && card.dataset.kind !== kind) ||
        (hide && card.dataset.kind === "supported") ||
        Boolean(words && !sought(card).includes(words));
    }
    $("nothing").hidden = cards.some((card) => !card.hidden);
    paint();
  }

  function close(card) {
    detailsOf(card).open = false;
    card.classList.remove("current");
  }

  function select(card, { focus = true, draft = true } = {}) {
    if (current && current !== card) close(current);
    current = card;
    card.classList.add("current");
    detailsOf(card).open = true;
    paint();
    const number = card.dataset.number;
    const mark = marks.find((one) => one.numbers.includes(number));
    const wide = matchMedia("(min-width: 64rem)").matches;
    if (draft && mark && wide) mark.element.scrollIntoView({ block: "center", behavior: "instant" });
    if (wide) {
      const panel = $("claims");
      // The list has the whole height once the head of the page is out of view.
      if (draft) scrollTo(0, Math.max(scrollY, panel.parentElement.offsetTop));
      const top = document.querySelector(".bar-top").offsetHeight;
      panel.scrollTop = card.offsetTop - top - 4;
    } else {
      card.scrollIntoView({ block: "start", behavior: "instant" });
    }
    if (focus) detailsOf(card).querySelector("summary").focus({ preventScroll: true });
  }

  function step(by) {
    const all = shown();
    if (!all.length) return;
    let at = all.indexOf(current);
    if (at < 0) {
      // The claim at hand is hidden: go on from its place; from the ends where there is none.
      const order = [...list.children];
      const place = current ? order.indexOf(current) : by > 0 ? -1 : order.length;
      at = all.filter((card) => order.indexOf(card) < place).length - (by > 0 ? 1 : 0);
    }
    select(all[Math.min(all.length - 1, Math.max(0, at + by))]);
  }

  function reveal(number) {
    const card = byNumber.get(number);
    if (card.hidden) showAll();
    select(card, { draft: false });
  }

  function showAll(kind = "") {
    document.querySelector(`input[name=kind][value="${kind}"]`).checked = true;
    $("find").value = "";
    $("hide").checked = false;
    filter();
  }

  function toDraft() {
    const ref = current && $(`at-${current.dataset.number}`);
    if (!ref) return;
    ref.scrollIntoView({ block: "center", behavior: "instant" });
    ref.focus({ preventScroll: true });
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-claim]");
    const back = event.target.closest("a[data-back]");
    const mark = event.target.closest("mark:not(.off)");
    const tally = event.target.closest("a[data-show]");
    if (tally) {
      showAll(tally.dataset.show);
    } else if (link) {
      event.preventDefault();
      reveal(link.dataset.claim);
    } else if (back) {
      event.preventDefault();
      toDraft();
    } else if (mark && getSelection().isCollapsed) {
      const visible = mark.dataset.claims.split(" ").filter((one) => !byNumber.get(one).hidden);
      const at = current ? visible.indexOf(current.dataset.number) : -1;
      reveal(visible[(at + 1) % visible.length]);
    }
  });

  list.addEventListener("click", (event) => {
    const summary = event.target.closest("summary");
    const card = event.target.closest(".card");
    if (!summary || !card || summary.parentElement !== detailsOf(card)) return;
    event.preventDefault();
    if (detailsOf(card).open) {
      close(card);
      if (current === card) current = null;
      paint();
    } else {
      select(card);
    }
  });

  const KEYS = {
    j: () => step(1), n: () => step(1), k: () => step(-1), p: () => step(-1), o: toDraft,
    s: () => { $("hide").checked = !$("hide").checked; filter(); },
    "/": () => $("find").focus(),
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input:not([type=checkbox], [type=radio]), select, textarea");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape") {
      const open = document.querySelector(".keys[open]");
      if (open) {
        open.open = false;
        open.firstElementChild.focus();
      } else if (current) {
        const summary = detailsOf(current).firstElementChild;
        close(current);
        current = null;
        paint();
        summary.focus({ preventScroll: true });
      }
      return;
    }
    const act = KEYS[event.key];
    if (!act || !$("keys").checked) return;
    event.preventDefault();
    act();
  });

  $("tools").addEventListener("submit", (event) => event.preventDefault());
  $("tools").addEventListener("input", filter);
  $("sort").addEventListener("input", (event) => {
    list.append(...cards.sort(ORDERS[event.target.value]));
    tellPosition();
  });
  $("next").addEventListener("click", () => step(1));
  $("previous").addEventListener("click", () => step(-1));
  $("all").addEventListener("click", () => showAll());

  // What is printed is what is shown, every claim in full.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = cards.map(detailsOf).filter((details) => !details.open);
    for (const details of opened) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
  });

  function follow() {
    const named = /^#claim-(\d+)$/.exec(location.hash);
    if (named && byNumber.has(named[1])) reveal(named[1]);
  }
  addEventListener("hashchange", follow);
  for (const id of ["tools", "order", "steps", "help"]) $(id).hidden = false;
  filter();
  follow();
})();
