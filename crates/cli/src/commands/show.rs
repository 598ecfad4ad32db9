//! `solieu show`: an article in the terminal, every figure marked, its reading beside it.

use std::collections::VecDeque;
use std::io::Write;

use anstyle::{AnsiColor, Style};
use anyhow::Result;
use clap::Args;
use model::{Article, Block, BlockKind, Measure, Observation, Record};

use super::{Reading, examples, exit_of};
use crate::console::Console;
use crate::exit::Exit;
use crate::reading::phrase;
use crate::records::Records;
use crate::stages::Reader;
use crate::terminal::{self, Word, wrap};

const EXAMPLES: &[(&str, &str)] = &[
    ("One article", "solieu show data/samples/ha-noi-cong-thuong-2020.html"),
    ("In colour through a pager", "solieu show --color always data/samples/ha-noi-cong-thuong-2020.html | less -R"),
];

/// From this width on, readings stand beside the text; below, under it.
const TWO_COLUMNS: usize = 110;

const DIM: Style = Style::new().dimmed();
const BOLD: Style = Style::new().bold();
const WARNING: Style = AnsiColor::Yellow.on_default();

/// Shows an article with every figure marked in colour and its reading beside it.
#[derive(Args, Debug)]
#[command(after_help = examples(EXAMPLES))]
pub struct Show {
    /// Which pages.
    #[command(flatten)]
    reading: Reading,
}

impl Show {
    /// Runs it.
    pub fn run(self, console: &Console) -> Result<Exit> {
        let known = self.reading.tables.load()?;
        let reader = Reader::new(&known);
        let mut records = Records::new(&reader, self.reading.inputs()?, console);
        let mut out = anstream::stdout().lock();
        for record in &mut records {
            write!(out, "{}", Page::new(&record, terminal::width()).print())?;
        }
        out.flush()?;
        Ok(exit_of(&records.into_tally()))
    }
}

/// A figure or number in the text of a block.
enum Mark<'r> {
    Figure(usize, &'r Observation),
    Unread,
}

/// An article on its way to the terminal.
struct Page<'r> {
    record: &'r Record,
    width: usize,
    out: String,
}

impl<'r> Page<'r> {
    fn new(record: &'r Record, width: usize) -> Self {
        Self { record, width, out: String::new() }
    }

    fn print(mut self) -> String {
        self.head();
        for (at, block) in self.record.article.blocks.iter().enumerate() {
            self.block(at as u32, block);
        }
        self.foot();
        self.out
    }

    fn line(&mut self, line: &str) {
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }

    fn head(&mut self) {
        let article = &self.record.article;
        let rule = "─".repeat(self.width);
        self.line(&format!("{DIM}{rule}{DIM:#}"));
        let mut words = terminal::words(&article.id, BOLD);
        words.extend(terminal::words(&facts(article), DIM));
        for line in wrap(&words, self.width) {
            self.line(&line.printed);
        }
        for issue in &article.issues {
            self.line(&format!("{WARNING}{}: {}{WARNING:#}", issue.kind.as_str(), issue.why));
        }
        self.line("");
    }

    fn foot(&mut self) {
        let (figures, unread) = (self.record.observations.len(), self.record.unread.len());
        self.line(&format!("{DIM}{figures} figures, {unread} numbers not understood (marked [?]){DIM:#}"));
    }

    fn block(&mut self, at: u32, block: &Block) {
        let marks = self.marks(at, block);
        let figures: Vec<(usize, &Observation)> = marks
            .iter()
            .filter_map(|(_, _, mark)| match mark {
                Mark::Figure(number, observation) => Some((*number, *observation)),
                Mark::Unread => None,
            })
            .collect();
        for (number, paragraph) in paragraphs(block, &marks).into_iter().enumerate() {
            if number > 0 && paragraph.is_empty() {
                continue;
            }
            let two = self.width >= TWO_COLUMNS;
            let column = if two { self.width * 3 / 5 } else { self.width };
            let lines = wrap(&paragraph, column);
            if two { self.beside(&lines, &figures, column) } else { self.below(&lines, &figures) }
        }
        self.line("");
    }

    /// Text on the left; each reading on the right, no higher than its figure.
    fn beside(&mut self, lines: &[Word], figures: &[(usize, &Observation)], column: usize) {
        let room = self.width - column - 3;
        let mut notes: VecDeque<Word> = VecDeque::new();
        let mut row = 0;
        while row < lines.len() || !notes.is_empty() {
            let line = lines.get(row).cloned().unwrap_or_default();
            for (number, observation) in figures.iter().filter(|(number, _)| line.marks.contains(number)) {
                notes.extend(note(*number, observation, room));
            }
            let note = notes.pop_front().unwrap_or_default();
            let gap = " ".repeat(column.saturating_sub(line.width) + 1);
            self.line(&format!("{}{gap}{DIM}│{DIM:#} {}", line.printed, note.printed));
            row += 1;
        }
    }

