//! The stages, as the commands call them: page to article and article to record here, records to dataset and files below.
//!
//! The only place that chains crates which do not know each other.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::Result;
use exporter::{ExportError, Format, Manifest, Provenance};
use extractor::{Extractor, Page, Paging};
use fetcher::archive;
use grammar::Grammar;
use knowledge::Knowledge;
use model::{Article, Issue, IssueKind, PublishedFrom, Record, When};
use tempfile::TempDir;
use transformer::{Dataset, Summary, TransformError};

use crate::commands::Writing;
use crate::error::CliError;
use crate::input::Kind;

/// A page that was read, and where it stands among the pages of its article.
pub type Part = (Article, Option<Paging>);

/// Reads pages: built once, used by all threads.
pub struct Reader<'k> {
    extractor: Extractor,
    /// The grammar, for who has sentences without a page.
    pub grammar: Grammar<'k>,
}

impl<'k> Reader<'k> {
    /// Over some tables.
    pub fn new(known: &'k Knowledge) -> Self {
        Self { extractor: Extractor::new(known), grammar: Grammar::new(known) }
    }

    /// Reads one page; the refusal says why there is no article.
    pub fn page(&self, page: &Page<'_>, kind: Kind) -> Result<Part, Issue> {
        let extraction = match kind {
            Kind::Html | Kind::Warc => self.extractor.html(page),
            Kind::Text => self.extractor.text(page),
            Kind::Jsonl => self.extractor.json(page),
        };
        let refusal = || extraction.refusal.unwrap_or_else(|| Issue::new(IssueKind::NotAnArticle, "page", "no article was found"));
        let article = extraction.article.ok_or_else(refusal)?;
        Ok((article, extraction.paging))
    }

    /// Reads what a whole article states.
    pub fn record(&self, mut article: Article) -> Record {
        let reading = self.grammar.read(&article);
        if let (None, Some(day)) = (article.published, reading.published) {
            article.published = Some(When::Day(day));
            article.published_from = Some(PublishedFrom::Text);
        }
        Record { article, observations: reading.observations, unread: reading.unread }
    }
}

/// Pages of an archive.
impl Reader<'_> {
    /// Reads an archived page; its source is the record, its id one that an address keeps from night to night.
    pub fn archived(&self, page: &archive::Page) -> Result<Part, Issue> {
        let host = page.url.split('/').nth(2).unwrap_or_default();
        let id = format!("{host}-{}", &blake3::hash(page.url.as_bytes()).to_hex()[..16]);
        let (source, fetched) = (page.id.to_string(), page.at.map(When::Instant));
        let page = Page { id: &id, source: &source, bytes: &page.bytes, url: Some(&page.url), charset: page.charset(), fetched };
        self.page(&page, Kind::Warc)
    }
}

/// A folder for what a transformation spills; gone when this is dropped.
pub struct Staging {
    folder: TempDir,
    /// Held as long as the folder is in use, so that the next run can tell one that a killed run left behind.
    _lock: File,
}

const STAGING: &str = ".solieu-staging-";
const LOCK: &str = ".lock";

impl Staging {
    /// On the disk of the output, for it may be as large.
    pub fn beside(out: &Path) -> Result<Self, CliError> {
        let parent = out.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let made = || {
            fs::create_dir_all(parent)?;
            sweep(parent)?;
            let folder = tempfile::Builder::new().prefix(STAGING).tempdir_in(parent)?;
            let lock = File::create(folder.path().join(LOCK))?;
            lock.lock()?;
            Ok(Self { folder, _lock: lock })
        };
        made().map_err(CliError::output(out))
    }
}

/// Removes what killed runs left behind: staging folders whose lock nobody holds.
fn sweep(parent: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(parent)? {
        let path = entry?.path();
        let left = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(STAGING));
        match File::open(path.join(LOCK)) {
            Ok(lock) if left && lock.try_lock().is_ok() => fs::remove_dir_all(&path)?,
            Err(_) if left => sweep_unlocked(&path)?,
            _ => {}
        }
    }
    Ok(())
}

/// Removes a staging folder without a lock: its run was killed before it had one, and then there is nothing in it; or another
/// was while it swept the folder, the lock first.
fn sweep_unlocked(path: &Path) -> std::io::Result<()> {
    if fs::remove_dir(path).is_ok() || !path.exists() || path.join(LOCK).exists() {
        return Ok(());
    }
    fs::remove_dir_all(path)
}

/// Records to tables, on top of a dataset that is there.
pub fn transform(
    records: impl Iterator<Item = Record>,
    staging: &Staging,
    extend: Option<PathBuf>,
    known: &Knowledge,
) -> Result<Dataset, TransformError> {
    let options = transformer::Options { staging: staging.folder.path().join("parts"), existing: extend };
    transformer::transform(records, &options, known)
}

/// The tables that `solieu transform` wrote.
pub fn saved(folder: &Path, known: &Knowledge) -> Result<Dataset> {
    let tables = exporter::open(folder, known)?;
    let summary = Summary::of(&tables)?;
    Ok(Dataset { tables, summary })
}

/// Tables to files.
pub fn export(dataset: &Dataset, writing: &Writing, provenance: Provenance, known: &Knowledge) -> Result<Manifest, ExportError> {
    let formats =
        if writing.format.is_empty() { Format::ALL.to_vec() } else { writing.format.iter().map(|format| (*format).into()).collect() };
    let options = exporter::Options { formats, partition: writing.partition, excel: writing.excel, provenance };
    exporter::export(&dataset.tables, &writing.out, &options, known)
}

/// Tables to Parquet alone, for `solieu export` to go on with.
pub fn save(dataset: &Dataset, out: &Path, provenance: Provenance, known: &Knowledge) -> Result<Manifest, ExportError> {
    let options = exporter::Options { formats: vec![Format::Parquet], partition: false, excel: false, provenance };
    exporter::export(&dataset.tables, out, &options, known)
}
