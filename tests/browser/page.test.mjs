/* The page of a report in a real browser: what a reader does, and what a hostile name must not do.
 * Usage: KITH=PROGRAM node --test page.test.mjs
 * Wants chromium and playwright-core, which scripts/setup.sh test installs; without them it fails. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { FORMULA, makeReport, MARKUP, SCRIPT } from './small_report.mjs';

const PATIENCE_MS = 120_000; // with a slow or busy machine

let report, browser, address;

before(async () => {
  report = makeReport(process.env.KITH);
  address = `file://${join(report.folder, 'index.html')}`;
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'], timeout: PATIENCE_MS });
});

after(async () => {
  await browser?.close();
  report?.remove();
});

/** Opens the page, lets `look` look at it, and holds it to silence: no message, error, dialog or request. */
async function visit(options, look) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const heard = [];
  page.on('console', (message) => heard.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => heard.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => heard.push(`dialog: ${dialog.message()}`));
  page.on('request', (request) => request.url() === address || heard.push(`request: ${request.url()}`));
  await page.goto(address);
  await look(page, heard);
  assert.deepEqual(heard, []);
  await context.close();
}

/** Where a person stands in the window, the picture scrolled into it. */
async function placeOf(page, name) {
  await page.locator('#canvas').scrollIntoViewIfNeeded();
  const box = await page.locator('#canvas').boundingBox();
  const [x, y] = await page.evaluate((wanted) => {
    for (let i = 0; i < kith.network.people; i++)
      if (kith.network.name(i) === wanted)
        return kith.picture.placeOf(i);
    return null;
  }, name);
  return [box.x + x, box.y + y];
}

const columnOf = (table, n) => table.locator(`tbody tr:visible > :nth-child(${n})`).allInnerTexts();
const brokers = (page) => page.locator('section', { has: page.locator('h2', { hasText: 'Brokers' }) }).locator('table').first();

test('opens without a message or a request, and says first what matters', () => visit({}, async (page) => {
  assert.equal(await page.locator('h1').innerText(), 'Who knows whom');
  assert.match(await page.locator('main > ul').first().innerText(), /12 people, 1\d ties and 7 mentorships/);
  assert.equal(await page.locator('nav a').count(), await page.locator('section > h2').count());
  assert.ok(await page.locator('#canvas').isVisible());
}));

test('runs no script but its own, and makes no markup of text', () => visit({}, async (page, heard) => {
  const ran = await page.evaluate(() => {
    const script = document.createElement('script');
    try {
      script.textContent = 'window.stranger = true';
      document.body.append(script);
    } catch { /* refused at once */ }
    return window.stranger === true;
  });
  assert.equal(ran, false);
  assert.equal(await page.evaluate(() => {
    try {
      document.body.innerHTML = '<b>x</b>';
      return 'made';
    } catch (error) {
      return error.name;
    }
  }), 'TypeError');
  assert.equal(await page.evaluate(() => fetch('data:text/plain,x').then(() => 'fetched', () => 'refused')), 'refused');
  assert.ok(heard.length > 0, 'the browser tells of what it refused');
  heard.length = 0;
}));

test('shows hostile names as text', () => visit({}, async (page) => {
  assert.equal(await page.locator('img').count(), 0);
  assert.equal(await page.locator('script').count(), 3, 'the data, D3, the page');
  await page.getByLabel('Find a person', { exact: true }).fill('onerror');
  assert.deepEqual(await page.locator('#find-list [role="option"]').allInnerTexts(), [`${MARKUP}, ${MARKUP}`]);
  await page.keyboard.press('Enter');
  assert.equal(await page.locator('#person h3').innerText(), MARKUP);
  assert.ok((await page.locator('#person').innerText()).includes(SCRIPT));
  await page.getByLabel('Find a person', { exact: true }).fill('tur');
  assert.match((await page.locator('#find-list [role="option"]').allInnerTexts())[0], /^Tur\\u\{202E\}ned/);
  assert.equal(await page.locator('img').count(), 0);
}));

test('holds no email, phone or address of anybody', () => {
  const text = readFileSync(join(report.folder, 'index.html'), 'utf8');
  assert.doesNotMatch(text, /secret\.example|7946/);
});

test('finds people by name and company, marks them, and tells whom they know and why', () => visit({}, async (page) => {
  const find = page.getByLabel('Find a person', { exact: true });
  await find.fill('brill');
  assert.equal(await page.locator('#found').innerText(), '2 people found');
  await find.fill('CARA');
  await find.press('ArrowDown');
  assert.equal(await find.getAttribute('aria-activedescendant'), 'find-0');
  await find.press('Enter');
  assert.equal(await page.locator('#person h3').innerText(), 'Cara Poe');
  const ties = await page.locator('#person li').allInnerTexts();
  assert.equal(ties.length, 3);
  assert.match(ties[0], /^Ben Ito strong \(0\.80\): ./);
  await page.locator('#person li button').first().click();
  assert.equal(await page.locator('#person h3').innerText(), 'Ben Ito');
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  assert.equal(await page.locator('#person h3').count(), 0);
  await find.fill('no such name');
  assert.equal(await page.locator('#found').innerText(), '0 people found');
}));

