// What is wrong with the layout and the numbers of a page, in sentences; evaluated by PageTest.
globalThis.wideContent = () => {
  const wide = document.documentElement.clientWidth;
  const all = [...document.querySelectorAll('body *')].filter(e => !e.closest('.scroll') && !e.closest('svg') && !e.closest('pre') && !e.closest('.skip'));
  return all.filter(e => e.getBoundingClientRect().right > wide + 1).map(e => e.tagName + ' ' + e.className + ' ' + e.textContent.slice(0, 60)).slice(0, 5);
};
// Paper does not scroll: nothing in a table lies beyond its edge, and no number has parts on two lines.
globalThis.paperProblems = () => {
  const wide = document.documentElement.clientWidth;
  const bad = [...document.querySelectorAll('table')].filter(e => e.getBoundingClientRect().right > wide + 1)
    .map(e => 'beyond the edge: ' + e.caption.textContent);
  const range = document.createRange();
  for (const text of [...document.querySelectorAll('td.n')].map(e => e.firstChild).filter(e => e && e.nodeType === 3)) {
    for (const word of text.data.matchAll(/[^ ]+/g)) {
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      if (new Set([...range.getClientRects()].map(at => at.top)).size > 1) bad.push('broken: ' + word[0]);
    }
  }
  return bad.slice(0, 10);
};
globalThis.textProblems = () => {
  const bad = [];
  for (const svg of document.querySelectorAll('svg')) {
    const box = svg.getBoundingClientRect();
    if (!box.width) continue;
    const name = svg.querySelector('title').textContent;
    const texts = [...svg.querySelectorAll('text')].map(e => [e.textContent, e.getBoundingClientRect()]);
    texts.forEach(([words, at], i) => {
      if (at.left < box.left - 1 || at.right > box.right + 1 || at.top < box.top - 2 || at.bottom > box.bottom + 2) {
        bad.push('outside of "' + name + '": ' + words);
      }
      for (const [others, there] of texts.slice(i + 1)) {
        // Lines of one name stand closer than their boxes, which have room for accents.
        const x = Math.min(at.right, there.right) - Math.max(at.left, there.left);
        const y = Math.min(at.bottom, there.bottom) - Math.max(at.top, there.top);
        if (x > 1 && y > 3) bad.push('overlap in "' + name + '": ' + words + ' | ' + others);
      }
    });
  }
  return bad.slice(0, 10);
};
globalThis.plain = words => words.replace(/\s+/g, ' ').trim();
const cellsOf = (part, column) => [...part.querySelectorAll('table')].flatMap(table => {
  const at = [...table.querySelectorAll('thead th')].findIndex(e => plain(e.textContent).split(',')[0] === column);
  return at < 0 ? [] : [...table.querySelectorAll('tbody tr')].map(row => plain(row.children[at].textContent));
});
globalThis.numberProblems = () => {
  const bad = [];
  let marks = 0;
  for (const part of document.querySelectorAll('figure, table.verdict')) {
    const rows = [...part.querySelectorAll('tbody tr')].map(row => [
      [...row.querySelectorAll('th')].map(e => plain(e.textContent)).join(', '),
      [...row.children].map(e => plain(e.firstElementChild && e.firstElementChild.tagName === 'svg' ? '' : e.textContent)).join(' ')]);
    for (const title of part.querySelectorAll('svg * > title')) {
      marks++;
      const words = plain(title.textContent);
      const number = words.slice(words.lastIndexOf(': ') + 2).replace(' to ', ' ');
      // A fork's dot says its round alone, for its line bears the name: the number stands in that round's column.
      const round = /^round \d+(?=: )/.exec(words);
      if (!(round ? cellsOf(part, round[0]).includes(number)
        : rows.some(([names, cells]) => words.startsWith(names) && cells.includes(number)))) bad.push(words);
    }
  }
  return marks ? bad.slice(0, 10) : ['no mark on the page'];
};
