//! Pages to records: in parallel, in bounded batches, in the order of the pages.
//!
//! An article on several pages comes when no further one is waited for: at the end, unless too much waits.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io;
use std::path::Path;

use anyhow::Result;
use extractor::{Page, Parts};
use model::{Article, Issue, Record};
use rayon::prelude::*;

use crate::console::{Console, PageBar};
use crate::error::CliError;
use crate::input::{self, Inputs, Pages, Pending, Refused, Seen, Unpacked, stem};
use crate::stages::{Part, Reader};

/// Pages in a batch: enough to keep every thread busy, few enough to hold in memory.
const BATCH: usize = 256;

/// Bytes in a batch, about; one page may be larger.
const BATCH_BYTES: u64 = 32 << 20;

/// Refused pages that have a line of their own without `--verbose`.
const LOUD: usize = 20;

/// What was read, for the summary and `run.json`.
#[derive(Debug, Default)]
pub struct Tally {
    /// The inputs, in order.
    pub inputs: Vec<Seen>,
    /// Articles read.
    pub articles: u64,
    /// Pages that are part of an article which begins on another.
    pub joined: u64,
    /// Pages and inputs that gave no article.
    pub refused: Vec<Refused>,
    /// Numbers that were seen and not understood.
    pub unread: u64,
    /// Observations by indicator; those without one under `None`.
    pub observations: BTreeMap<Option<String>, u64>,
}

impl Tally {
    /// All observations.
    pub fn observed(&self) -> u64 {
        self.observations.values().sum()
    }

    fn add(&mut self, record: &Record) {
        self.articles += 1;
        let source = &record.article.source;
        for Issue { kind, place, why } in &record.article.issues {
            tracing::info!(source, kind = kind.as_str(), place, why, "{source}: {why} ({})", kind.as_str());
        }
        self.unread += record.unread.len() as u64;
        for observation in &record.observations {
            *self.observations.entry(observation.indicator.clone()).or_default() += 1;
        }
    }

    fn refuse(&mut self, refused: Refused) {
        let Refused { source, issue: Issue { kind, place, why } } = &refused;
        let kind = kind.as_str();
        if self.refused.len() < LOUD {
            tracing::warn!(source, kind, place, why, "{source}: {why} ({kind})");
        } else {
            tracing::info!(source, kind, place, why, "{source}: {why} ({kind})");
        }
        self.refused.push(refused);
        if self.refused.len() == LOUD {
            tracing::warn!("more pages are refused: --verbose shows them all, and run.json lists them");
        }
    }
}

/// What one page gave.
struct Outcome {
    pages: u64,
    consumed: u64,
    seen: Option<Seen>,
    read: Result<Box<Part>, Refused>,
}

/// Records of pages, one after another.
pub struct Records<'r> {
    reader: &'r Reader<'r>,
    pages: Pages,
    parts: Parts,
    ready: VecDeque<Result<Box<Record>, Refused>>,
    at_end: bool,
    ids: BTreeSet<String>,
    bar: PageBar,
    tally: Tally,
}

impl<'r> Records<'r> {
    /// The records of some inputs.
    pub fn new(reader: &'r Reader<'r>, inputs: Inputs, console: &Console) -> Self {
        let bar = console.pages(inputs.bytes());
        Self {
            reader,
            pages: Pages::new(inputs),
            parts: Parts::default(),
            ready: VecDeque::new(),
            at_end: false,
            ids: BTreeSet::new(),
            bar,
            tally: Tally::default(),
        }
    }

    /// What was read; complete once the records are at their end.
    pub fn into_tally(mut self) -> Tally {
        self.tally.inputs.extend(self.pages.take_seen());
        self.tally.joined = self.parts.joined();
        self.tally
    }

