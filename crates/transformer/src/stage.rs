//! Records on their way into the dataset: batches become Parquet parts in the staging folder.
//!
//! Memory is bounded by a batch. What grows with the whole is small: one entry an article in the register.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use model::Record;
use polars::prelude::*;
use rayon::prelude::*;
use serde::Serialize;

use crate::analysis::analyse;
use crate::codes;
use crate::copies::Sketch;
use crate::corrections::{self, Mended};
use crate::existing::Existing;
use crate::figure::Figure;
use crate::reference::Reference;
use crate::spill::spill;
use crate::tables::{self, BY_ARTICLE, Entry, Frames};
use crate::{Limits, Options, TransformError};

/// Articles that are analysed and turned into columns by one thread at a time; fixed, so that threads do not show.
const CHUNK: usize = 256;

/// What is known of an article that has been staged.
#[derive(Clone, Debug)]
pub struct Registered {
    /// Its current version.
    pub version: i64,
    /// Hash of the record.
    pub hash: String,
    /// The part that holds its current version.
    pub part: usize,
    /// How many figures it has.
    pub figures: usize,
}

/// Rows of some articles, one version of each.
pub struct Part {
    /// Frames by table.
    pub tables: BTreeMap<&'static str, LazyFrame>,
    /// Smallest and largest article id.
    pub span: (String, String),
    /// Articles of this part of which a later part has a newer version.
    pub superseded: BTreeSet<String>,
    /// Whether it is a batch of records, which can be held in memory, and not a dataset that is extended.
    pub is_batch: bool,
}

/// The staging area.
pub struct Stage<'k> {
    /// The tables of `data/`.
    pub reference: Reference<'k>,
    /// How much is held at once.
    pub limits: Limits,
    /// The folder of the settled tables.
    pub folder: PathBuf,
    /// The folder to spill into.
    pub spilled: PathBuf,
    /// The parts so far.
    pub parts: Vec<Part>,
    /// Every article by id.
    pub register: BTreeMap<String, Registered>,
    /// Sketches of the articles' texts, by id.
    pub sketches: BTreeMap<String, Sketch>,
    /// The codes seen, by table and column.
    pub codes: BTreeMap<(&'static str, String), BTreeSet<String>>,
    /// Older versions that the extended dataset already keeps, by table.
    pub history: BTreeMap<&'static str, LazyFrame>,
    batch: Vec<Record>,
    waiting: BTreeSet<String>,
    figures: usize,
}

impl<'k> Stage<'k> {
    /// An empty stage, or one that holds an existing dataset.
    pub fn open(options: &Options, limits: Limits, reference: Reference<'k>) -> Result<Self, TransformError> {
        let spilled = options.staging.join("spilled");
        fs::create_dir_all(&spilled).map_err(TransformError::io(&options.staging))?;
        let mut stage = Self {
            reference,
            limits,
            folder: options.staging.clone(),
            spilled,
            parts: Vec::new(),
            register: BTreeMap::new(),
            sketches: BTreeMap::new(),
            codes: BTreeMap::new(),
            history: BTreeMap::new(),
            batch: Vec::new(),
            waiting: BTreeSet::new(),
            figures: 0,
        };
        if let Some(folder) = &options.existing {
            Existing::read(folder, &stage.reference)?.enter(&mut stage)?;
        }
        Ok(stage)
    }

    /// Takes a record; a part holds at most one version of an article.
    pub fn push(&mut self, record: Record) -> Result<(), TransformError> {
        if self.figures >= self.limits.batch || self.waiting.contains(&record.article.id) {
            self.flush()?;
        }
        self.figures += record.observations.len() + 1;
        self.waiting.insert(record.article.id.clone());
        self.batch.push(record);
        Ok(())
    }

    /// Spills the waiting records as a part.
    fn flush(&mut self) -> Result<(), TransformError> {
        let Some(batch) = self.read_batch()? else { return Ok(()) };
        let tables = spill(self.parts.len(), &batch.frames, &self.spilled)?;
        self.parts.push(Part { tables, span: batch.span, superseded: BTreeSet::new(), is_batch: true });
        Ok(())
    }

    /// Makes the last records a part. It stays in memory, which has to hold a batch anyway: most runs have but this one.
    pub fn close(&mut self) -> Result<(), TransformError> {
        let Some(batch) = self.read_batch()? else { return Ok(()) };
        let tables = BY_ARTICLE.into_iter().zip(batch.frames.into_iter().map(DataFrame::lazy)).collect();
        self.parts.push(Part { tables, span: batch.span, superseded: BTreeSet::new(), is_batch: true });
        Ok(())
    }

