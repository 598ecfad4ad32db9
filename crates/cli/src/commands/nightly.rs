//! `solieu nightly`: fetch, archive, read what is new, transform, export.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;
use extractor::Parts;
use fetcher::archive::Page;
use fetcher::pace::SystemClock;
use fetcher::{Built, Ending, Night, Reading, StageError, Stages, Wish};
use knowledge::Knowledge;
use rayon::prelude::*;

use super::{Writing, examples};
use crate::app::Tables;
use crate::console::Console;
use crate::error::CliError;
use crate::exit::Exit;
use crate::output::Output;
use crate::records::saved;
use crate::run::Run;
use crate::settings::{Settings, open_store, publishers};
use crate::stages::{self, Reader, Staging};

const EXAMPLES: &[(&str, &str)] =
    &[("Read what is archived and fetch nothing; 8 is the code of nothing new", "solieu nightly --offline || test $? -eq 8")];

/// Runs the night: new pages into the archive, what they state into the dataset, one line to the log.
#[derive(Args, Debug)]
#[command(after_help = examples(EXAMPLES))]
pub struct Nightly {
    /// Only the sources of this publisher; may be given more than once.
    #[arg(long, value_name = "ID")]
    publisher: Vec<String>,
    /// Fetch nothing; read what is archived and not read yet.
    #[arg(long)]
    offline: bool,
    /// Read pages again that an older version of this program has read.
    #[arg(long)]
    reread: bool,
    /// Write the night as Prometheus text.
    #[arg(long, value_name = "FILE")]
    metrics: Option<PathBuf>,
    /// The folder of the dataset.
    #[arg(short, long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Where settings come from.
    #[command(flatten)]
    settings: Settings,
    /// Where the tables come from.
    #[command(flatten)]
    tables: Tables,
}

impl Nightly {
    /// Runs it.
    pub fn run(self, console: &Console) -> Result<Exit> {
        let run = Run::start();
        let config = self.settings.load()?;
        let mut manners = config.manners()?;
        let known = self.tables.load()?;
        let wish = if self.offline {
            "offline".clone_into(&mut manners.contact);
            Wish::default()
        } else {
            manners.user_agent()?;
            Wish { publishers: publishers(&config, &known, &self.publisher)?, ..Wish::default() }
        };
        let mut store = open_store(&config)?;
        let out = self.out.or_else(|| config.path("night.out")).unwrap_or_else(|| "out".into());
        let writing = Writing { out, format: Vec::new(), partition: false, excel: false };
        let pending = config.store().join("pending");
        sweep(&pending).map_err(CliError::output(&pending))?;
        let mut work = Work { reader: Reader::new(&known), known: &known, console, run: &run, pending, writing };
        let mut bars = console.hosts();
        let mut watch = |event: &fetcher::Event<'_>| bars.take(event);
        let night = fetcher::nightly(&mut store, &wish, &manners, self.reread, &mut work, &SystemClock, &mut watch);
        let night = tokio::runtime::Runtime::new()?.block_on(night)?;
        drop(bars);
        if let Some(path) = self.metrics.or_else(|| config.path("night.metrics")) {
            fetcher::write_metrics(&path, &night)?;
        }
        if let Some(path) = config.path("night.last_success") {
            fetcher::write_last_success(&path, &night)?;
        }
        tell(&night, console)?;
        Ok(exit_of(night.ending))
    }
}

