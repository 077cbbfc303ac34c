'use strict';

/* Tables that sort, filter and go into a file. */
(() => {
  /* Rows from which on a table has something to filter. */
  const MANY = 6;
  const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

  /** What a cell is sorted by: a number, a text, or null where it is empty. */
  function valueOf(cell, isNumber) {
    const text = cell.textContent.trim();
    if (text === '')
      return null;
    if (!isNumber)
      return text;
    const number = Number.parseFloat(text.replace(/[,<]/g, ''));
    return Number.isNaN(number) ? null : number;
  }

  /** Rows by a column; empty cells come last either way, equal ones stay in the order of the page. */
  function sorted(rows, column, isNumber, direction) {
    const keyed = rows.map((row, at) => ({ row, at, value: valueOf(row.cells[column], isNumber) }));
    keyed.sort((a, b) => {
      if (a.value === null || b.value === null)
        return (a.value === null) - (b.value === null) || a.at - b.at;
      const order = isNumber ? a.value - b.value : collator.compare(a.value, b.value);
      return direction * order || a.at - b.at;
    });
    return keyed.map((entry) => entry.row);
  }

  /** A cell for a file that spreadsheets open: what they would compute is made text by an apostrophe. */
  function csvCell(cell) {
    let text = cell.textContent.trim();
    if (!cell.classList.contains('number') && /^'*[=+\-@＝＋－＠]/u.test(text))
      text = `'${text}`;
    return /[,"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }

  function csvOf(table) {
    const rows = [table.tHead.rows[0], ...[...table.tBodies[0].rows].filter((row) => !row.hidden)];
    return rows.map((row) => `${[...row.cells].map(csvCell).join(',')}\n`).join('');
  }

  function save(name, text) {
    const url = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
    kith.make('a', { href: url, download: `${name}.csv` }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  }

  /** Makes the heads of a table buttons: up, down, and back to the order of the page. */
  function makeSortable(table) {
    const body = table.tBodies[0], rows = [...body.rows], heads = [...table.tHead.rows[0].cells];
    const turn = { none: 'ascending', ascending: 'descending', descending: 'none' };

    heads.forEach((head, column) => {
      const isNumber = head.classList.contains('number');
      const sort = () => {
        const order = turn[head.getAttribute('aria-sort') ?? 'none'];
        for (const other of heads)
          other.removeAttribute('aria-sort');
        if (order !== 'none')
          head.setAttribute('aria-sort', order);
        body.append(...(order === 'none' ? rows : sorted(rows, column, isNumber, order === 'ascending' ? 1 : -1)));
      };
      const words = head.textContent;
      head.replaceChildren(kith.button(words, sort, { class: 'sort' }));
    });
  }

  /** A field whose words must all stand in a row for it to be shown. */
  function filterOf(table, name) {
    const rows = [...table.tBodies[0].rows].map((row) => ({ row, text: kith.fold(row.textContent) }));
    const told = kith.make('span', { class: 'note', role: 'status' });
    const input = kith.make('input', { type: 'search', autocomplete: 'off', spellcheck: 'false' });

    input.addEventListener('input', () => {
      const words = kith.fold(input.value).split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const { row, text } of rows) {
        row.hidden = !words.every((word) => text.includes(word));
        shown += !row.hidden;
      }
      told.textContent = words.length > 0 ? `${shown} of ${kith.count(rows.length, 'row', 'rows')}` : '';
    });
    input.setAttribute('aria-label', `Filter: ${name}`);
    return [kith.make('label', {}, 'Filter ', input), told];
  }

  for (const table of document.querySelectorAll('.wide > table')) {
    const name = table.caption?.textContent ?? table.closest('section')?.querySelector('h2')?.textContent ?? 'table';
    const tools = kith.make('div', { class: 'tools' });

    makeSortable(table);
    if (table.tBodies[0].rows.length >= MANY)
      tools.append(...filterOf(table, name));
    tools.append(kith.button('CSV', () => save(name, csvOf(table)), { 'aria-label': `Save as CSV: ${name}` }));
    table.parentElement.before(tools);
  }
})();