    /// Text, then its readings.
    fn below(&mut self, lines: &[Word], figures: &[(usize, &Observation)]) {
        for line in lines {
            self.line(&line.printed);
        }
        let shown = |number: usize| lines.iter().any(|line| line.marks.contains(&number));
        for (number, observation) in figures.iter().filter(|(number, _)| shown(*number)) {
            for line in note(*number, observation, self.width - 2) {
                self.line(&format!("  {}", line.printed));
            }
        }
    }

    /// The figures of a block in order: first character, the one after the last, what it is.
    fn marks(&self, at: u32, block: &Block) -> Vec<(usize, usize, Mark<'r>)> {
        let record = self.record;
        let text: Vec<char> = block.text.chars().collect();
        let figures = record.observations.iter().enumerate().filter(|(_, figure)| figure.block == at);
        let figures = figures.map(|(number, figure)| (figure.quote.as_str(), figure.start, Mark::Figure(number + 1, figure)));
        let unread =
            record.unread.iter().filter(|number| number.block == at).map(|number| (number.quote.as_str(), number.start, Mark::Unread));
        let mut found: Vec<_> =
            figures.chain(unread).filter_map(|(quote, start, mark)| place(&text, block, quote, start).map(|(a, z)| (a, z, mark))).collect();
        found.sort_by_key(|(start, end, _)| (*start, *end));
        let mut cursor = 0;
        found.retain(|(start, end, _)| {
            let free = *start >= cursor;
            cursor = if free { *end } else { cursor };
            free
        });
        found
    }
}

/// Where a quote stands in its block, in characters.
fn place(text: &[char], block: &Block, quote: &str, start: u32) -> Option<(usize, usize)> {
    let quote: Vec<char> = quote.chars().collect();
    let first = block.span.and_then(|(block_start, _)| start.checked_sub(block_start)).unwrap_or(start) as usize;
    let fits = |at: usize| text.get(at..at + quote.len()) == Some(quote.as_slice());
    let at = if fits(first) { Some(first) } else { (0..text.len()).find(|at| fits(*at)) };
    at.map(|at| (at, at + quote.len()))
}