/// Removes what a killed night had begun to write among the waiting records; the store is held, so nobody else writes there.
fn sweep(pending: &Path) -> std::io::Result<()> {
    if !pending.exists() {
        return Ok(());
    }
    for entry in fs::read_dir(pending)? {
        let path = entry?.path();
        if path.extension().is_none_or(|ending| ending != "jsonl") {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

/// A line for people on standard error, or one for machines on standard output.
fn tell(night: &Night, console: &Console) -> Result<()> {
    if console.json() {
        let mut output = Output::create(Path::new("-"))?;
        output.line(night.json().as_bytes())?;
        output.finish()?;
    } else {
        console.say(&format!("{night}\n"));
    }
    Ok(())
}

fn exit_of(ending: Ending) -> Exit {
    match ending {
        Ending::Well => Exit::Done,
        Ending::SomeRefused => Exit::SomeRefused,
        Ending::NothingNew => Exit::NothingNew,
        Ending::Unreachable => Exit::Unreachable,
        Ending::DatasetUnchanged => Exit::DatasetUnchanged,
    }
}

/// The stages after fetching.
///
/// Records wait in files of the store until they are part of the dataset, so that a night that is cut off loses none;
/// records that come twice replace each other.
struct Work<'k> {
    reader: Reader<'k>,
    known: &'k Knowledge,
    console: &'k Console,
    run: &'k Run,
    pending: PathBuf,
    writing: Writing,
}

impl Work<'_> {
    fn waiting(&self) -> std::io::Result<Vec<PathBuf>> {
        if !self.pending.exists() {
            return Ok(Vec::new());
        }
        let mut files = fs::read_dir(&self.pending)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>()?;
        files.sort();
        Ok(files)
    }

    fn has_dataset(&self) -> bool {
        self.writing.out.join("run.json").exists()
    }
}

impl Stages for Work<'_> {
    fn reader(&self) -> String {
        fetcher::SOFTWARE.to_owned()
    }

    fn read(&mut self, pages: &mut dyn Iterator<Item = Page>) -> Result<Vec<Reading>, StageError> {
        let _bar = self.console.stage("reading");
        let pages: Vec<Page> = pages.collect();
        let read: Vec<_> = pages.par_iter().map(|page| self.reader.archived(page)).collect();
        // A name that no earlier file has: batches of a night that was cut off wait beside it.
        let number = self.waiting()?.last().and_then(|last| last.file_stem()?.to_str()?.parse::<u64>().ok()).map_or(1, |last| last + 1);
        let mut output = Output::create(&self.pending.join(format!("{number:09}.jsonl")))?;
        let mut readings = Vec::with_capacity(pages.len());
        let (mut parts, mut articles) = (Parts::default(), Vec::with_capacity(pages.len()));
        for (page, read) in pages.into_iter().zip(read) {
            readings.push(Reading { url: page.url.clone(), refused: read.is_err() });
            match read {
                Ok((article, paging)) => articles.extend(parts.add(article, paging)),
                Err(issue) => tracing::info!(source = %page.id, "{}: {} ({})", page.url, issue.why, issue.kind.as_str()),
            }
        }
        articles.extend(parts.finish());
        for record in articles.into_par_iter().map(|article| self.reader.record(article)).collect::<Vec<_>>() {
            output.line(&serde_json::to_vec(&record)?)?;
        }
        output.finish()?;
        Ok(readings)
    }

    fn build(&mut self) -> Result<Built, StageError> {
        let waiting = self.waiting()?;
        let before = if self.has_dataset() { Some(stages::saved(&self.writing.out, self.known)?.summary.observations) } else { None };
        if waiting.is_empty() {
            return Ok(Built { rows: before.unwrap_or_default() as u64, changed: false });
        }
        let _bar = self.console.stage("joining");
        let fingerprint = dataset_id(&self.writing.out);
        let mut records = Vec::new();
        for file in &waiting {
            records.push(saved(file)?);
        }
        let mut broken = None;
        let read = records.into_iter().flatten().filter_map(|record| record.map_err(|error| broken = Some(error)).ok());
        let staging = Staging::beside(&self.writing.out)?;
        let extend = before.map(|_| self.writing.out.clone());
        let dataset = stages::transform(read, &staging, extend, self.known)?;
        if let Some(error) = broken {
            return Err(error.into());
        }
        let rows = dataset.summary.observations as u64;
        if rows > 0 || before.is_some() {
            stages::export(&dataset, &self.writing, self.run.provenance(None), self.known)?;
        }
        for file in waiting {
            fs::remove_file(file)?;
        }
        Ok(Built { rows, changed: dataset_id(&self.writing.out) != fingerprint })
    }
}

/// The id of a dataset's content, as its `run.json` tells it.
fn dataset_id(folder: &Path) -> Option<String> {
    let told = fs::read(folder.join("run.json")).ok()?;
    let told: serde_json::Value = serde_json::from_slice(&told).ok()?;
    Some(told.get("run")?.as_str()?.to_owned())
}