    /// Turns the waiting records into frames; none where they say nothing new.
    fn read_batch(&mut self) -> Result<Option<Batch>, TransformError> {
        let mut records = std::mem::take(&mut self.batch);
        self.waiting.clear();
        self.figures = 0;
        let hashes: Vec<String> = records.par_iter().map_init(Vec::new, |buffer, record| record_hash(record, buffer)).collect();
        let mut fresh: Vec<(Record, String, i64)> = Vec::with_capacity(records.len());
        for (record, hash) in records.drain(..).zip(hashes) {
            if let Some(version) = self.enter(&record, &hash) {
                fresh.push((record, hash, version));
            }
        }
        if fresh.is_empty() {
            return Ok(None);
        }
        fresh.sort_by(|a, b| a.0.article.id.cmp(&b.0.article.id));
        let span = (fresh[0].0.article.id.clone(), fresh[fresh.len() - 1].0.article.id.clone());

        let reference = &self.reference;
        let chunks = fresh.into_par_iter().chunks(CHUNK).map(|chunk| read_chunk(chunk, reference));
        let chunks: Vec<Chunk> = chunks.collect::<Result<_, _>>()?;
        let mut whole: Option<Frames> = None;
        for chunk in chunks {
            self.sketches.extend(chunk.sketches);
            whole = Some(match whole {
                None => chunk.frames,
                Some(frames) => stack(frames, chunk.frames)?,
            });
        }
        let frames = whole.unwrap_or_default();
        for (name, frame) in BY_ARTICLE.into_iter().zip(&frames) {
            self.note_codes(name, frame)?;
        }
        Ok(Some(Batch { frames, span }))
    }

    /// Registers a record; its version, or none if it says nothing new.
    fn enter(&mut self, record: &Record, hash: &str) -> Option<i64> {
        let id = &record.article.id;
        let part = self.parts.len();
        let version = match self.register.get(id) {
            None => 1,
            Some(known) if known.hash == *hash => return None,
            Some(known) => {
                self.parts[known.part].superseded.insert(id.clone());
                known.version + 1
            }
        };
        self.register.insert(id.clone(), Registered { version, hash: hash.to_owned(), part, figures: record.observations.len() });
        Some(version)
    }

    /// Notes which codes a frame uses.
    pub fn note_codes(&mut self, name: &'static str, frame: &DataFrame) -> Result<(), TransformError> {
        let used = codes::used(frame, self.reference.table(name)?)?;
        self.add_codes(name, used);
        Ok(())
    }

    /// Notes codes, by column.
    pub fn add_codes(&mut self, name: &'static str, used: Vec<(String, BTreeSet<String>)>) {
        for (column, codes) in used {
            self.codes.entry((name, column)).or_default().extend(codes);
        }
    }
}

/// The frames of a batch, from its smallest to its largest article id.
struct Batch {
    frames: Frames,
    span: (String, String),
}

struct Chunk {
    frames: Frames,
    sketches: Vec<(String, Sketch)>,
}

/// Corrects, analyses and tabulates some records.
fn read_chunk(mut records: Vec<(Record, String, i64)>, reference: &Reference<'_>) -> Result<Chunk, TransformError> {
    let mended: Vec<Vec<Mended>> =
        records.iter_mut().map(|(record, ..)| corrections::apply(record, reference.corrections)).collect::<Result<_, _>>()?;
    let figures: Vec<Vec<Figure<'_>>> = records.iter().map(|(record, ..)| Figure::of(record, reference)).collect();
    let mut sketches = Vec::with_capacity(records.len());
    let mut entries = Vec::with_capacity(records.len());
    for (((record, hash, version), mended), figures) in records.iter().zip(mended).zip(&figures) {
        let sketch = Sketch::of(&record.article);
        let words = sketch.words;
        sketches.push((record.article.id.clone(), sketch));
        let analysis = analyse(record, words, figures, reference);
        entries.push(Entry { record, figures, words, mended, analysis, version: *version, hash });
    }
    Ok(Chunk { frames: tables::frames(&entries, reference)?, sketches })
}

fn stack(mut frames: Frames, more: Frames) -> Result<Frames, TransformError> {
    for (frame, more) in frames.iter_mut().zip(more) {
        frame.vstack_mut_owned(more).map_err(TransformError::frame("joining rows"))?;
    }
    Ok(frames)
}

/// What makes a record another version: what is read from the page, not when or from which copy it was read.
#[derive(Serialize)]
struct Essence<'r> {
    url: &'r Option<String>,
    title: &'r Option<String>,
    text: &'r str,
    authors: &'r [String],
    published: &'r Option<model::When>,
    modified: &'r Option<model::When>,
    cells: &'r [model::Cell],
    observations: &'r [model::Observation],
    unread: &'r [model::Unread],
}

/// The hash of a record's essence, as `MessagePack` without the names of fields. It is written into a buffer first, for a
/// hasher takes long strings much quicker than the many short ones that a serializer writes.
fn record_hash(record: &Record, buffer: &mut Vec<u8>) -> String {
    let article = &record.article;
    let essence = Essence {
        url: &article.url,
        title: &article.title,
        text: &article.text,
        authors: &article.authors,
        published: &article.published,
        modified: &article.modified,
        cells: &article.cells,
        observations: &record.observations,
        unread: &record.unread,
    };
    buffer.clear();
    // Writing into memory cannot fail, and neither can plain data be refused by the serializer.
    let _ = rmp_serde::encode::write(&mut *buffer, &essence);
    blake3::hash(buffer).to_hex()[..32].to_owned()
}
