// Timelines of runs in a browser. gosyncio.view(element).update(view, options)
// shows a view, as Go's export.View writes it, and may be called again with a
// newer one of the same runs: only what has changed is drawn.
//
//   live     the runs go on: there is nothing to scrub yet
//   outputs  elements, one for each run, to put its output in; else the page
//            has it already, in elements with data-run and data-at
//
// Text only ever gets in as text: nothing that a run says becomes markup.
const gosyncio = (() => {
  "use strict";

  // seconds is a time as people read it, the same as stage.Seconds.
  function seconds(ns) {
    if (ns === 0) return "0 s";
    if (ns >= 995e6) return (ns / 1e9).toFixed(2) + " s";
    if (ns >= 1e7) return (ns / 1e6).toFixed(0) + " ms";
    if (ns >= 1e6) return (ns / 1e6).toFixed(1) + " ms";
    return (ns / 1e3).toFixed(0) + " µs";
  }

  // exactly is a time of a change: there may be many within a millisecond.
  const exactly = (ns) => (ns / 1e9).toFixed(6) + " s";

  const steps = 200; // of the slider

  // speeds are how many times slower a run can be played: slow enough to follow
  // a short one, and faster than it was if it was long.
  function speeds(scale) {
    const all = [1, 2, 4, 10];
    for (; scale * all.at(-1) < 5e9 && all.at(-1) < 1e6;) all.push(all.at(-1) * 10);
    for (; scale * all[0] > 60e9;) all.unshift(all[0] / 10);
    return all;
  }

  function speedName(slowness) {
    if (slowness === 1) return "as it ran";
    return slowness > 1 ? slowness.toLocaleString("en") + " times slower" : Math.round(1 / slowness).toLocaleString("en") + " times faster";
  }

  // make makes an element with a class and a text.
  function make(tag, name, text) {
    const element = document.createElement(tag);
    if (name) element.className = name;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  // says is a span in words.
  function says(span) {
    let text = span.state;
    if (span.short) text = span.short + " short steps, mostly " + span.state;
    if (span.reason) text += ", " + span.reason;
    if (span.where) text += ", " + span.where;
    return text;
  }

  // spanAt is what a lane was in at a time, if in anything.
  function spanAt(lane, at) {
    let low = 0, high = lane.spans.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (lane.spans[middle].end_ns > at) high = middle; else low = middle + 1;
    }
    const span = lane.spans[low];
    return span && span.start_ns <= at ? span : undefined;
  }

  // stateAt is what a lane was in at a time, in words, and where.
  function stateAt(lane, at, over) {
    const span = over ? undefined : spanAt(lane, at);
    if (span) return [says(span), span.where];
    const first = lane.spans[0], last = lane.spans.at(-1);
    if (over || last && at >= last.end_ns) return ["has ended"];
    return [first && at < first.start_ns ? "not started yet" : "not there"];
  }

  // sums are how long a lane was in each state.
  function sums(lane) {
    const of = new Map();
    for (const span of lane.spans) of.set(span.state, (of.get(span.state) || 0) + span.end_ns - span.start_ns);
    return [...of].sort((a, b) => b[1] - a[1]).map(([state, ns]) => state + " " + seconds(ns)).join(", ") || "nothing";
  }

  function view(root) {
    let shown = null;    // the view
    let options = {};
    let at = null;       // the time that is looked at; null is none
    let changed = false; // that is when something changes
    let playing = 0;     // the number of an animation; 0 is none
    let last = 0;        // when it drew
    let panels = [];
    let changes = [];    // the times at which anything changes, in order
    let waiting = 0;     // the number of a timer, until it is said what is looked at

    root.classList.add("gs");
    const headline = make("p", "gs-headline");
    const controls = make("div", "gs-controls");
    const play = make("button", "gs-play", "Play");
    play.type = "button";
    const speed = make("select", "gs-speed");
    speed.setAttribute("aria-label", "Speed");
    const slider = make("input", "gs-slider");
    Object.assign(slider, {type: "range", min: 0, max: steps, step: 1, value: steps});
    slider.setAttribute("aria-label", "Time to look at");
    const time = make("span", "gs-time");
    time.setAttribute("aria-hidden", "true"); // the slider says it
    const said = make("p", "gs-unseen");
    said.setAttribute("role", "status");
    const [earlier, later] = [[-1, "◂", "To the change before"], [1, "▸", "To the next change"]].map(([way, sign, name]) => {
      const button = make("button", "gs-change", sign);
      button.type = "button";
      button.setAttribute("aria-label", name);
      button.title = name;
      button.addEventListener("click", () => change(way));
      return button;
    });
    controls.append(play, speed, earlier, later, slider, time);
    const runs = make("div", "gs-runs");
    const notes = make("ul", "gs-notes");
    const keys = make("p", "gs-keys", "Drag over the bars, or use the arrow keys on the slider, to look at a moment. Space plays, Esc shows all of it.");
    root.replaceChildren(headline, controls, runs, keys, notes, said);

    // panel is what shows one run.
    function panel(index) {
      const p = {index, box: make("section", "gs-run"), title: make("h3"), result: make("span", "gs-result"), lanes: [],
        rows: make("div", "gs-rows"), plot: make("div", "gs-plot"), axis: make("div", "gs-axis"), cover: make("div", "gs-cover"),
        readout: make("ul", "gs-readout"), fold: make("p", "gs-fold"), more: make("li"), printed: 0};
      p.name = make("span");
      p.title.append(p.name, " ", p.result);
      p.plot.append(p.rows, p.cover);
      p.cover.hidden = true;
      p.box.append(p.title, p.fold, p.plot, p.axis, p.readout);
      p.plot.addEventListener("pointerdown", (event) => {
        if (options.live || event.button !== 0) return;
        p.plot.setPointerCapture(event.pointerId);
        scrub(p, event);
      });
      p.plot.addEventListener("pointermove", (event) => {
        if (p.plot.hasPointerCapture(event.pointerId)) scrub(p, event);
      });
      runs.append(p.box);
      return p;
    }

    // scrub looks at where a pointer is.
    function scrub(p, event) {
      const bar = p.rows.querySelector(".gs-bar");
      if (!bar) return;
      const box = bar.getBoundingClientRect();
      stop();
      look((event.clientX - box.left) / box.width * shown.scale_ns);
    }

    const percent = (ns) => Math.min(ns / shown.scale_ns, 1) * 100 + "%";

    // row is a lane's row, or that of a state of folded lanes.
    function row(p, i) {
      if (p.lanes[i]) return p.lanes[i];
      const lane = {label: make("span", "gs-label"), bar: make("div", "gs-bar"), spans: []};
      lane.bar.setAttribute("role", "img");
      p.rows.append(lane.label, lane.bar);
      return p.lanes[i] = lane;
    }

    const same = (a, b) => ["start_ns", "end_ns", "state", "short", "reason", "where"].every((key) => a[key] === b[key]);

    // drawLane draws what is new in a lane.
    function drawLane(row, lane, scale) {
      row.label.textContent = lane.name;
      row.label.title = lane.name;
      const anew = row.scale !== scale || row.spans.length > lane.spans.length;
      if (anew) {
        row.bar.replaceChildren();
        row.spans = [];
      }
      row.scale = scale;
      lane.spans.forEach((span, i) => {
        const before = row.spans[i];
        if (before && same(before, span)) return;
        const element = before ? row.bar.children[i] : make("div");
        element.className = "gs-span gs-" + span.state;
        element.style.left = "min(" + percent(span.start_ns) + ", 100% - 1px)";
        element.style.width = percent(span.end_ns - span.start_ns);
        element.title = lane.name + ": " + says(span) + ", " + seconds(span.start_ns) + " to " + seconds(span.end_ns);
        if (!before) row.bar.append(element);
        row.spans[i] = span;
      });
      const count = lane.spans.length;
      row.bar.setAttribute("aria-label", lane.name + ": " + (count === 1 ? "1 span" : count + " spans") + (count > 0 ? ", at last " + says(lane.spans[count - 1]) : ""));
    }

    // drawFold draws how many lanes were in a state.
    function drawFold(row, state, most) {
      row.label.textContent = state.state;
      row.bar.replaceChildren(...state.cells.map((n, i) => {
        const element = make("div", "gs-span gs-" + state.state + " gs-many");
        element.style.left = i / state.cells.length * 100 + "%";
        element.style.width = "calc(" + 100 / state.cells.length + "% + .5px)"; // no gaps between them
        element.style.height = n === 0 ? 0 : "max(1px, " + Math.min(n / Math.max(most, 1), 1) * 100 + "%)";
        element.title = state.state + ": " + n.toFixed(1) + " lanes";
        return element;
      }));
      row.bar.setAttribute("aria-label", "lanes " + state.state + ": at most " + Math.max(...state.cells).toFixed(0));
    }

    function drawAxis(p) {
      p.axis.replaceChildren(...shown.ticks.map((tick) => {
        const label = make("span", "gs-tick", tick.label);
        label.style.left = percent(tick.at_ns);
        if (tick.at_ns > shown.scale_ns * 0.95) label.classList.add("gs-end");
        return label;
      }));
    }

    function drawRun(p, run) {
      p.box.classList.toggle("gs-first", run.first);
      p.name.textContent = run.name;
      p.result.textContent = run.result;
      let i = 0;
      for (const lane of run.lanes) drawLane(row(p, i++), lane, shown.scale_ns);
      p.fold.hidden = !run.folded && !run.cut;
      const texts = [];
      if (run.folded) {
        texts.push(run.folded.count + " lanes, at most " + run.folded.most + " at a time: the first " + run.lanes.length + " are shown, and of all together how many are in each state.");
        for (const state of run.folded.states) drawFold(row(p, i++), state, run.folded.most);
      }
      if (run.cut) texts.push("There was more than could be kept.");
      p.fold.textContent = texts.join(" ");
      for (; p.lanes.length > i;) {
        const left = p.lanes.pop();
        left.label.remove();
        left.bar.remove();
      }
      drawAxis(p);
      p.code = new Map((run.code || []).map((line) => [run.file + ":" + line.line, line.text.trim()]));
      p.items = [...run.lanes.map((lane) => lane.name), ...(run.folded ? ["all together"] : [])].map((name) => {
        const item = make("li"), state = make("span"), code = make("code");
        item.append(make("b", "", name), " ", state, " ", code);
        return {item, state, code};
      });
      p.readout.replaceChildren(...p.items.map((i) => i.item));
      const output = options.outputs && options.outputs[p.index];
      if (output) {
        if (run.output.length < p.printed) {
          output.replaceChildren();
          p.printed = 0;
        }
        for (const line of run.output.slice(p.printed)) {
          const item = make("li");
          item.dataset.at = line.at_ns;
          item.append(make("span", "gs-when", seconds(line.at_ns)), " ", make("span", "", line.text));
          output.append(item);
        }
        p.printed = run.output.length;
        p.more.remove();
        if (run.dropped) {
          p.more.textContent = "(" + run.dropped + " more lines)";
          output.append(p.more);
        }
      }
    }

    // update shows a view.
    function update(next, wanted) {
      options = wanted || options;
      const others = !shown || shown.runs.length !== next.runs.length || shown.runs.some((run, i) => run.name !== next.runs[i].name) ||
        shown.runs.some((run, i) => next.runs[i].at_ns < run.at_ns);
      shown = next;
      if (others) {
        stop();
        at = null;
        runs.replaceChildren();
        for (const output of options.outputs || []) output.replaceChildren();
        panels = next.runs.map((_, i) => panel(i));
      }
      const names = next.runs.flatMap((run) => [...run.lanes.map((lane) => lane.name), ...(run.folded ? run.folded.states.map((row) => row.state) : [])]);
      root.style.setProperty("--label", Math.min(Math.max(1, ...names.map((name) => name.length)), 14) * 0.55 + 0.9 + "rem");
      headline.textContent = next.headline.replace(/(\d) (?=[nµm]?s\b)/g, "$1\u00a0"); // a number keeps its unit
      headline.hidden = !next.headline;
      notes.replaceChildren(...(next.notes || []).map((note) => make("li", "", note)));
      controls.hidden = keys.hidden = Boolean(options.live) || next.runs.length === 0;
      const wantedSpeeds = speeds(next.scale_ns).map(String);
      if (wantedSpeeds.join() !== [...speed.options].map((option) => option.value).join()) {
        speed.replaceChildren(...wantedSpeeds.map((slowness) => {
          const option = make("option", "", speedName(Number(slowness)));
          option.value = slowness;
          option.selected = slowness === "1";
          return option;
        }));
      }
      changes = [...new Set([0, ...next.runs.flatMap((run) => run.lanes.flatMap((lane) => lane.spans.flatMap((span) => [span.start_ns, span.end_ns])))])].sort((a, b) => a - b);
      next.runs.forEach((run, i) => drawRun(panels[i], run));
      mark();
    }

    // look looks at a moment; null looks at the whole.
    function look(to, change = false) {
      changed = change;
      at = to === null ? null : Math.max(0, Math.min(to, shown.scale_ns));
      mark();
    }

    // change looks at the next change, or the one before.
    function change(way) {
      stop();
      const from = at === null ? (way > 0 ? -1 : Infinity) : at;
      const to = way > 0 ? changes.find((time) => time > from) : changes.findLast((time) => time < from);
      if (to !== undefined) look(to, true);
    }

    // mark shows what was at the moment that is looked at.
    function mark() {
      const whole = at === null;
      slider.value = whole ? steps : Math.round(at / shown.scale_ns * steps);
      const when = whole ? "all of it" : changed ? exactly(at) : seconds(at);
      slider.setAttribute("aria-valuetext", when);
      time.textContent = whole ? "" : "at " + when;
      panels.forEach((p, i) => {
        const run = shown.runs[i];
        p.cover.hidden = whole || p.lanes.length === 0;
        p.readout.hidden = Boolean(options.live);
        const here = new Set();
        if (!whole) p.cover.style.setProperty("--at", at / shown.scale_ns);
        const over = !whole && run.ended && at >= run.at_ns;
        run.lanes.forEach((lane, n) => {
          const [text, where] = whole ? [sums(lane)] : stateAt(lane, at, over);
          if (where) here.add(where);
          set(p.items[n].state, text);
          set(p.items[n].code, where && p.code.get(where) || "");
        });
        if (run.folded) set(p.items[run.lanes.length].state, whole ? "at most " + run.folded.most + " at a time" : over ? "have ended" : counts(run.folded));
        for (const line of document.querySelectorAll('[data-run="' + i + '"] [data-at]')) {
          line.classList.toggle("gs-later", !whole && Number(line.dataset.at) > at);
        }
        for (const line of document.querySelectorAll('[data-run="' + i + '"] [data-where]')) {
          line.classList.toggle("gs-here", here.has(line.dataset.where));
        }
      });
      clearTimeout(waiting);
      if (!whole && !playing) waiting = setTimeout(tell, 600);
    }

    // set changes a text if it is another.
    function set(element, text) {
      if (element.textContent !== text) element.textContent = text;
    }

    // counts are how many folded lanes were in each state about now.
    function counts(folded) {
      return folded.states.map((row) => {
        const n = row.cells[Math.min(Math.floor(at / shown.scale_ns * row.cells.length), row.cells.length - 1)];
        return row.state + " " + (n > 0 && n < 1 ? "under 1" : n.toFixed(0));
      }).join(", ");
    }

    // tell says to who hears the page what is looked at, once that has settled.
    function tell() {
      const most = 6; // lanes of a run
      said.textContent = panels.map((p, i) => {
        const lanes = shown.runs[i].lanes.slice(0, most).map((lane, n) => lane.name + " " + p.items[n].state.textContent.split(",")[0]);
        return shown.runs[i].name + ": " + [...lanes, ...(p.items.length > most ? ["and more"] : [])].join(", ");
      }).join(". ");
    }

    // stop stops playing.
    function stop() {
      if (playing) cancelAnimationFrame(playing);
      playing = 0;
      play.textContent = "Play";
    }

    // step plays on.
    function step(now) {
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
      const passed = now - last; // a frame may have begun before that
      if (passed > 0 && (!calm || passed >= 250)) {
        look(at + passed * 1e6 / Number(speed.value));
        last = now;
      }
      if (at >= shown.scale_ns) {
        stop();
        look(null);
        return;
      }
      playing = requestAnimationFrame(step);
    }

    function toggle() {
      if (options.live || !shown) return;
      if (playing) return stop();
      if (at === null || at >= shown.scale_ns) at = 0;
      look(at);
      play.textContent = "Pause";
      last = performance.now();
      playing = requestAnimationFrame(step);
    }

    play.addEventListener("click", toggle);
    slider.addEventListener("input", () => {
      stop();
      look(slider.value / steps * shown.scale_ns);
    });
    document.addEventListener("keydown", (event) => {
      const busy = event.target.closest("button, select, summary, a, input:not(.gs-slider), textarea");
      if (event.key === " " && !busy && !event.ctrlKey && !event.metaKey && !event.altKey && !options.live) {
        event.preventDefault();
        toggle();
      } else if (event.key === "Escape" && at !== null) {
        stop();
        look(null);
      }
    });
    window.addEventListener("beforeprint", () => {
      if (!shown) return;
      stop();
      look(null);
    });
    return {update};
  }

  return {view, seconds};
})();
