// What is wrong with the layout and the numbers of a page, in sentences; evaluated by PageTest.
globalThis.wideContent = () => {
  const wide = document.documentElement.clientWidth;
  const all = [...document.querySelectorAll('body *')].filter(e => !e.closest('.scroll') && !e.closest('svg') && !e.closest('pre') && !e.closest('.skip'));
  return all.filter(e => e.getBoundingClientRect().right > wide + 1).map(e => e.tagName + ' ' + e.className + ' ' + e.textContent.slice(0, 60)).slice(0, 5);
};
// Paper does not scroll: nothing in a table lies beyond its edge, no number, interval and part of a name has parts on two lines,
// and no drawing is shrunk until its letters are smaller than six points.
globalThis.paperProblems = () => {
  const wide = document.documentElement.clientWidth;
  const bad = [...document.querySelectorAll('table')].filter(e => e.getBoundingClientRect().right > wide + 1)
    .map(e => 'beyond the edge: ' + e.caption.textContent);
  const range = document.createRange();
  const whole = (text, words) => {
    for (const word of text.data.matchAll(words)) {
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      if (new Set([...range.getClientRects()].map(at => at.top)).size > 1) bad.push('broken: ' + word[0]);
    }
  };
  for (const text of [...document.querySelectorAll('td.n')].map(e => e.firstChild).filter(e => e && e.nodeType === 3)) {
    whole(text, /\[[^\]]*\]|[^ ]+/g);
  }
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT, text =>
    text.parentElement.closest('th, td:not(.n)') && !text.parentElement.closest('svg') ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP);
  while (texts.nextNode()) {
    // Between its capitals, dots and signs a name may be broken, and between any letters of East Asia.
    whole(texts.currentNode, /[A-Z]?[a-z]+|[A-Z]+|[0-9]+/g);
  }
  for (const svg of document.querySelectorAll('svg')) {
    const shrunk = svg.getBoundingClientRect().height / svg.viewBox.baseVal.height;
    const sizes = [...svg.querySelectorAll('text')].map(e => parseFloat(getComputedStyle(e).fontSize));
    const points = Math.min(...sizes) * shrunk * 0.75;
    if (shrunk && points < 6) bad.push('letters of ' + points.toFixed(1) + ' points: ' + svg.querySelector('title').textContent);
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
// Who hears a figure's drawings must be able to tell them from each other.
globalThis.sameNames = () => [...document.querySelectorAll('figure > .wide')].flatMap(part => {
  const names = [...part.querySelectorAll('svg > title')].map(e => e.textContent);
  return names.filter((name, i) => names.indexOf(name) < i);
});
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
