//! Inputs, opened one after another, as pages that wait to be read.

use std::io::BufReader;
use std::path::Path;
use std::vec;

use fetcher::{FetchError, archive};
use model::{Issue, IssueKind};

use super::unpack::{Unpacked, trouble};
use super::{Input, Inputs, Kind, Refused, STANDARD_INPUT, Seen, stem};

/// A page that waits to be read. A file's bytes are fetched by whoever reads it, so that many are unpacked at once.
pub enum Pending {
    /// One page in a file.
    File {
        /// The file.
        input: Input,
        /// What it holds.
        kind: Kind,
    },
    /// One page in memory.
    Bytes {
        /// The id, unless the page has one of its own.
        id: String,
        /// Where it was read from.
        source: String,
        /// What it holds.
        kind: Kind,
        /// The page.
        bytes: Vec<u8>,
        /// Bytes of input that went into it.
        consumed: u64,
    },
    /// One page of an archive.
    Archived(Box<archive::Page>),
    /// None: it could not be had.
    Refused(Refused),
}

impl Pending {
    /// About how many bytes it takes to hold and read it.
    pub fn weight(&self) -> u64 {
        match self {
            Self::File { input, .. } => input.bytes.unwrap_or(0),
            Self::Bytes { bytes, .. } => bytes.len() as u64,
            Self::Archived(page) => page.bytes.len() as u64,
            Self::Refused(_) => 0,
        }
    }
}

/// The bytes of a file that holds one page.
pub fn load(input: &Input) -> Result<(Vec<u8>, Seen), Issue> {
    let mut unpacked = Unpacked::open(&input.source).map_err(|error| trouble(&error))?;
    let bytes = unpacked.whole()?;
    Ok((bytes, unpacked.seen(&input.source)))
}

/// Every page of some inputs, in order.
pub struct Pages {
    refused: vec::IntoIter<Refused>,
    inputs: vec::IntoIter<Input>,
    lines: Option<Lines>,
    archive: Option<(String, Archived)>,
    /// Inputs that were read here to their end.
    seen: Vec<Seen>,
}

impl Pages {
    /// The pages of inputs.
    pub fn new(inputs: Inputs) -> Self {
        Self { refused: inputs.refused.into_iter(), inputs: inputs.found.into_iter(), lines: None, archive: None, seen: Vec::new() }
    }

    /// What the inputs that were streamed are; complete once the pages are at their end.
    pub fn take_seen(&mut self) -> Vec<Seen> {
        std::mem::take(&mut self.seen)
    }

    fn open(&mut self, input: Input) -> Option<Pending> {
        if input.kind == Some(Kind::Warc) {
            return self.open_archive(input);
        }
        if let (Some(kind @ (Kind::Html | Kind::Text)), true) = (input.kind, input.source != STANDARD_INPUT) {
            return Some(Pending::File { input, kind });
        }
        match self.stream(&input) {
            Ok(page) => page,
            Err(issue) => Some(Pending::Refused(Refused { source: input.source, issue })),
        }
    }

    /// Opens an input that has to be looked into: standard input, lines, or a name that says nothing.
    fn stream(&mut self, input: &Input) -> Result<Option<Pending>, Issue> {
        let mut unpacked = Unpacked::open(&input.source).map_err(|error| trouble(&error))?;
        let kind = match input.kind {
            Some(kind) => kind,
            None => Kind::of_bytes(unpacked.peek().map_err(|error| trouble(&error))?),
        };
        if kind == Kind::Jsonl {
            self.lines = Some(Lines { input: input.clone(), unpacked, line: 0 });
            return Ok(None);
        }
        let bytes = unpacked.whole()?;
        self.seen.push(unpacked.seen(&input.source));
        let id = if input.source == STANDARD_INPUT { "stdin" } else { stem(&input.source) };
        Ok(Some(Pending::Bytes { id: id.to_owned(), source: input.source.clone(), kind, bytes, consumed: unpacked.bytes() }))
    }

    fn open_archive(&mut self, input: Input) -> Option<Pending> {
        match archived(&input.source) {
            Ok(pages) => {
                self.archive = Some((input.source, pages));
                None
            }
            Err(error) => Some(refused(&input.source, &error)),
        }
    }

    fn next_archived(&mut self) -> Option<Pending> {
        let (source, pages) = self.archive.as_mut()?;
        let next = pages.find(|page| page.as_ref().map_or(true, archive::Page::is_html));
        let pending = next.map(|page| page.map_or_else(|error| refused(source, &error), |page| Pending::Archived(Box::new(page))));
        if pending.is_none() {
            self.archive = None;
        }
        pending
    }

    fn next_line(&mut self) -> Option<Pending> {
        let lines = self.lines.as_mut()?;
        let next = lines.next();
        if !matches!(next, Some(Pending::Bytes { .. }))
            && let Some(lines) = self.lines.take()
        {
            self.seen.push(lines.unpacked.seen(&lines.input.source));
        }
        next
    }
}

impl Iterator for Pages {
    type Item = Pending;

    fn next(&mut self) -> Option<Pending> {
        if let Some(refused) = self.refused.next() {
            return Some(Pending::Refused(refused));
        }
        loop {
            if let Some(page) = self.next_line().or_else(|| self.next_archived()) {
                return Some(page);
            }
            let input = self.inputs.next()?;
            if let Some(page) = self.open(input) {
                return Some(page);
            }
        }
    }
}

/// The pages of an archive, in a stream.
type Archived = Box<dyn Iterator<Item = Result<archive::Page, FetchError>>>;

fn archived(source: &str) -> Result<Archived, FetchError> {
    if source != STANDARD_INPUT {
        return Ok(Box::new(archive::pages(Path::new(source))?));
    }
    let records = archive::Records::new(BufReader::new(std::io::stdin()), "stdin");
    Ok(Box::new(records.filter_map(|record| match record {
        Ok(record) => archive::Page::read(record),
        Err(error) => Some(Err(error)),
    })))
}

fn refused(source: &str, error: &FetchError) -> Pending {
    Pending::Refused(Refused { source: source.to_owned(), issue: Issue::new(IssueKind::Unreadable, "record", error.to_string()) })
}

/// An open file of JSON Lines.
struct Lines {
    input: Input,
    unpacked: Unpacked,
    line: usize,
}

impl Lines {
    /// The next article; a refusal ends the file, for what follows it cannot be told apart.
    fn next(&mut self) -> Option<Pending> {
        loop {
            let before = self.unpacked.bytes();
            match self.unpacked.line() {
                Ok(None) if self.line == 0 => return Some(self.refuse(Issue::new(IssueKind::Empty, "file", "there is no line in it"))),
                Ok(None) => return None,
                Ok(Some(bytes)) => {
                    self.line += 1;
                    if bytes.is_empty() {
                        continue;
                    }
                    let Input { source, .. } = &self.input;
                    let (id, source) = (format!("{}-{}", stem(source), self.line), format!("{source}:{}", self.line));
                    let consumed = self.unpacked.bytes() - before;
                    return Some(Pending::Bytes { id, source, kind: Kind::Jsonl, bytes, consumed });
                }
                Err(issue) => return Some(self.refuse(issue)),
            }
        }
    }

    fn refuse(&self, issue: Issue) -> Pending {
        Pending::Refused(Refused { source: format!("{}:{}", self.input.source, self.line + 1), issue })
    }
}
