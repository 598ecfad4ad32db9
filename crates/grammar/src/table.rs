//! Finds tables in an article's blocks: lines with bars or tabs, and tables that lost their lines (one cell a paragraph).

use model::{Article, BlockKind};

/// A cell: where it begins in the article, and its text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cell<'a> {
    pub(crate) block: u32,
    /// First character in the article's text.
    pub(crate) start: u32,
    pub(crate) text: &'a str,
}

/// A table over the blocks `first..last`.
#[derive(Debug)]
pub(crate) struct Grid<'a> {
    pub(crate) first: usize,
    pub(crate) last: usize,
    pub(crate) rows: Vec<Vec<Cell<'a>>>,
}

/// A row needs that many cells to be one.
const CELLS: usize = 2;
/// A table without lines needs that many paragraphs.
const PARAGRAPHS: usize = 14;

/// The table that begins at a block, if one does.
pub(crate) fn grid(article: &Article, at: usize) -> Option<Grid<'_>> {
    lined(article, at).or_else(|| unlined(article, at))
}

/// Rows with bars or tabs: one block, or a run of blocks.
fn lined(article: &Article, at: usize) -> Option<Grid<'_>> {
    let mut rows = Vec::new();
    let mut last = at;
    while let Some(block) = article.blocks.get(last) {
        let Some((start, _)) = block.span else { break };
        if !is_ruled(&block.text) {
            break;
        }
        let before = rows.len();
        let mut offset = start;
        let mut ruled = false;
        for line in block.text.split('\n') {
            ruled |= is_rule(line);
            if let Some(row) = row(line, last as u32, offset) {
                rows.push(row);
            }
            offset += line.chars().count() as u32 + 1;
        }
        if rows.len() == before && !ruled {
            break;
        }
        last += 1;
        if block.kind == BlockKind::Table {
            break;
        }
    }
    let numbers = rows.iter().flatten().filter(|cell| is_number(cell.text)).count();
    (rows.len() >= 2 && numbers >= 2).then_some(Grid { first: at, last, rows })
}

/// Whether a text has a bar, a tab or two dashes, without which none of its lines is a row or a rule.
fn is_ruled(text: &str) -> bool {
    // (one by one: each of these is sought in many bytes at once)
    text.contains('|') || text.contains('\t') || text.contains("--")
}

/// A line of bars, dashes and colons under a header.
fn is_rule(line: &str) -> bool {
    line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '+')) && line.contains("--")
}

fn row(line: &str, block: u32, start: u32) -> Option<Vec<Cell<'_>>> {
    if !line.contains(['\t', '|']) || is_rule(line) {
        return None;
    }
    let separator = if line.contains('\t') { '\t' } else { '|' };
    let outer = separator == '|' && line.trim_start().starts_with('|');
    let mut cells = Vec::new();
    let mut offset = start;
    for piece in line.split(separator) {
        let indent = piece.chars().take_while(|c| c.is_whitespace()).count() as u32;
        cells.push(Cell { block, start: offset + indent, text: piece.trim() });
        offset += piece.chars().count() as u32 + 1;
    }
    if outer {
        cells.remove(0);
        if cells.last().is_some_and(|cell| cell.text.is_empty()) {
            cells.pop();
        }
    }
    (cells.len() >= CELLS && cells.iter().filter(|cell| !cell.text.is_empty()).count() >= 1).then_some(cells)
}

/// Whether a cell holds a number and perhaps a unit, and nothing else.
pub(crate) fn is_number(text: &str) -> bool {
    let text = text.trim();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    digits > 0
        && text.chars().all(|c| {
            c.is_ascii_digit() || matches!(c, '.' | ',' | '%' | '-' | '+' | ' ' | '\u{a0}' | '(' | ')' | '*' | '\u{2212}' | '\u{2013}')
        })
}

/// One cell a paragraph: short lines, many of them numbers, in rows of label, unit and as many numbers as there are columns.
fn unlined(article: &Article, at: usize) -> Option<Grid<'_>> {
    let short = |index: usize| {
        let block = article.blocks.get(index)?;
        let (start, _) = block.span.filter(|_| block.kind != BlockKind::Related)?;
        let text = block.text.trim();
        let few = || text.split_whitespace().nth(8).is_none();
        let stop = || text.ends_with(['.', '!', '?', ':']) && !is_number(text);
        (few() && !stop() && !text.contains('\n')).then(|| Cell {
            block: index as u32,
            start: start + block.text.chars().take_while(|c| c.is_whitespace()).count() as u32,
            text,
        })
    };
    // Only a label or header can begin one; a look at the next few blocks keeps the search linear.
    let head = short(at)?;
    if is_number(head.text) || (at + 4..at + 10).filter_map(short).filter(|cell| is_number(cell.text)).count() < 2 {
        return None;
    }
    let cells: Vec<Cell<'_>> = (at..article.blocks.len()).map_while(short).collect();
    let numbers = cells.iter().filter(|cell| is_number(cell.text)).count();
    if cells.len() < PARAGRAPHS || 5 * numbers < 2 * cells.len() {
        return None;
    }
    let columns = columns(&cells)?;
    let first = cells.iter().position(|cell| is_number(cell.text))?;
    // The row's label and unit stand before its first number; what stands before them is the header.
    let unit = usize::from(first >= 2 && cells[first - 1].text.split_whitespace().count() <= 3 && first > columns + 1);
    let body = first - 1 - unit;
    // Section lines (`I`, `Tình hình thực hiện`) may stand between the heads and the first row: the heads are the stretch with most digits.
    let dated = |from: usize| cells[from..from + columns].iter().filter(|cell| cell.text.chars().any(|c| c.is_ascii_digit())).count();
    let heads = (0..=body.checked_sub(columns)?).max_by_key(|from| (dated(*from), *from))?;
    let mut header = vec![Cell { text: "", ..cells[0] }; 2];
    header.extend(&cells[heads..heads + columns]);
    let blank = |cell: Cell<'_>| Cell { text: "", ..cell };
    let mut rows = vec![header];
    let mut labels: Vec<Cell<'_>> = Vec::new();
    let mut index = body;
    while index < cells.len() {
        if is_number(cells[index].text) {
            let end = (index..cells.len()).find(|i| !is_number(cells[*i].text)).unwrap_or(cells.len());
            let (label, unit) = match labels[..] {
                [.., label, unit]
                    if unit.text.split_whitespace().count() <= 3 && unit.text.chars().next().is_some_and(char::is_lowercase) =>
                {
                    (label, unit)
                }
                [.., label] => (label, blank(label)),
                [] => (blank(cells[index]), blank(cells[index])),
            };
            let mut row = vec![label, unit];
            row.extend(&cells[index..end]);
            rows.push(row);
            labels.clear();
            index = end;
        } else {
            labels.push(cells[index]);
            index += 1;
        }
    }
    Some(Grid { first: at, last: at + cells.len(), rows })
}

/// The usual number of number cells in a row.
fn columns(cells: &[Cell<'_>]) -> Option<usize> {
    let mut counts = [0usize; 16];
    let mut run = 0;
    for cell in cells {
        if is_number(cell.text) {
            run += 1;
        } else {
            if (1..16).contains(&run) {
                counts[run] += 1;
            }
            run = 0;
        }
    }
    let (columns, count) = counts.iter().enumerate().max_by_key(|(columns, count)| (**count, *columns))?;
    (*count >= 2).then_some(columns)
}
