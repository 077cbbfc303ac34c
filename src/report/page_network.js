'use strict';

/* The people and ties that the picture shows, and what can be asked of them. */
kith.network = (() => {
  const element = kith.byId('network-data');
  if (!element)
    return null;
  const data = JSON.parse(element.textContent);
  const people = data.name.length, ties = data.ties.length / 4;
  const text = (column, i) => data.texts[data[column][i]];

  /** Each person's ties as a row of tie numbers, strongest first. */
  const rows = Array.from({ length: people }, () => []);
  const byCost = Uint32Array.from({ length: ties }, (_, t) => t);
  byCost.sort((s, t) => data.ties[4 * s + 2] - data.ties[4 * t + 2] || s - t);
  for (const t of byCost) {
    rows[data.ties[4 * t]].push(t);
    rows[data.ties[4 * t + 1]].push(t);
  }

  const network = {
    people, ties, rows, byCost,
    x: (i) => data.places[2 * i],
    y: (i) => data.places[2 * i + 1],
    name: (i) => text('name', i),
    position: (i) => text('position', i),
    from: (t) => data.ties[4 * t],
    to: (t) => data.ties[4 * t + 1],
    other: (t, i) => data.ties[4 * t] + data.ties[4 * t + 1] - i,
    strength: (t) => Math.exp(-data.ties[4 * t + 2] / 1000),
    tier: (t) => {
      const strength = network.strength(t);
      return strength >= 0.5 ? 'strong' : strength >= 0.2 ? 'medium' : 'weak';
    },
    reasons: (t) => data.texts[data.ties[4 * t + 3]],
  };

  /** The group of a person by "community", "company" or "cohort"; empty where there is none. */
  network.group = (by, i) => {
    if (by !== 'community')
      return text(by, i);
    return data.community[i] < 0 ? '' : data.texts[data.communities[data.community[i]]];
  };

  const folded = Array.from({ length: people }, (_, i) => kith.fold(`${text('name', i)} ${text('position', i)}`));

  /** People in whose name and position every word stands, those first whose name begins with it, then the
   * best connected. */
  network.find = (query) => {
    const words = kith.fold(query).split(/\s+/).filter(Boolean);
    if (words.length === 0)
      return [];
    const found = [];
    for (let i = 0; i < people; i++)
      if (words.every((word) => folded[i].includes(word)))
        found.push(i);
    const begins = (i) => folded[i].startsWith(words[0]);
    return found.sort((a, b) => begins(b) - begins(a) || rows[b].length - rows[a].length || a - b);
  };

  /** A queue of numbers, lowest key first, equal ones by their number. */
  function makeQueue() {
    const heap = [];
    const before = (a, b) => a.key - b.key || a.at - b.at;
    return {
      push(key, at) {
        let i = heap.length;
        const entry = { key, at };
        for (; i > 0 && before(entry, heap[(i - 1) >> 1]) < 0; i = (i - 1) >> 1)
          heap[i] = heap[(i - 1) >> 1];
        heap[i] = entry;
      },
      pop() {
        const top = heap[0], last = heap.pop();
        let i = 0;
        for (let child = 1; heap.length > 0; child = 2 * i + 1) {
          if (child + 1 < heap.length && before(heap[child + 1], heap[child]) < 0)
            child++;
          if (child >= heap.length || before(last, heap[child]) <= 0) {
            heap[i] = last;
            break;
          }
          heap[i] = heap[child];
          i = child;
        }
        return top;
      },
      isEmpty: () => heap.length === 0,
    };
  }

  /** The best route among the ties here, as the program counts: costs of ties, and of each handover after the
   * first; people not to be introduced are neither gone through nor sought. Keys are cost, then hops.
   * @return {ties, people, chance}, or null where there is none. */
  network.route = (from, to) => {
    const HOPS = 2 ** 16;
    const best = new Map([[from, 0]]), via = new Map(), queue = makeQueue();

    queue.push(0, from);
    while (!queue.isEmpty()) {
      const { key, at } = queue.pop();
      if (at === to)
        break;
      if (key > best.get(at))
        continue;
      for (const t of rows[at]) {
        const next = network.other(t, at);
        const reached = key + (data.ties[4 * t + 2] + (at === from ? 0 : data.handover)) * HOPS + 1;
        if (data.private[next] || reached >= (best.get(next) ?? Infinity))
          continue;
        best.set(next, reached);
        via.set(next, t);
        queue.push(reached, next);
      }
    }
    if (from === to || !best.has(to))
      return null;
    const route = { ties: [], people: [to], chance: Math.exp(-Math.floor(best.get(to) / HOPS) / 1000) };
    for (let at = to; at !== from; at = route.people[0]) {
      route.ties.unshift(via.get(at));
      route.people.unshift(network.other(via.get(at), at));
    }
    return route;
  };
  return network;
})();
