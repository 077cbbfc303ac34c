'use strict';

/* Finding and choosing people: fields with suggestions, whom somebody knows, groups by colour. */
(() => {
  const network = kith.network, picture = kith.picture;
  if (!network || !picture)
    return;
  const SUGGESTED = 8, TIES_TOLD = 100, GROUPS = 8;
  const { state } = picture;

  const told = (i) => (network.position(i) ? `${network.name(i)}, ${network.position(i)}` : network.name(i));

  /** Makes a field suggest people as it is typed into (a combobox with a list).
   * @param act.type    called with the people found and the text
   * @param act.choose  called with the person chosen */
  kith.chooser = (input, act) => {
    const list = kith.make('ul', { role: 'listbox', id: `${input.id}-list`, 'aria-label': 'People found' });
    let found = [], active = -1;

    const close = () => {
      list.hidden = true;
      input.setAttribute('aria-expanded', 'false');
      input.removeAttribute('aria-activedescendant');
      active = -1;
    };
    const choose = (i) => {
      input.value = network.name(i);
      close();
      act.choose(i);
    };
    const activate = (at) => {
      active = at;
      [...list.children].forEach((option, i) => option.setAttribute('aria-selected', String(i === at)));
      if (at >= 0)
        input.setAttribute('aria-activedescendant', list.children[at].id);
    };
    const suggest = () => {
      found = network.find(input.value);
      act.type?.(found, input.value);
      list.replaceChildren(...found.slice(0, SUGGESTED).map((i, at) => {
        const option = kith.make('li', { role: 'option', id: `${input.id}-${at}`, 'aria-selected': 'false' }, told(i));
        option.addEventListener('pointerdown', (event) => {
          event.preventDefault();
          choose(i);
        });
        return option;
      }));
      list.hidden = found.length === 0;
      input.setAttribute('aria-expanded', String(!list.hidden));
      active = -1;
    };
    const onKey = (event) => {
      const shown = list.hidden ? 0 : list.children.length;
      if (event.key === 'Escape')
        close();
      else if (event.key === 'Enter' && found.length > 0)
        choose(found[Math.max(0, active)]);
      else if (event.key === 'ArrowDown' && shown > 0)
        activate((active + 1) % shown);
      else if (event.key === 'ArrowUp' && shown > 0)
        activate((active + shown - 1 + (active < 0)) % shown);
      else
        return;
      if (event.key !== 'Escape')
        event.preventDefault();
    };

    for (const [name, value] of Object.entries({
      role: 'combobox', 'aria-autocomplete': 'list', 'aria-controls': list.id, autocomplete: 'off', spellcheck: 'false',
    }))
      input.setAttribute(name, value);
    close();
    input.after(list);
    input.addEventListener('input', suggest);
    input.addEventListener('keydown', onKey);
    input.addEventListener('blur', close);
  };

  /** One line of a list of ties: who, how strong, why. */
  kith.tieLine = (t, i) => kith.make('li', {},
    kith.button(network.name(i), () => choosePerson(i), { class: 'link' }),
    ` ${network.tier(t)} (${network.strength(t).toFixed(2)})${network.reasons(t) ? `: ${network.reasons(t)}` : ''}`);

  function choosePerson(i) {
    const panel = kith.byId('person');
    state.chosen = i;
    state.route = state.marked = null;
    kith.byId('found').textContent = '';
    panel.replaceChildren();
    if (i >= 0) {
      const ties = network.rows[i], left = ties.length - TIES_TOLD;
      panel.append(
        kith.make('h3', {}, network.name(i)),
        kith.make('p', {}, [network.position(i), `knows ${kith.count(ties.length, 'person', 'people')} here`].filter(Boolean).join('; ')),
        kith.make('p', {}, kith.button('Route from here', () => kith.routeFrom(i)), ' ',
          kith.button('Route to here', () => kith.routeTo(i)), ' ', kith.button('Close', () => choosePerson(-1))),
        kith.make('ul', {}, ...ties.slice(0, TIES_TOLD).map((t) => kith.tieLine(t, network.other(t, i)))));
      if (left > 0)
        panel.append(kith.make('p', { class: 'note' }, `And ${kith.count(left, 'weaker tie', 'weaker ties')}.`));
      picture.centreOn(i);
    }
    picture.redraw();
  }

  /** Marks people in the picture while somebody is sought. */
  function mark(found, text) {
    state.chosen = -1;
    state.route = null;
    state.marked = text.trim() === '' ? null : found;
    kith.byId('found').textContent = state.marked ? `${kith.count(found.length, 'person', 'people')} found` : '';
    kith.byId('person').replaceChildren();
    picture.redraw();
  }

  /** Colours by the eight largest groups, and lists them. */
  function colourBy(by) {
    const members = new Map();
    for (let i = 0; i < network.people; i++) {
      const group = network.group(by, i);
      if (group === '')
        continue;
      if (!members.has(group))
        members.set(group, []);
      members.get(group).push(i);
    }
    const largest = [...members].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1)).slice(0, GROUPS);
    state.groupOf = new Int8Array(network.people).fill(-1);
    largest.forEach(([, people], g) => people.forEach((i) => { state.groupOf[i] = g; }));
    const others = network.people - largest.reduce((sum, [, people]) => sum + people.length, 0);
    kith.byId('legend').replaceChildren(
      ...largest.map(([name, people], g) => legendLine(name, people, g)),
      ...(others > 0 ? [legendLine('everyone else', null, -1, others)] : []));
    picture.redraw();
  }

  function legendLine(name, people, group, count = people.length) {
    const dot = kith.make('span', { class: 'dot' }), words = ` ${name} (${count.toLocaleString('en')})`;
    dot.style.backgroundColor = picture.colourOf(group);
    if (!people)
      return kith.make('li', {}, dot, words);
    const show = kith.button('', () => mark(people, name), { class: 'link' });
    show.append(dot, words);
    return kith.make('li', {}, show);
  }

  picture.onChoose = choosePerson;
  picture.onColours = () => colourBy(kith.byId('colour').value);
  picture.start();
  kith.chooser(kith.byId('find'), { type: mark, choose: choosePerson });
  kith.byId('colour').addEventListener('change', () => colourBy(kith.byId('colour').value));
})();
