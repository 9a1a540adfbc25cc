(() => {
  'use strict';
  const at = id => document.getElementById(id);
  const code = location.hash.slice(1).replace(/[^A-Za-z0-9]/g, '');
  let source, state, own, run, ended = false, heard = 0, retry = 0, timer;

  // Texts of others are set as text, never as HTML.
  const make = (name, text, ...classes) => {
    const element = document.createElement(name);
    element.textContent = text;
    element.classList.add(...classes);
    return element;
  };

  // marked sets `code` between back quotes as such.
  const marked = (element, text) => {
    const parts = text.split('`');
    element.replaceChildren(...parts.map((part, i) => i % 2 && i < parts.length - 1 ? make('code', part) : part));
    return element;
  };

  const setText = (element, text) => { if (element.textContent !== text) element.textContent = text; };
  const say = text => setText(at('said'), text);

  const post = (path, body) => fetch(path, {
    method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(body), signal: AbortSignal.timeout(10000),
  });

  // connect joins, which is nothing new for who has joined, and then listens.
  const connect = async typed => {
    clearTimeout(timer);
    source?.close();
    source = undefined;
    let answer;
    try {
      answer = await post('join', {code: typed});
    } catch {
      return lost();
    }
    if (answer.status === 403 || answer.status === 429 && typed) return ask(typed ? (await answer.json()).error : '');
    if (answer.status === 429 || answer.status === 503) return lost(`${sentence((await answer.json()).error)} Trying again.`);
    if (!answer.ok) return lost();
    at('join').hidden = true;
    source?.close();
    source = new EventSource('events');
    source.addEventListener('state', e => { state = JSON.parse(e.data); alive(); draw(); });
    source.addEventListener('own', e => { own = JSON.parse(e.data); alive(); draw(); });
    source.addEventListener('run', e => { run = JSON.parse(e.data); alive(); draw(); });
    source.addEventListener('ended', () => { ended = true; draw(); });
    source.onerror = () => { if (!ended) lost(); };
  };

  const alive = () => {
    heard = Date.now();
    retry = 0;
    at('connection').hidden = true;
  };

  // lost tries again, later each time and not all pages at once.
  const lost = why => {
    source?.close();
    source = undefined;
    setText(at('connection'), why || 'Connection lost, trying again.');
    at('connection').hidden = false;
    retry = Math.min(Math.max(2 * retry, 500), 8000);
    clearTimeout(timer);
    timer = setTimeout(connect, retry * (0.5 + Math.random() / 2), code);
  };

  // A page that has slept may not know that its connection is dead. The class
  // says something every ten seconds.
  const wake = () => {
    if (!heard || ended || document.visibilityState !== 'visible') return;
    if (!source || Date.now() - heard > 25000) connect(code);
  };
  document.addEventListener('visibilitychange', wake);
  addEventListener('online', wake);
  addEventListener('pageshow', e => { if (e.persisted) wake(); });
  setInterval(wake, 5000);

  const ask = why => {
    at('join').hidden = false;
    at('connection').hidden = true;
    for (const id of ['slide', 'question', 'run']) at(id).hidden = true;
    setText(at('refused'), why ? sentence(why) : '');
    at('code').focus();
  };
  const sentence = text => text[0].toUpperCase() + text.slice(1) + '.';
  at('join').addEventListener('submit', e => {
    e.preventDefault();
    connect(at('code').value.trim());
  });

  const vote = async answer => {
    const q = state.question;
    if (!q?.open) return;
    const before = own;
    own = {...own, question: q.id, round: q.round, vote: answer};
    draw();
    try {
      const got = await post('vote', {question: q.id, round: q.round, answer});
      if (got.ok) return;
      own = before;
      draw();
      setText(at('status'), sentence((await got.json()).error));
    } catch {
      own = before;
      draw();
      setText(at('status'), 'Your vote did not arrive. Please vote again.');
    }
  };
  addEventListener('keydown', e => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.target instanceof HTMLInputElement) return;
    const n = Number(e.key);
    if (state?.question?.open && n >= 1 && n <= state.question.answers.length) vote(n - 1);
  });

  const draw = () => {
    if (!state) return;
    setText(at('here'), `${state.here} here`);
    at('ended').hidden = !ended;
    if (ended) {
      source?.close();
      at('connection').hidden = true;
    }
    const shown = run && run.number === state.run;
    at('run').hidden = !shown;
    at('question').hidden = !state.question;
    at('slide').hidden = Boolean(state.question) || Boolean(shown) || ended;
    if (shown) drawRun();
    if (state.question) drawQuestion(state.question);
    else say(shown ? 'A run is shown.' : ended ? 'The class has ended.' : 'Look at the slide.');
  };

  // The answers are made once for a question, so that the focus stays.
  let drawn = '', answered = false;
  const drawQuestion = q => {
    const mine = own && own.question === q.id && own.round === q.round ? own.vote : -1;
    const key = JSON.stringify([q.id, q.text, q.answers]);
    if (key !== drawn) {
      drawn = key;
      answered = false;
      scrollTo(0, 0);
      setText(at('heading'), q.heading);
      at('heading').hidden = q.heading === state.title;
      marked(at('text'), q.text);
      at('answers').replaceChildren(...q.answers.map((answer, i) => {
        const box = make('div', '', 'answer');
        const button = make('button', '');
        button.type = 'button';
        button.append(make('kbd', i + 1), marked(make('span', ''), answer));
        button.addEventListener('click', () => vote(i));
        box.append(button, make('div', '', 'bars'), make('p', '', 'why'));
        return box;
      }));
    }
    q.answers.forEach((_, i) => {
      const [button, bars, why] = at('answers').children[i].children;
      const box = at('answers').children[i];
      button.setAttribute('aria-pressed', i === mine);
      button.setAttribute('aria-disabled', !q.open); // and not disabled, which would lose the focus
      const taken = q.rounds.map((counts, round) => [counts, round + 1]).filter(([counts]) => Math.max(...counts) > 0);
      bars.replaceChildren(...taken.map(([counts, round]) => bar(counts, i, taken.length > 1 ? `vote ${round}` : '')));
      const revealed = q.revealed?.[i];
      box.classList.toggle('right', Boolean(revealed?.right));
      box.classList.toggle('wrong', Boolean(revealed && !revealed.right));
      marked(why, revealed ? `${revealed.right ? 'Right.' : 'Wrong.'} ${revealed.why}` : '');
    });
    if (q.revealed && !answered) at('question').scrollIntoView({block: 'nearest'}); // it may stand below a run
    answered = Boolean(q.revealed);
    const voted = `${q.voted} of ${Math.max(state.here, q.voted)} have voted.`;
    const vote2 = q.round > 1 ? ' Talk with your neighbours, then vote again.' : '';
    setText(at('status'), q.open ? `${voted}${mine >= 0 ? ' You can still change your vote.' : vote2}` : `The vote is closed. ${voted}`);
    say(q.revealed ? 'The answer is shown.' : q.open ? `Vote ${q.round} is open.` : 'The vote is closed. The result is shown.');
  };

  const bar = (counts, i, label) => {
    const all = counts.reduce((a, b) => a + b, 0);
    const share = all ? Math.round(100 * counts[i] / all) : 0;
    const row = make('div', '', 'bar');
    const meter = make('span', '', 'meter');
    const fill = make('span', '', 'fill');
    fill.style.width = `${share}%`;
    meter.append(fill);
    row.append(make('span', label, 'round'), meter, make('span', `${counts[i]} (${share} %)`, 'count'));
    return row;
  };

  // A run that has ended may be looked at, moment by moment.
  let view, pictured;
  const outputs = [];
  const drawRun = () => {
    if (pictured === run) return;
    if (pictured?.number !== run.number) scrollTo(0, 0);
    pictured = run;
    setText(at('run-title'), run.title);
    at('run-title').hidden = run.title === state.title;
    setText(at('run-caption'), run.caption);
    run.view.runs.forEach((r, i) => {
      if (!outputs[i]) {
        const box = make('section', '');
        box.dataset.run = i;
        outputs[i] = make('ol', '', 'output');
        box.append(make('h3', ''), outputs[i]);
        at('outputs').append(box);
      }
      setText(outputs[i].parentElement.firstChild, `${r.name} prints`);
    });
    outputs.forEach((output, i) => { output.parentElement.hidden = !run.view.runs[i]?.output.length; });
    view ??= gosyncio.view(at('view'));
    view.update(run.view, {live: !run.done, outputs: outputs.slice(0, run.view.runs.length)});
  };

  connect(code);
})();