    fn fill(&mut self) {
        let mut batch = Vec::new();
        let mut bytes = 0;
        while batch.len() < BATCH && bytes < BATCH_BYTES {
            let Some(page) = self.pages.next() else { break };
            bytes += page.weight();
            batch.push(page);
        }
        self.at_end = batch.is_empty();
        let reader = self.reader;
        let outcomes: Vec<Outcome> = batch.into_par_iter().map(|page| read(reader, page)).collect();
        let whole = self.whole(outcomes);
        self.ready.extend(whole.into_par_iter().map(|read| read.map(|article| Box::new(reader.record(article)))).collect::<Vec<_>>());
    }

    /// The articles of a batch that wait for no further page.
    fn whole(&mut self, outcomes: Vec<Outcome>) -> Vec<Result<Article, Refused>> {
        let mut whole = Vec::with_capacity(outcomes.len());
        for outcome in outcomes {
            self.bar.advance(outcome.pages, outcome.consumed);
            self.tally.inputs.extend(outcome.seen);
            match outcome.read.map(|read| *read) {
                Ok((article, paging)) => whole.extend(self.parts.add(article, paging).into_iter().map(Ok)),
                Err(refused) => whole.push(Err(refused)),
            }
        }
        if self.at_end {
            whole.extend(self.parts.finish().into_iter().map(Ok));
        }
        whole
    }

    /// Gives an article an id of its own: the second `page` of a run is `page-2`.
    fn name(&mut self, record: &mut Record) {
        let id = record.article.id.clone();
        let mut copy = 1;
        while !self.ids.insert(record.article.id.clone()) {
            copy += 1;
            record.article.id = format!("{id}-{copy}");
        }
    }
}

impl Iterator for Records<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        loop {
            while self.ready.is_empty() && !self.at_end {
                self.fill();
            }
            let Some(read) = self.ready.pop_front() else {
                self.bar.turn_into("joining");
                return None;
            };
            match read {
                Ok(mut record) => {
                    self.name(&mut record);
                    self.tally.add(&record);
                    return Some(*record);
                }
                Err(refused) => self.tally.refuse(refused),
            }
        }
    }
}

fn read(reader: &Reader<'_>, page: Pending) -> Outcome {
    match page {
        Pending::Refused(refused) => Outcome { pages: 0, consumed: 0, seen: None, read: Err(refused) },
        Pending::Bytes { id, source, kind, bytes, consumed } => {
            let page = Page { id: &id, source: &source, bytes: &bytes, url: None, charset: None, fetched: None };
            Outcome { pages: 1, consumed, seen: None, read: refusal(source.clone(), reader.page(&page, kind)) }
        }
        Pending::Archived(page) => {
            let read = refusal(page.id.to_string(), reader.archived(&page));
            Outcome { pages: 1, consumed: 0, seen: None, read }
        }
        Pending::File { input, kind } => match input::load(&input) {
            Ok((bytes, seen)) => {
                let source = &input.source;
                let page = Page { id: stem(source), source, bytes: &bytes, url: None, charset: None, fetched: None };
                let read = refusal(source.clone(), reader.page(&page, kind));
                Outcome { pages: 1, consumed: seen.bytes, seen: Some(seen), read }
            }
            Err(issue) => {
                let consumed = input.bytes.unwrap_or(0);
                Outcome { pages: 1, consumed, seen: None, read: Err(Refused { source: input.source, issue }) }
            }
        },
    }
}

fn refusal(source: String, read: Result<Part, Issue>) -> Result<Box<Part>, Refused> {
    read.map(Box::new).map_err(|issue| Refused { source, issue })
}

/// Reads the records that `solieu extract` wrote; the first line that is none is an error.
pub fn saved(path: &Path) -> Result<impl Iterator<Item = Result<Record, CliError>>, CliError> {
    let path = path.to_owned();
    let mut lines = Unpacked::open(&path.to_string_lossy()).map_err(CliError::input(&path))?;
    let mut number = 0;
    Ok(std::iter::from_fn(move || {
        number += 1;
        let line = match lines.line() {
            Ok(line) => line?,
            Err(issue) => return Some(Err(CliError::input(&path)(io::Error::other(issue.why)))),
        };
        Some(serde_json::from_slice(&line).map_err(|source| CliError::Record { path: path.clone(), line: number, source }))
    }))
}