/// The block's lines as words, with figures kept in one piece and marked.
fn paragraphs(block: &Block, marks: &[(usize, usize, Mark<'_>)]) -> Vec<Vec<Word>> {
    let base = style_of(block.kind);
    let mut lines = vec![Vec::new()];
    let mut word = Word::default();
    if let Some(label) = label_of(block.kind) {
        word.push(label, DIM);
        flush(&mut word, &mut lines);
    }
    let text: Vec<char> = block.text.chars().collect();
    let mut at = 0;
    while at < text.len() {
        if let Some((_, end, mark)) = marks.iter().find(|(start, ..)| *start == at) {
            let quote: String = text[at..*end].iter().map(|letter| if letter.is_whitespace() { ' ' } else { *letter }).collect();
            push_marked(&mut word, &quote, mark);
            at = *end;
            continue;
        }
        let next = marks.iter().map(|(start, ..)| *start).find(|start| *start > at).unwrap_or(text.len());
        let stop = (at..next).find(|at| text[*at].is_whitespace()).unwrap_or(next);
        if stop > at {
            word.push(&text[at..stop].iter().collect::<String>(), base);
            at = stop;
        } else {
            flush(&mut word, &mut lines);
            if text[at] == '\n' {
                lines.push(Vec::new());
            }
            at += 1;
        }
    }
    flush(&mut word, &mut lines);
    lines
}

fn flush(word: &mut Word, lines: &mut [Vec<Word>]) {
    if let (true, Some(line)) = (word.width > 0, lines.last_mut()) {
        line.push(std::mem::take(word));
    }
}

fn push_marked(word: &mut Word, quote: &str, mark: &Mark<'_>) {
    match mark {
        Mark::Figure(number, observation) => {
            word.push(quote, color_of(observation.measure).bold().underline());
            word.push(&format!("[{number}]"), DIM);
            word.marks.push(*number);
        }
        Mark::Unread => {
            word.push(quote, WARNING.underline());
            word.push("[?]", DIM);
        }
    }
}

/// `[3] +6.39 % change of grdp · ha-noi · 2020`, wrapped under the amount.
fn note(number: usize, observation: &Observation, room: usize) -> Vec<Word> {
    let phrase = phrase(observation);
    let label = format!("[{number}] ");
    let mut words = terminal::words(&phrase.amount, color_of(observation.measure).bold());
    words.extend(terminal::words(&phrase.about, Style::new()));
    let lines = wrap(&words, room - label.len()).into_iter().enumerate();
    lines.map(|(at, line)| if at == 0 { line.after(&label, DIM) } else { line.after(&" ".repeat(label.len()), Style::new()) }).collect()
}

fn color_of(measure: Measure) -> Style {
    match measure {
        Measure::Level => AnsiColor::Green,
        Measure::Change | Measure::Difference => AnsiColor::Cyan,
        Measure::Share | Measure::Contribution => AnsiColor::Magenta,
        Measure::Multiple => AnsiColor::Blue,
        Measure::Completion => AnsiColor::Yellow,
    }
    .on_default()
}

fn style_of(kind: BlockKind) -> Style {
    match kind {
        BlockKind::Title | BlockKind::Heading => BOLD,
        BlockKind::Caption | BlockKind::Byline => Style::new().italic(),
        BlockKind::Related => DIM,
        BlockKind::Lead | BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Quote | BlockKind::Table => Style::new(),
    }
}

fn label_of(kind: BlockKind) -> Option<&'static str> {
    match kind {
        BlockKind::Caption => Some("caption:"),
        BlockKind::Byline => Some("by:"),
        BlockKind::Related => Some("related:"),
        BlockKind::Quote => Some(">"),
        BlockKind::ListItem => Some("•"),
        BlockKind::Title | BlockKind::Lead | BlockKind::Heading | BlockKind::Paragraph | BlockKind::Table => None,
    }
}

/// Publisher, day and how it is known, authors, reader.
fn facts(article: &Article) -> String {
    let published = match (article.published, article.published_from) {
        (Some(when), Some(from)) => Some(format!("published {when} (from {})", from.as_str())),
        (Some(when), None) => Some(format!("published {when}")),
        (None, _) => Some("publication unknown".to_owned()),
    };
    let parts = [
        article.publisher.clone(),
        published,
        article.rendered.map(|when| format!("page clock {when}")),
        (!article.authors.is_empty()).then(|| article.authors.join(", ")),
        Some(format!("read as {}", article.profile)),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record() -> Record {
        let text = "GRDP của tỉnh tăng 6,39%\u{a0}trong năm 2020 và đạt 16 tỷ USD theo 01 bảng.";
        let quote = |quote: &str| {
            let start = text[..text.find(quote).unwrap()].chars().count() as u32;
            (start, start + quote.chars().count() as u32)
        };
        let figure = |text: &str, value: &str, unit: &str, measure: &str| {
            let (start, end) = quote(text);
            serde_json::from_value(serde_json::json!({
                "block": 0, "sentence": "", "quote": text, "start": start, "end": end, "value": value, "unit": unit, "scale": "1",
                "decimals": 0, "bound": "exact", "measure": measure, "indicator": "grdp", "period": "2020", "status": "actual",
                "confidence": 1.0,
            }))
            .unwrap()
        };
        let (start, end) = quote("01");
        let article = serde_json::from_value(serde_json::json!({
            "id": "a", "source": "a.txt", "profile": "text", "authors": [], "tags": [], "text": text, "cells": [], "content_hash": "",
            "issues": [], "blocks": [{"kind": "paragraph", "text": text, "span": [0, text.chars().count()]}],
        }))
        .unwrap();
        Record {
            article,
            observations: vec![figure("6,39%", "6.39", "%", "change"), figure("16 tỷ USD", "16000000000", "USD", "level")],
            unread: vec![model::Unread { block: 0, quote: "01".to_owned(), start, end, why: "a list number".to_owned() }],
        }
    }

    fn printed(width: usize) -> String {
        let printed = Page::new(&record(), width).print();
        anstream::adapter::strip_str(&printed).to_string()
    }

    #[test]
    fn readings_stand_under_the_text_where_there_is_little_room() {
        let page = printed(60);
        let body = "\
GRDP của tỉnh tăng 6,39%[1] trong năm 2020 và đạt
16 tỷ USD[2] theo 01[?] bảng.
  [1] +6.39 % change of grdp · 2020
  [2] 16 billion USD grdp · 2020
";
        assert!(page.contains(body), "{page}");
    }

    #[test]
    fn readings_stand_beside_the_text_where_there_is_room() {
        let page = printed(120);
        let rows: Vec<(&str, &str)> = page.lines().filter_map(|line| line.split_once(" │ ")).map(|(a, b)| (a.trim_end(), b)).collect();
        assert_eq!(rows[0].1, "[1] +6.39 % change of grdp · 2020");
        assert_eq!(rows[1].1, "[2] 16 billion USD grdp · 2020");
        assert!(rows[0].0.starts_with("GRDP của tỉnh tăng 6,39%[1]"), "{page}");
    }
}
