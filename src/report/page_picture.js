'use strict';

/* The network on a canvas: drawn, moved, pointed at. Places are in the data; everything else is pixels. */
kith.picture = (() => {
  const network = kith.network, canvas = kith.byId('canvas');
  if (!network || !canvas)
    return null;
  const context = canvas.getContext('2d'), tip = kith.byId('tip');

  /* Eight groups that most eyes tell apart, and one colour for all others. */
  const LIGHT = {
    paper: '#fdfcf9', ink: '#23211d', other: '#8a857b',
    groups: ['#0072b2', '#d55e00', '#00835f', '#b8508a', '#946c00', '#7a52c7', '#2f86ab', '#8a4b2a'],
  };
  const PRINTED = { ...LIGHT, paper: '#ffffff' };
  const DARK = {
    paper: '#191a1b', ink: '#e8e5de', other: '#8f8b83',
    groups: ['#4db3f0', '#ff9a4d', '#35c79a', '#ec9cc4', '#e3c34a', '#b79cf5', '#8fd3e8', '#d9a283'],
  };
  /* Ties drawn while the picture moves, and lines stroked at once: long paths are slow. */
  const MOVING_TIES = 3000, LINES_AT_ONCE = 400;
  const LABELS = 40;

  const prefersDark = matchMedia('(prefers-color-scheme: dark)');
  const isPrinted = matchMedia('print');
  const prefersStill = matchMedia('(prefers-reduced-motion: reduce)');
  const dotSize = Math.min(6, Math.max(1.3, 200 / Math.sqrt(network.people)));
  const lineAlpha = Math.min(0.4, Math.max(0.05, 14 / Math.sqrt(network.ties + 1)));
  const byTies = Array.from({ length: network.people }, (_, i) => i)
    .sort((a, b) => network.rows[b].length - network.rows[a].length || a - b);

  const state = {
    width: 0, height: 0, fit: { k: 1, x: 0, y: 0 }, transform: d3.zoomIdentity,
    colours: LIGHT, groupOf: null, marked: null, route: null, chosen: -1, hovered: -1,
  };
  let tree = null, waiting = 0, settling = 0;

  const screenX = (i) => state.transform.applyX(network.x(i) * state.fit.k + state.fit.x);
  const screenY = (i) => state.transform.applyY(network.y(i) * state.fit.k + state.fit.y);
  const radiusOf = (i) => dotSize * Math.sqrt(state.transform.k) * Math.min(2.2, 0.6 + network.rows[i].length / 25);
  const isSeen = (x, y) => x > -20 && y > -20 && x < state.width + 20 && y < state.height + 20;

  /** Lets everyone fit into the canvas. */
  function fitAll() {
    let left = Infinity, right = -Infinity, top = Infinity, bottom = -Infinity;
    for (let i = 0; i < network.people; i++) {
      left = Math.min(left, network.x(i));
      right = Math.max(right, network.x(i));
      top = Math.min(top, network.y(i));
      bottom = Math.max(bottom, network.y(i));
    }
    const margin = 24, wide = Math.max(1, right - left), high = Math.max(1, bottom - top);
    const k = Math.min((state.width - 2 * margin) / wide, (state.height - 2 * margin) / high);
    state.fit = {
      k, x: state.width / 2 - k * (left + right) / 2, y: state.height / 2 - k * (top + bottom) / 2,
    };
  }

  /** Strokes ties, not too many at once; those wholly out of sight are passed over. */
  function strokeTies(ties, style, width, alpha) {
    context.strokeStyle = style;
    context.lineWidth = width;
    context.globalAlpha = alpha;
    let lines = 0;
    context.beginPath();
    for (const t of ties) {
      const x = screenX(network.from(t)), y = screenY(network.from(t));
      const toX = screenX(network.to(t)), toY = screenY(network.to(t));
      if (Math.max(x, toX) < 0 || Math.max(y, toY) < 0 || Math.min(x, toX) > state.width || Math.min(y, toY) > state.height)
        continue;
      context.moveTo(x, y);
      context.lineTo(toX, toY);
      if (++lines % LINES_AT_ONCE === 0) {
        context.stroke();
        context.beginPath();
      }
    }
    context.stroke();
    context.globalAlpha = 1;
  }

  /** Fills people as dots; very small ones as squares, which is quicker. */
  function fillPeople(people, style, alpha, grow = 0) {
    context.fillStyle = style;
    context.globalAlpha = alpha;
    for (const i of people) {
      const x = screenX(i), y = screenY(i), r = radiusOf(i) + grow;
      if (!isSeen(x, y))
        continue;
      if (r < 2) {
        context.fillRect(x - r, y - r, 2 * r, 2 * r);
        continue;
      }
      context.beginPath();
      context.arc(x, y, r, 0, 2 * Math.PI);
      context.fill();
    }
    context.globalAlpha = 1;
  }

  const colourOf = (group) => (group < 0 || group >= 8 ? state.colours.other : state.colours.groups[group]);

  function fillGroups(alpha) {
    const groups = Array.from({ length: 9 }, () => []);
    for (let i = 0; i < network.people; i++)
      groups[state.groupOf[i] < 0 ? 8 : state.groupOf[i]].push(i);
    for (let g = 8; g >= 0; g--)
      fillPeople(groups[g], colourOf(g), alpha);
  }

  /** Names of those asked about, and of the best connected where there is room. */
  function label(first, crowd) {
    const taken = new Set();
    context.font = '12px system-ui, "Noto Sans", sans-serif';
    context.textBaseline = 'middle';
    context.lineJoin = 'round';
    let room = LABELS;
    for (const i of [...first, ...crowd]) {
      const x = screenX(i) + radiusOf(i) + 4, y = screenY(i);
      if (room === 0)
        break;
      if (!isSeen(x, y))
        continue;
      const name = network.name(i).length > 28 ? `${network.name(i).slice(0, 27)}…` : network.name(i);
      const cells = [];
      for (let at = x; at < x + context.measureText(name).width + 12; at += 12)
        cells.push(`${Math.floor(at / 12)},${Math.floor(y / 16)}`, `${Math.floor(at / 12)},${Math.floor(y / 16) + 1}`);
      if (cells.some((cell) => taken.has(cell)))
        continue;
      cells.forEach((cell) => taken.add(cell));
      context.strokeStyle = state.colours.paper;
      context.lineWidth = 3;
      context.strokeText(name, x, y);
      context.fillStyle = state.colours.ink;
      context.fillText(name, x, y);
      room--;
    }
  }

  /** Who is asked about: a route, a person with all they know, or those marked. */
  function focus() {
    if (state.route)
      return { people: state.route.people, ties: state.route.ties };
    if (state.chosen >= 0) {
      const ties = network.rows[state.chosen];
      return { people: [state.chosen, ...ties.map((t) => network.other(t, state.chosen))], ties };
    }
    return state.marked ? { people: state.marked, ties: [] } : null;
  }

  function draw(isMoving) {
    const asked = focus(), ratio = canvas.width / state.width, { ink, paper } = state.colours;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = paper;
    context.fillRect(0, 0, state.width, state.height);
    strokeTies(isMoving ? network.byCost.subarray(0, MOVING_TIES) : network.byCost, ink, 0.7,
      asked ? lineAlpha / 4 : lineAlpha);
    fillGroups(asked ? 0.25 : 0.9);
    if (asked) {
      strokeTies(asked.ties, ink, state.route ? 3 : 1.2, state.route ? 0.9 : 0.6);
      fillPeople(asked.people, ink, 1, 2);
      for (const i of asked.people)
        fillPeople([i], colourOf(state.groupOf[i]), 1);
    }
    if (state.hovered >= 0)
      fillPeople([state.hovered], ink, 1, 2);
    if (!isMoving)
      label(asked ? asked.people : [], asked ? [] : byTies);
  }

  /** Draws soon: in part while something moves, whole when it rests. */
  function redraw(isMoving = false) {
    cancelAnimationFrame(waiting);
    clearTimeout(settling);
    const partly = isMoving && network.ties > MOVING_TIES;
    waiting = requestAnimationFrame(() => draw(partly));
    if (partly)
      settling = setTimeout(() => draw(false), 150);
  }

  /** The person at a place of the canvas, or -1. */
  function personAt(x, y) {
    tree ??= d3.quadtree(Array.from({ length: network.people }, (_, i) => i), network.x, network.y);
    const [fitX, fitY] = state.transform.invert([x, y]), scale = state.fit.k * state.transform.k;
    return tree.find((fitX - state.fit.x) / state.fit.k, (fitY - state.fit.y) / state.fit.k, 14 / scale) ?? -1;
  }

  function hover(event) {
    const [x, y] = [event.offsetX, event.offsetY], i = personAt(x, y);
    if (i === state.hovered)
      return;
    state.hovered = i;
    canvas.classList.toggle('pointing', i >= 0);
    tip.hidden = i < 0;
    if (i >= 0) {
      tip.replaceChildren(kith.make('strong', {}, network.name(i)),
        ...[network.position(i), kith.count(network.rows[i].length, 'tie', 'ties')].filter(Boolean).map((line) => kith.make('span', {}, line)));
      tip.style.left = `${Math.min(x + 12, state.width - tip.offsetWidth - 4)}px`;
      tip.style.top = `${y + 16}px`;
    }
    redraw();
  }

  const zoom = d3.zoom().scaleExtent([0.5, 80]).on('zoom', () => {
    state.transform = d3.event.transform;
    redraw(true);
  });
  const view = d3.select(canvas).call(zoom).on('dblclick.zoom', null);
  const moved = () => (prefersStill.matches ? view : view.transition().duration(300));

  /** Moves a person into the middle, near enough to see who is around. */
  function centreOn(i) {
    const k = Math.max(state.transform.k, Math.min(12, Math.sqrt(network.people) / 8));
    const x = network.x(i) * state.fit.k + state.fit.x, y = network.y(i) * state.fit.k + state.fit.y;
    moved().call(zoom.transform, d3.zoomIdentity.translate(state.width / 2 - k * x, state.height / 2 - k * y).scale(k));
  }

  const showWhole = () => moved().call(zoom.transform, d3.zoomIdentity);

  function onKey(event) {
    const step = 60;
    const act = {
      ArrowLeft: () => view.call(zoom.translateBy, step / state.transform.k, 0),
      ArrowRight: () => view.call(zoom.translateBy, -step / state.transform.k, 0),
      ArrowUp: () => view.call(zoom.translateBy, 0, step / state.transform.k),
      ArrowDown: () => view.call(zoom.translateBy, 0, -step / state.transform.k),
      '+': () => moved().call(zoom.scaleBy, 1.5), '=': () => moved().call(zoom.scaleBy, 1.5),
      '-': () => moved().call(zoom.scaleBy, 1 / 1.5), 0: showWhole,
    }[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey)
      return;
    event.preventDefault();
    act();
  }

  function resize() {
    const ratio = Math.min(devicePixelRatio || 1, 2);
    state.width = canvas.clientWidth || 600;
    state.height = canvas.clientHeight || 400;
    canvas.width = Math.round(state.width * ratio);
    canvas.height = Math.round(state.height * ratio);
    fitAll();
    draw(false);
  }

  /** Takes the colours of the page around; paper is white. */
  function followReader() {
    state.colours = isPrinted.matches ? PRINTED : prefersDark.matches ? DARK : LIGHT;
    picture.onColours?.();
    if (state.width > 0)
      draw(false);
  }

  const picture = {
    state, redraw, centreOn, personAt, colourOf,
    /** Where somebody is on the canvas, in pixels. */
    placeOf: (i) => [screenX(i), screenY(i)],
    onChoose: null, /* called with a person, or -1 */
    onColours: null,
    start() {
      kith.byId('picture').hidden = false;
      followReader();
      new ResizeObserver(resize).observe(canvas);
      resize();
      canvas.addEventListener('pointermove', hover);
      canvas.addEventListener('pointerleave', () => {
        state.hovered = -1;
        tip.hidden = true;
        redraw();
      });
      canvas.addEventListener('click', (event) => picture.onChoose(personAt(event.offsetX, event.offsetY)));
      canvas.addEventListener('keydown', onKey);
      kith.byId('closer').addEventListener('click', () => moved().call(zoom.scaleBy, 1.5));
      kith.byId('farther').addEventListener('click', () => moved().call(zoom.scaleBy, 1 / 1.5));
      kith.byId('whole').addEventListener('click', showWhole);
      prefersDark.addEventListener('change', followReader);
      isPrinted.addEventListener('change', followReader);
    },
  };
  return picture;
})();
