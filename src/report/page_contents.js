'use strict';

/* What is on the page: a line of links below its title. */
(() => {
  const title = document.querySelector('h1');
  const links = [...document.querySelectorAll('section > h2')].map((heading, i) => {
    heading.id = `part-${i + 1}`;
    return kith.make('a', { href: `#${heading.id}` }, heading.textContent);
  });
  if (title && links.length > 1)
    title.after(kith.make('nav', { 'aria-label': 'On this page' }, ...links));
})();