test('tells who is under the pointer, and chooses by a click', () => visit({}, async (page) => {
  await page.mouse.move(...await placeOf(page, 'Dan Roe'));
  await page.waitForFunction(() => !document.getElementById('tip').hidden);
  assert.match(await page.locator('#tip').innerText(), /^Dan Roe\n.*Brill\n3 ties$/);
  await page.mouse.click(...await placeOf(page, 'Dan Roe'));
  assert.equal(await page.locator('#person h3').innerText(), 'Dan Roe');
}));

test('finds the same route as the program', () => visit({}, async (page) => {
  for (const [field, name] of [['From', 'ann l'], ['To', 'cara']]) {
    await page.getByLabel(field, { exact: true }).fill(name);
    await page.keyboard.press('Enter');
  }
  const told = await page.locator('#route p').first().innerText();
  assert.equal(told, '45% Ann Lee → Ben Ito → Cara Poe', '0.8 * 0.8 * 0.7, against 0.3');
  assert.ok((await page.locator('.ranked strong').first().innerText()).startsWith('45%'));
  await page.getByLabel('To', { exact: true }).fill('ann l');
  await page.keyboard.press('Enter');
  assert.match(await page.locator('#route').innerText(), /same person/);
}));

test('moves by wheel, buttons and keys', () => visit({}, async (page) => {
  const zoom = () => page.evaluate(() => kith.picture.state.transform.k);
  const [x, y] = await placeOf(page, 'Ben Ito');
  await page.mouse.move(x, y);
  await page.mouse.wheel(0, -200);
  await page.waitForFunction(() => kith.picture.state.transform.k > 1);
  await page.getByRole('button', { name: 'Whole picture' }).click();
  await page.waitForFunction(() => kith.picture.state.transform.k === 1);
  await page.locator('#canvas').focus();
  await page.keyboard.press('+');
  assert.equal(await zoom(), 1.5);
  await page.keyboard.press('ArrowLeft');
  assert.ok(await page.evaluate(() => kith.picture.state.transform.x) > -1200);
  await page.keyboard.press('0');
  await page.getByRole('button', { name: 'Closer' }).click();
  assert.equal(await zoom(), 1.5);
}));

test('colours by groups and marks one', () => visit({}, async (page) => {
  await page.getByLabel('Colour by').selectOption('company');
  const groups = await page.locator('#legend li').allInnerTexts();
  assert.equal(groups[0].trim(), 'Acme (3)');
  await page.locator('#legend button').first().click();
  assert.equal(await page.locator('#found').innerText(), '3 people found');
}));

test('sorts tables by number and by name, and back', () => visit({}, async (page) => {
  const table = brokers(page), heads = await table.locator('thead th').allInnerTexts();
  const name = heads.findIndex((head) => head.startsWith('Name')) + 1;
  const number = await table.locator('thead th').evaluateAll((all) => all.findIndex((head) => head.classList.contains('number'))) + 1;
  const atFirst = await columnOf(table, name);
  for (const [column, compare] of [[name, (a, b) => a.localeCompare(b, 'en', { numeric: true, sensitivity: 'base' })],
    [number, (a, b) => Number.parseFloat(a) - Number.parseFloat(b)]]) {
    const head = table.locator(`thead th:nth-child(${column})`);
    await head.getByRole('button').click();
    assert.equal(await head.getAttribute('aria-sort'), 'ascending');
    const up = (await columnOf(table, column)).filter(Boolean);
    assert.deepEqual(up, up.toSorted(compare));
    await head.getByRole('button').click();
    assert.equal(await head.getAttribute('aria-sort'), 'descending');
    const down = (await columnOf(table, column)).filter(Boolean);
    assert.deepEqual(down, down.toSorted((a, b) => compare(b, a)));
    await head.getByRole('button').click();
    assert.equal(await head.getAttribute('aria-sort'), null);
    assert.deepEqual(await columnOf(table, name), atFirst);
  }
}));

test('filters rows, and saves those left as CSV that no spreadsheet computes', () => visit({ acceptDownloads: true }, async (page) => {
  const table = brokers(page);
  const part = page.locator('section', { has: page.locator('h2', { hasText: 'Brokers' }) });
  await part.getByLabel(/^Filter: /).first().fill('hyperlink');
  assert.equal((await columnOf(table, 1)).length, 1);
  assert.match(await part.getByRole('status').first().innerText(), /^1 of \d+ rows$/);
  const [download] = await Promise.all([page.waitForEvent('download'), part.getByRole('button', { name: /^Save as CSV/ }).first().click()]);
  const lines = readFileSync(await download.path(), 'utf8').split('\n');
  assert.equal(lines.length, 3, 'a head, a row, and nothing');
  assert.ok(lines[1].includes(`"'${FORMULA.replaceAll('"', '""')}"`), lines[1]);
  assert.match(download.suggestedFilename(), /\.csv$/);
}));

