'use strict';

/* What the parts of the page share. Text only ever goes into text nodes: nothing here makes markup of it. */
const kith = {};

/** An element with attributes and children; a child that is no node is text. */
kith.make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    element.setAttribute(name, value);
  element.append(...children);
  return element;
};

kith.byId = (id) => document.getElementById(id);

/** A button that does something. */
kith.button = (text, act, attributes = {}) => {
  const button = kith.make('button', { type: 'button', ...attributes }, text);
  button.addEventListener('click', act);
  return button;
};

/** Text as it is compared: without case and accents. */
kith.fold = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

kith.count = (number, one, many) => `${number.toLocaleString('en')} ${number === 1 ? one : many}`;

/** A share of one as a percentage of two significant digits. */
kith.share = (share) => {
  const percent = 100 * share;
  if (percent < 0.01)
    return '<0.01%';
  return `${percent >= 10 ? Math.round(percent) : percent.toFixed(percent >= 1 ? 1 : 2)}%`;
};
