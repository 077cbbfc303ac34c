'use strict';

/* A route from one person to another, found among the ties of the picture. */
(() => {
  const network = kith.network, picture = kith.picture;
  if (!network || !picture)
    return;
  const ends = { from: -1, to: -1 };

  function show() {
    const panel = kith.byId('route');
    picture.state.route = null;
    panel.replaceChildren();
    if (ends.from < 0 || ends.to < 0)
      return;
    const route = network.route(ends.from, ends.to);
    if (!route) {
      panel.append(kith.make('p', {}, ends.from === ends.to ? 'They are the same person.'
        : `No route leads from ${network.name(ends.from)} to ${network.name(ends.to)} here.`));
    } else {
      picture.state.route = route;
      picture.state.chosen = -1;
      kith.byId('person').replaceChildren();
      panel.append(
        kith.make('p', {}, kith.make('strong', {}, kith.share(route.chance)), ` ${route.people.map(network.name).join(' → ')}`),
        kith.make('ol', {}, ...route.ties.map((t, at) => kith.tieLine(t, route.people[at + 1]))),
        kith.make('p', { class: 'note' }, 'The chance is the product of the strengths of all ties, less at every further handover. '
          + 'It is the best route among the people and ties of this picture.'));
    }
    picture.redraw();
  }

  function choose(end, i) {
    ends[end] = i;
    kith.byId(`route-${end}`).value = network.name(i);
    show();
  }

  kith.routeFrom = (i) => choose('from', i);
  kith.routeTo = (i) => choose('to', i);
  for (const end of ['from', 'to'])
    kith.chooser(kith.byId(`route-${end}`), { choose: (i) => choose(end, i) });
})();