/** Texts whose contrast with what is behind them is below what WCAG 2 asks for at level AA. */
const tooFaint = (page) => page.evaluate(() => {
  const channel = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const parse = (colour) => colour.match(/[\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => 0.2126 * channel(r / 255) + 0.7152 * channel(g / 255) + 0.0722 * channel(b / 255);
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.length < 4 || colour[3] === 1)
        return colour;
    }
    return [255, 255, 255];
  };
  const faint = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.textContent.trim() || !element.checkVisibility() || element.closest('script, noscript, svg, option'))
      continue;
    const style = getComputedStyle(element);
    const [a, b] = [luminance(parse(style.color)), luminance(behind(element))].sort((x, y) => y - x);
    const isLarge = Number.parseFloat(style.fontSize) >= 24 || (Number.parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700);
    if ((a + 0.05) / (b + 0.05) < (isLarge ? 3 : 4.5))
      faint.add(`${element.tagName} ${node.textContent.trim().slice(0, 30)}: ${((a + 0.05) / (b + 0.05)).toFixed(2)}`);
  }
  return [...faint];
});

for (const colorScheme of ['light', 'dark'])
  test(`can be read when it is ${colorScheme}`, () => visit({ colorScheme }, async (page) => {
    const isDark = colorScheme === 'dark';
    await page.getByLabel('Find a person', { exact: true }).fill('cara');
    assert.deepEqual(await tooFaint(page), []);
    const pixel = await page.evaluate(() => document.getElementById('canvas').getContext('2d').getImageData(2, 2, 1, 1).data[0]);
    assert.equal(pixel < 128, isDark, 'the picture is as dark as the page');
  }));

test('follows the reader from light to dark', () => visit({ colorScheme: 'light' }, async (page) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.waitForFunction(() => document.getElementById('canvas').getContext('2d').getImageData(2, 2, 1, 1).data[0] < 128);
}));

test('fits a phone', () => visit({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }, async (page) => {
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 390, 'nothing sticks out');
  await page.getByLabel('Find a person', { exact: true }).fill('script');
  await page.keyboard.press('Enter');
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 390, 'nor does a person');
  assert.ok((await page.locator('#canvas').boundingBox()).height < 844 * 0.8, 'there is room to scroll past the picture');
}));

test('names all that can be acted on, and leads the keyboard through it in order', () => visit({}, async (page) => {
  const nameless = await page.locator('button, input, select, a, canvas, [role="region"]').evaluateAll((all) => all.filter((element) =>
    !(element.getAttribute('aria-label') || element.labels?.length || element.textContent.trim())).map((element) => element.outerHTML));
  assert.deepEqual(nameless, []);
  const order = [];
  for (let i = 0; i < 12; i++) {
    await page.keyboard.press('Tab');
    order.push(await page.evaluate(() => document.activeElement.id || document.activeElement.tagName));
  }
  const links = await page.locator('nav a').count();
  assert.deepEqual(order.slice(links, links + 6), ['find', 'colour', 'closer', 'farther', 'whole', 'canvas']);
  const tops = await page.locator('h1, h2, h3').evaluateAll((all) => all.map((heading) => Number(heading.tagName[1])));
  assert.ok(tops.every((level, i) => i === 0 || level <= tops[i - 1] + 1), 'no level of headings is skipped');
}));

test('draws groups as bars as long as their numbers, and tells these to those who cannot see', () => visit({}, async (page) => {
  const figure = page.getByRole('img', { name: 'People in the largest part that hangs together' });
  const told = [...(await figure.getAttribute('aria-label')).matchAll(/ ([0-9]+%)/g)].map((found) => found[1]);
  const table = page.locator('table', { has: page.locator('caption', { hasText: 'How they hold together' }) });
  assert.deepEqual(told, await columnOf(table, 4));
  const lengths = await figure.locator('.bar').evaluateAll((bars) => bars.map((bar) => bar.getBBox().width));
  const parts = told.map((share) => Number.parseInt(share, 10) / Number.parseInt(told.at(-1), 10));
  assert.equal(lengths.length, 3);
  lengths.forEach((length, i) => assert.ok(Math.abs(length / lengths.at(-1) - parts[i]) < 0.02, `bar ${i}`));
}));

test('shows long lists when asked to', () => visit({}, async (page) => {
  const list = page.locator('details.fold').first();
  assert.equal(await list.locator('table').isVisible(), false);
  await list.locator('summary').click();
  assert.ok(await list.locator('table').isVisible());
}));

test('prints without what paper cannot do', () => visit({ colorScheme: 'dark' }, async (page) => {
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.locator('.tools:visible, nav:visible').count(), 0);
  assert.ok(await page.locator('table').first().isVisible());
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(255, 255, 255)');
  await page.waitForFunction(() => document.getElementById('canvas').getContext('2d').getImageData(2, 2, 1, 1).data[0] > 128);
  const pdf = await page.pdf({ format: 'A4' });
  assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
}));

test('can be read without scripts', () => visit({ javaScriptEnabled: false }, async (page) => {
  assert.ok(await page.locator('table').first().isVisible());
  assert.equal(await page.locator('#picture').isVisible(), false);
}));
