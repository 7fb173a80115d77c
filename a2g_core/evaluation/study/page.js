// A study as a participant sees it. Needs no network; everything comes from the elements of this page. It does not know
// whose a video is, nor what an attention check expects: both are in the researcher's key.
"use strict";
(() => {
  const study = JSON.parse(document.getElementById("data").textContent);
  const $ = (id) => document.getElementById(id);
  const storageKey = `a2g-study-${study.study}`;
  const isRating = study.mode === "rating";
  let state = null; // { participant, started, answers } of the participant at work
  let plan = []; // [{ id, videos in this participant's order }]

  // Chance, repeatable for a participant of a study ------------------------------------------------------------------

  function randomFrom(text) { // FNV-1a for the seed, then mulberry32
    let seed = 2166136261;
    for (const c of text) seed = Math.imul(seed ^ c.codePointAt(0), 16777619);
    return () => {
      seed = (seed + 0x6d2b79f5) | 0;
      let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    };
  }

  function shuffled(items, random) {
    const out = [...items];
    for (let i = out.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [out[i], out[j]] = [out[j], out[i]];
    }
    return out;
  }

  // Every stratum (a pair of systems, or a system) as often as any other, and clips as rarely twice as can be.
  function draw({ take, trials }, random) {
    const pools = new Map();
    for (const [id, videos, stratum, clip] of shuffled(trials, random)) {
      if (!pools.has(stratum)) pools.set(stratum, []);
      pools.get(stratum).push({ id, videos, clip });
    }
    const out = [], used = new Map();
    while (out.length < take) {
      for (const stratum of shuffled([...pools.keys()], random)) {
        const pool = pools.get(stratum);
        if (!pool.length || out.length === take) continue;
        const uses = pool.map((trial) => used.get(trial.clip) || 0);
        const [trial] = pool.splice(uses.indexOf(Math.min(...uses)), 1);
        used.set(trial.clip, (used.get(trial.clip) || 0) + 1);
        out.push(trial);
      }
    }
    return shuffled(out, random);
  }

  function makePlan(participant) {
    const random = randomFrom(`${study.study}|${participant}`);
    const [main, checks] = study.draws.map((d) => draw(d, random));
    const out = [...main];
    checks.forEach((check, k) => { // one in each part of the session, never the very first page
      const span = main.length / checks.length;
      out.splice(Math.max(1, k + Math.ceil(span * (k + random()))), 0, check);
    });
    // Half of the pairs change sides.
    const flips = shuffled(out.map((_, i) => i % 2 === 1), random);
    return out.map((trial, i) => {
      const order = isRating ? shuffled(trial.videos, random) : flips[i] ? [...trial.videos].reverse() : trial.videos;
      return { id: trial.id, videos: order };
    });
  }

  // What is kept in this browser ---------------------------------------------------------------------------------------

  function remember() {
    try { localStorage.setItem(storageKey, JSON.stringify(state)); } catch { /* private mode: one sitting only */ }
  }

  function remembered() {
    try { return JSON.parse(localStorage.getItem(storageKey)); } catch { return null; }
  }

  // Pages ----------------------------------------------------------------------------------------------------------------

  function show(id) {
    for (const section of document.querySelectorAll("main > section")) section.hidden = section.id !== id;
    $("progress").hidden = id === "start";
    window.scrollTo(0, 0);
  }

  function make(tag, className, text) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  function begin(kept) {
    const typed = $("participant").value.trim();
    const made = [...crypto.getRandomValues(new Uint8Array(6))].map((b) => b.toString(16).padStart(2, "0")).join("");
    state = kept || { participant: typed || `anonymous-${made}`, started: new Date().toISOString(), answers: [] };
    plan = makePlan(state.participant);
    remember();
    showNext();
  }

  function showNext() {
    const at = state.answers.length;
    $("count").textContent = `${Math.min(at + 1, plan.length)} of ${plan.length}`;
    $("track").setAttribute("aria-valuemax", plan.length);
    $("track").setAttribute("aria-valuenow", at);
    $("track").firstElementChild.style.width = `${(100 * at) / plan.length}%`;
    if (at < plan.length) return showTrial(plan[at]);
    $("count").textContent = "finished";
    show("end");
    document.querySelector("#end h1").focus();
  }

  let trial = null; // { id, order, players, since } on the page

  function showTrial({ id, videos }) {
    if (trial) for (const player of trial.players) URL.revokeObjectURL(player.video.src);
    const stage = $("stage");
    stage.replaceChildren();
    stage.className = `stage ${isRating ? "many" : "pair"}`;
    $("answer").reset();
    trial = { id, order: videos, since: performance.now() };
    trial.players = videos.map((video, k) => addPlayer(stage, video, k));
    show("trial");
    update();
    $("question").focus();
  }

  function labelOf(k) {
    return isRating ? `Video ${String.fromCharCode(65 + k)}` : ["Left", "Right"][k];
  }

  function urlOf(id) {
    const text = atob($(`video-${id}`).textContent);
    return URL.createObjectURL(new Blob([Uint8Array.from(text, (c) => c.charCodeAt(0))], { type: "video/mp4" }));
  }

  function addPlayer(stage, id, k) {
    const card = make("figure", "card"), video = make("video"), time = make("div", "time");
    const controls = make("div", "controls"), button = make("button", "", "Play"), seen = make("span", "seen");
    const player = { video, plays: 0, card };
    Object.assign(video, { src: urlOf(id), muted: !study.sound, playsInline: true, preload: "auto", tabIndex: -1 });
    video.disablePictureInPicture = true;
    [video.width, video.height] = study.size;
    video.style.aspectRatio = study.size.join(" / ");
    video.style.height = "auto";
    video.setAttribute("aria-label", labelOf(k));
    time.append(make("div"));
    button.type = "button";
    const refresh = () => {
      button.textContent = !video.paused ? "Pause" : player.plays ? "Replay" : "Play";
      button.setAttribute("aria-label", `${button.textContent}, ${labelOf(k)}`);
      seen.textContent = player.plays ? "✓ watched" : "not watched";
      card.classList.toggle("watched", player.plays > 0);
      time.firstElementChild.style.width = `${(100 * video.currentTime) / (video.duration || 1)}%`;
    };
    player.toggle = () => {
      if (!video.paused) return video.pause();
      for (const other of trial.players) other.video.pause();
      video.play().catch(() => {}); // paused again before it began
    };
    button.addEventListener("click", player.toggle);
    video.addEventListener("click", player.toggle);
    for (const event of ["play", "pause", "timeupdate"]) video.addEventListener(event, refresh);
    video.addEventListener("ended", () => {
      // Media keys can skip: what counts is what has been played.
      let shown = 0;
      for (let i = 0; i < video.played.length; i++) shown += video.played.end(i) - video.played.start(i);
      if (shown > 0.9 * video.duration) player.plays += 1;
      refresh();
      update();
    });
    video.addEventListener("error", () => { if (card.isConnected) show("broken"); });
    controls.append(make("span", "label", labelOf(k)), seen, button);
    card.append(video, time, controls);
    if (isRating) card.append(addRatings(k));
    stage.append(card);
    refresh();
    return player;
  }

  function addRatings(k) {
    const box = make("div", "ratings");
    for (const name of Object.keys(study.questions)) {
      const set = make("fieldset", "segments");
      const legend = make("legend", "", name[0].toUpperCase() + name.slice(1));
      legend.setAttribute("aria-label", `${labelOf(k)}, ${name}`);
      const best = Object.entries(study.ratings).sort(([a], [b]) => b - a);
      set.append(legend, segments(`${name}-${k}`, best));
      box.append(set);
    }
    return box;
  }

  function segments(name, choices) {
    const row = make("div", "row");
    for (const [value, text] of choices) {
      const label = make("label"), input = make("input");
      Object.assign(input, { type: "radio", name, value });
      input.setAttribute("form", "answer");
      label.append(input, make("span", "", text));
      row.append(label);
    }
    return row;
  }

  // Answers ------------------------------------------------------------------------------------------------------------

  function answered() { // the answer on the page, or null where part of it is missing
    const form = new FormData($("answer"));
    if (!isRating) return form.get("choice");
    const out = {};
    for (const name of Object.keys(study.questions)) {
      out[name] = trial.order.map((_, k) => Number(form.get(`${name}-${k}`)));
      if (out[name].includes(0)) return null;
    }
    return out;
  }

  function update() {
    const unseen = trial.players.findIndex((player) => !player.plays);
    const missing = answered() === null;
    $("next").disabled = unseen >= 0 || missing;
    $("hint").textContent =
      unseen >= 0 ? `Play ${isRating ? labelOf(unseen) : `the ${labelOf(unseen).toLowerCase()} video`} to its end.`
      : missing ? (isRating ? "Rate every video in every row." : "Choose an answer.")
      : "";
  }

  function take(event) {
    event.preventDefault();
    if ($("next").disabled) return;
    for (const player of trial.players) player.video.pause();
    state.answers.push({
      trial: trial.id, order: trial.order, answer: answered(), plays: trial.players.map((player) => player.plays),
      seconds: Math.round(performance.now() - trial.since) / 1000,
    });
    if (state.answers.length === plan.length) state.finished = new Date().toISOString();
    remember();
    showNext();
  }

  function save() {
    const { participant, started, finished, answers } = state;
    const content = { format: study.format, study: study.study, mode: study.mode, participant, started, finished, answers };
    const link = make("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(content, null, 1)], { type: "application/json" }));
    link.download = `answers-${study.study.slice(0, 6)}-${participant}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    $("saved").textContent = `Saved as ${link.download} where your browser keeps downloads.`;
  }

  function onKey(event) {
    if ($("trial").hidden || event.ctrlKey || event.metaKey || event.altKey) return;
    const player = trial.players[Number(event.key) - 1];
    if (player) player.toggle();
    else if (event.key === "Enter" && event.target.tagName !== "BUTTON") take(event);
    else return;
    event.preventDefault();
  }

  // The page -----------------------------------------------------------------------------------------------------------

  const pages = study.draws.reduce((sum, { take: count }) => sum + count, 0);
  $("guide").textContent = study.guide;
  $("length").textContent = `There ${pages === 1 ? "is 1 page" : `are ${pages} pages`}.`;
  $("sound").hidden = !study.sound;
  $("return-to").textContent = study.returnTo;
  $("question").textContent = isRating ? "Rate every video" : Object.values(study.questions)[0];
  $("asked").hidden = !isRating;
  for (const [name, question] of Object.entries(study.questions)) {
    const line = make("div");
    line.append(make("dt", "", name[0].toUpperCase() + name.slice(1)), make("dd", "", question));
    $("asked").append(line);
  }
  if (!isRating) {
    $("choices").append(make("legend"), segments("choice", Object.entries(study.answers)));
    $("choices").firstElementChild.hidden = true;
    $("choices").setAttribute("aria-labelledby", "question");
    $("choices").hidden = false;
  }
  document.addEventListener("change", () => { if (trial) update(); });
  document.addEventListener("keydown", onKey);
  $("answer").addEventListener("submit", take);
  $("save").addEventListener("click", save);
  $("begin").addEventListener("submit", (event) => { event.preventDefault(); begin(null); });
  const kept = remembered();
  if (kept && Array.isArray(kept.answers)) {
    $("resume").hidden = false;
    $("resume").textContent = `Go on as ${kept.participant}`;
    $("resume").addEventListener("click", () => begin(kept));
  }
  show("start");
})();
