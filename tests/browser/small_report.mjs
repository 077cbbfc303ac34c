/* A report on a few people, some with names made to harm whoever looks at them. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const MARKUP = '<img src=x onerror=alert(1)>';
export const SCRIPT = '</script><script>alert(2)</script>';
export const FORMULA = '=HYPERLINK("evil","click")';
export const TURNED = 'Tur\u202Ened';

/* Ann knows Cara a little, and Ben well, who knows Cara well. Formula joins two pairs that nothing else joins. */
const PEOPLE = [
  ['ann', 'Ann Lee', 'Acme'], ['ben', 'Ben Ito', 'Acme'], ['cara', 'Cara Poe', 'Brill'], ['dan', 'Dan Roe', 'Brill'],
  ['markup', MARKUP, MARKUP], ['script', SCRIPT, SCRIPT], ['formula', FORMULA, FORMULA], ['turned', TURNED, 'Acme'],
  ['gus', 'Gus Moss', 'Cobalt'], ['hal', 'Hal Falk', 'Cobalt'], ['alone', 'Nobody Known', 'Cobalt'],
  ['shy', 'Shy Person', 'Dune'],
];
const TIES = [
  ['ann', 'ben', 0.8], ['ben', 'cara', 0.8], ['ann', 'cara', 0.3], ['cara', 'dan', 0.5], ['dan', 'formula', 0.4],
  ['formula', 'markup', 0.6], ['markup', 'script', 0.6], ['formula', 'script', 0.5], ['dan', 'turned', 0.2],
  ['formula', 'gus', 0.5], ['gus', 'hal', 0.7], ['hal', 'formula', 0.6],
];
const CHAIN = [['ann', 'ben'], ['ben', 'cara'], ['cara', 'dan'], ['dan', 'formula'], ['formula', 'gus'], ['gus', 'hal'], ['formula', 'markup']];

const cell = (text) => `"${String(text).replaceAll('"', '""')}"`;
const csv = (rows) => rows.map((row) => `${row.map(cell).join(',')}\n`).join('');

/** Makes the report with the program `kith`. @return its folder and how to remove it */
export function makeReport(kith) {
  const folder = mkdtempSync(join(tmpdir(), 'kith-browser-'));
  const run = (...words) => execFileSync(kith, words, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });

  writeFileSync(join(folder, 'people.csv'), csv([['id', 'name', 'company', 'email', 'phone', 'cohort'],
    ...PEOPLE.map(([id, name, company], i) => [id, name, company, `${id}@secret.example`, `+44 20 7946 0${i + 100}`, 2020 + (i % 2)])]));
  writeFileSync(join(folder, 'ties.csv'), csv([['source', 'target', 'strength'], ...TIES]));
  writeFileSync(join(folder, 'mentorships.csv'), csv([['mentor', 'mentee', 'start', 'end', 'programme', 'status'],
    ...CHAIN.map(([mentor, mentee], i) => [mentor, mentee, `${2012 + i}-01-01`, `${2012 + i}-12-31`, 'Rise', 'completed'])]));
  run('build', '-q', 'people.csv', 'ties.csv', 'mentorships.csv', '-o', 'net.kith');
  run('report', '-q', 'net.kith', '--from', 'Ann Lee', '--to', 'Cara Poe', '-o', 'report');
  return { folder: join(folder, 'report'), remove: () => rmSync(folder, { recursive: true }) };
}
